/**
 * A backup put back, in one transaction: a restore that fails, is stopped or is killed has never happened. Rows come back
 * as they were, positions and etags included, so that phones and whoever follows the changes go on where they were.
 *
 * Later positions may have been given out after the backup was made, and have been seen. So new ones begin far above
 * those of the backup: whoever comes with a position that this server never gave misses nothing that happens from now
 * on. Where a customer is replaced, everybody starts over, because what they have seen may not be there any more.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { Model } from '../../model.ts';
import { type BulkLoad, loadInBulk } from '../../store/bulk-load.ts';
import { type KeptTable, keptTables } from '../../store/kept-tables.ts';
import { join, name, sql } from '../../store/sql.ts';
import { CommandFailure } from '../command-failure.ts';
import { keepCustomer } from './keep-customer.ts';
import { type KeptFile, type Manifest, readManifest } from './manifest.ts';
import { measureStream } from './measured-stream.ts';
import { findColumns, findMigrations } from './write-backup.ts';

export interface RestoreOptions {
  readonly url: string;
  readonly model: Model;
  readonly folder: string;
  /** One customer of a backup, also where that holds others. */
  readonly customerId: string | null;
  /** Whether what is there goes. */
  readonly replace: boolean;
  readonly signal: AbortSignal;
  /** How many bytes of all files have been read. */
  readonly onBytes: (bytes: number, total: number, table: string) => void;
}

/** More than are given out in a month of writing without a pause; 2^53 holds nine million of these steps. */
const positionsAbove = 1_000_000_000n;

export interface Restored {
  readonly customerId: string | null;
  readonly rows: number;
}

