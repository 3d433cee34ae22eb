/**
 * A backup is a folder with a file for each table, COPY's text format in gzip, and a manifest. All of it is from one
 * moment. It is written under another name and renamed when it is whole, so that a backup that was killed is none.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Clock } from '../../clock.ts';
import type { Model } from '../../model.ts';
import { type KeptTable, keptTables } from '../../store/kept-tables.ts';
import { type Snapshot, withSnapshot } from '../../store/backup-snapshot.ts';
import { name, sql } from '../../store/sql.ts';
import { CommandFailure } from '../command-failure.ts';
import { format, type KeptFile, type Manifest, manifestName, type Migration } from './manifest.ts';
import { measureStream } from './measured-stream.ts';

export interface BackupOptions {
  readonly url: string;
  readonly model: Model;
  readonly folder: string;
  /** Null: everything. */
  readonly customerId: string | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How many rows of all have been written. */
  readonly onRows: (rows: number, total: number, table: string) => void;
}

export async function writeBackup(options: BackupOptions): Promise<Manifest> {
  const { folder, url } = options;
  if ((await stat(folder).catch(() => null)) !== null) throw new CommandFailure(`${folder} is there already.`);
  const part = `${folder}.part`;
  // What a killed backup left behind.
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  try {
    const manifest = await withSnapshot(url, (snapshot) => writeFiles(part, snapshot, options));
    await writeFile(join(part, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    await rename(part, folder);
    return manifest;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

async function writeFiles(part: string, snapshot: Snapshot, options: BackupOptions): Promise<Manifest> {
  const { model, customerId, clock, onRows } = options;
  const made = clock.now().toISOString();
  const kept = keptTables(model).filter(({ hasCustomer }) => hasCustomer || customerId === null);
  if (customerId !== null) await requireCustomer(snapshot, customerId);
  const total = await countRows(snapshot, kept, customerId);
  const tables: KeptFile[] = [];
  let before = 0;
  for (const { table } of kept) {
    const file = await writeTable(part, table, snapshot, options, (rows) => onRows(before + rows, total, table));
    before += file.rows;
    tables.push(file);
  }
  const [found] = await snapshot.query<{ position: string }>(
    sql`SELECT last_value::text AS position FROM doorstep_positions`,
  );
  return {
    ...{ format, made, customer: customerId, position: found!.position, tables },
    migrations: await findMigrations(snapshot),
    changeLog: await findMonths(snapshot, customerId),
  };
}

async function writeTable(
  part: string,
  table: string,
  snapshot: Snapshot,
  { customerId, signal }: BackupOptions,
  onRows: (rows: number) => void,
): Promise<KeptFile> {
  const columns = await findColumns(snapshot, table);
  const { stream, count } = snapshot.copyOut(table, columns, customerId);
  let lines = 0;
  const counted = measureStream((chunk) => {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
    onRows(lines);
  });
  const measured = measureStream();
  const file = `${table}.copy.gz`;
  // The least effort already makes a tenth of it; more would cost several times the reading.
  await pipeline(
    stream,
    counted.stream,
    createGzip({ level: 1 }),
    measured.stream,
    createWriteStream(join(part, file), { flush: true, mode: 0o600 }),
    { signal },
  );
  return { table, columns, file, rows: count(), bytes: measured.bytes(), sha256: measured.sha256() };
}

/** Those that are stored, the customer first. */
export async function findColumns(snapshot: Pick<Snapshot, 'query'>, table: string): Promise<readonly string[]> {
  const rows = await snapshot.query<{ name: string }>(sql`
    SELECT attname AS name FROM pg_attribute WHERE attrelid = ${table}::regclass AND attnum > 0 AND NOT attisdropped
      AND attgenerated = '' ORDER BY attname <> 'customer_id', attnum`);
  return rows.map((row) => row.name);
}

export function findMigrations(snapshot: Pick<Snapshot, 'query'>): Promise<readonly Migration[]> {
  return snapshot.query<Migration>(sql`
    SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`);
}

async function findMonths(snapshot: Snapshot, customerId: string | null): Promise<Manifest['changeLog']> {
  const [row] = await snapshot.query<{ from: string | null; to: string | null }>(sql`
    SELECT doorstep_iso(min(at)) AS from, doorstep_iso(max(at)) AS to FROM change_log
    WHERE ${customerId}::uuid IS NULL OR customer_id = ${customerId}::uuid`);
  const { from = null, to = null } = row ?? {};
  return from === null || to === null ? null : { from, to };
}

async function requireCustomer(snapshot: Snapshot, customerId: string): Promise<void> {
  const [row] = await snapshot.query(sql`SELECT FROM customers WHERE customer_id = ${customerId}::uuid`);
  if (row === undefined) throw new CommandFailure(`There is no customer ${customerId}.`);
}

/** Roughly, where everything is kept: nobody waits for a count so that a bar is exact. */
async function countRows(snapshot: Snapshot, tables: readonly KeptTable[], customerId: string | null): Promise<number> {
  let total = 0;
  for (const { table } of tables) {
    const [row] = await snapshot.query<{ count: number }>(
      customerId === null
        ? sql`SELECT coalesce(sum(greatest(reltuples, 0)), 0)::float8 AS count FROM pg_class
            WHERE oid = ${table}::regclass OR oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = ${table}::regclass)`
        : sql`SELECT count(*)::float8 AS count FROM ${name(table)} WHERE customer_id = ${customerId}::uuid`,
    );
    total += row!.count;
  }
  return total;
}