export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { url, folder } = options;
  const manifest = await readManifest(folder);
  const customerId = chooseCustomer(manifest, options.customerId);
  const kept = keptTables(options.model).filter(({ hasCustomer }) => hasCustomer || customerId === null);
  const files = manifest.tables.filter(({ table }) => kept.some((one) => one.table === table));
  await requireFiles(folder, files);
  const rows = await loadInBulk(url, async (load) => {
    if (!load.isFaithful) {
      throw new CommandFailure(
        'The user of the database may not switch triggers off, which would give each row another version. Grant it: ' +
          'GRANT SET ON PARAMETER session_replication_role TO <user>.',
      );
    }
    await load.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('restore', 0))`);
    await requireSchema(load, manifest);
    const replaced = await makeRoom(load, kept, customerId, options.replace);
    await prepareMonths(load, manifest);
    const restored = await loadFiles(load, files, customerId, options, manifest.customer === null);
    await goOnAbove(load, manifest, replaced);
    return restored;
  });
  // Behind the transaction, since it only helps the planner.
  await loadInBulk(url, (load) => load.query(sql`ANALYZE ${join(kept.map(({ table }) => name(table)))}`));
  return { customerId, rows };
}

function chooseCustomer({ customer }: Manifest, asked: string | null): string | null {
  if (customer === null || asked === null || customer === asked) return asked ?? customer;
  throw new CommandFailure(`This is a backup of the customer ${customer}, and has nothing of ${asked}.`);
}

async function requireFiles(folder: string, files: readonly KeptFile[]): Promise<void> {
  for (const { file, bytes } of files) {
    const found = await stat(joinPath(folder, file)).catch(() => null);
    if (found?.size !== bytes) throw damaged(file, found === null ? 'it is missing' : 'it has another length');
  }
}

async function requireSchema(load: BulkLoad, { migrations }: Manifest): Promise<void> {
  const there = await findMigrations(load);
  const has = (some: Manifest['migrations'], one: Manifest['migrations'][number]): boolean =>
    some.some(({ name: each, checksum }) => each === one.name && checksum === one.checksum);
  const missing = migrations.find((one) => !has(there, one));
  if (missing !== undefined) {
    throw new CommandFailure(
      `The backup is of a newer schema: the database lacks ${missing.name}. Use a newer version.`,
    );
  }
  const added = there.find((one) => !has(migrations, one));
  if (added === undefined) return;
  throw new CommandFailure(
    `The backup is from before ${added.name}. Restore it into an empty database with the version that made it, and let this one migrate that.`,
  );
}

/** The customers of whom something was there. */
async function makeRoom(
  load: BulkLoad,
  kept: readonly KeptTable[],
  customerId: string | null,
  replace: boolean,
): Promise<readonly string[]> {
  // Nobody else writes rows of the customer until this has ended.
  if (customerId !== null) await load.query(sql`SELECT doorstep_take_position(${customerId}::uuid)`);
  else await load.query(sql`LOCK TABLE ${join(kept.map(({ table }) => name(table)))} IN ACCESS EXCLUSIVE MODE`);
  const there = await load.query<{ id: string }>(sql`
    SELECT customer_id AS id FROM customers WHERE ${customerId}::uuid IS NULL OR customer_id = ${customerId}::uuid`);
  if (there.length === 0) return [];
  if (!replace) {
    const what = customerId === null ? 'The database is not empty' : `The customer ${customerId} is there already`;
    throw new CommandFailure(`${what}. With --replace all of it is deleted first.`);
  }
  if (customerId === null) await load.query(sql`TRUNCATE ${join(kept.map(({ table }) => name(table)))}`);
  else {
    for (const { table } of kept) {
      await load.query(sql`DELETE FROM ${name(table)} WHERE customer_id = ${customerId}::uuid`);
    }
  }
  return there.map(({ id }) => id);
}

/** Entries of the change log go where those of their month are. */
async function prepareMonths(load: BulkLoad, { changeLog }: Manifest): Promise<void> {
  if (changeLog === null) return;
  await load.query(sql`
    SELECT doorstep_prepare_change_log(month) FROM generate_series(
      date_trunc('month', ${changeLog.from}::timestamptz), ${changeLog.to}::timestamptz, interval '1 month') AS month`);
}

async function loadFiles(
  load: BulkLoad,
  files: readonly KeptFile[],
  customerId: string | null,
  options: RestoreOptions,
  holdsAll: boolean,
): Promise<number> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let [read, rows] = [0, 0];
  for (const file of files) {
    const { table, columns } = file;
    const known = await findColumns(load, table);
    if (columns.some((column) => !known.includes(column)))
      throw damaged(file.file, 'its columns are not those of the table');
    const measured = measureStream((chunk) => options.onBytes((read += chunk.length), total, table));
    const only = holdsAll && customerId !== null ? [keepCustomer(customerId)] : [];
    const source = createReadStream(joinPath(options.folder, file.file));
    const loaded = await load
      .copyStream(table, columns, [source, measured.stream, createGunzip(), ...only], options.signal)
      .catch((error: unknown) => {
        throw isUnreadable(error) ? damaged(file.file, 'it cannot be unpacked') : error;
      });
    if (measured.sha256() !== file.sha256) throw damaged(file.file, 'its checksum is another');
    if (only.length === 0 && loaded !== file.rows)
      throw damaged(file.file, `it has ${loaded} rows instead of ${file.rows}`);
    rows += loaded;
  }
  return rows;
}

function isUnreadable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code));
}

async function goOnAbove(load: BulkLoad, { position }: Manifest, replaced: readonly string[]): Promise<void> {
  const least = (BigInt(position) + positionsAbove).toString();
  await load.query(sql`
    SELECT setval('doorstep_positions', greatest(last_value, ${least}::bigint)) FROM doorstep_positions`);
  for (const customerId of [...replaced].sort()) {
    await load.query(sql`
      INSERT INTO retention_horizons AS horizon (customer_id, position, raised)
      VALUES (${customerId}::uuid, doorstep_take_position(${customerId}::uuid), now())
      ON CONFLICT (customer_id) DO UPDATE SET position = excluded.position, raised = excluded.raised`);
  }
}

function damaged(file: string, why: string): CommandFailure {
  return new CommandFailure(`${file} is damaged: ${why}. Nothing was restored.`);
}
