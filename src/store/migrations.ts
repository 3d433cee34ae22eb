/**
 * Brings a database up to date: each file of prisma/migrations once, in the order of their names, and a record in
 * `_prisma_migrations` as `prisma migrate deploy` writes it, so that the two are interchangeable. Unlike its, a file
 * here is one transaction: it is applied and recorded, or it has left nothing.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database, Queryable, Transaction } from './database.ts';
import { describePosition, isDatabaseFailure } from './failure.ts';
import { sql } from './sql.ts';
import { StartError } from './start-error.ts';

interface Migration {
  readonly name: string;
  readonly file: string;
  readonly script: string;
  readonly checksum: string;
}

interface Applied {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

// The number that Prisma locks with, so that one of its own deployments waits for us and we for it.
const lock = 'SELECT pg_advisory_xact_lock(72707369)';

// Prisma's own definition of the table (schema engine, PostgreSQL flavour).
const table = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
  )`;

export async function migrate(database: Database, folder: string): Promise<{ readonly applied: readonly string[] }> {
  const migrations = await readMigrations(folder);
  const applied: string[] = [];
  for (;;) {
    // Every step looks again at what is there: another server may be starting at the same moment.
    const name = await database.transaction((tx) => applyNext(tx, migrations));
    if (name === null) return { applied };
    applied.push(name);
  }
}

/** The migrations that the database does not have yet. Looks only; a database that is ahead of us is refused. */
export async function listPending(database: Database, folder: string): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  const [row] = await database.query<{ there: boolean }>(
    sql`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`,
  );
  const applied = row?.there === true ? await listApplied(database) : [];
  const next = findNext(migrations, applied);
  return next === null ? [] : migrations.slice(migrations.indexOf(next)).map(({ name }) => name);
}

async function applyNext(tx: Transaction, migrations: readonly Migration[]): Promise<string | null> {
  await tx.exec(`SET LOCAL statement_timeout = 0; ${lock}; SET LOCAL client_min_messages = warning; ${table}`);
  const next = findNext(migrations, await listApplied(tx));
  if (next === null) return null;
  const id = await currentTransaction(tx);
  await tx.exec(next.script).catch((error: unknown) => {
    if (!isDatabaseFailure(error)) throw error;
    throw new StartError(
      `${next.file}${describePosition(next.script, error)}: ${error.message}. Nothing of it was kept.`,
    );
  });
  if ((await currentTransaction(tx)) !== id) {
    throw new StartError(
      `${next.file} must not end its transaction with COMMIT or ROLLBACK. A part of it may have stayed.`,
    );
  }
  await tx.query(sql`
    INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
    VALUES (${randomUUID()}, ${next.checksum}, ${next.name}, now(), clock_timestamp(), 1)`);
  return next.name;
}

async function currentTransaction(tx: Transaction): Promise<string | undefined> {
  return (await tx.query<{ id: string }>(sql`SELECT pg_current_xact_id()::text AS id`))[0]?.id;
}

function listApplied(tx: Queryable): Promise<readonly Applied[]> {
  return tx.query<Applied>(sql`
    SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
    FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`);
}

/** The first migration that is missing in the database, provided that what is there is what the files say. */
function findNext(migrations: readonly Migration[], applied: readonly Applied[]): Migration | null {
  for (const { name, checksum, finished } of applied) {
    const migration = migrations.find((one) => one.name === name);
    if (migration === undefined) {
      throw new StartError(
        `The database has the migration ${name}, which this version does not know. Use a newer one.`,
      );
    }
    if (!finished) throw new StartError(`The migration ${name} was begun by another tool and has not been finished.`);
    if (migration.checksum !== checksum) {
      throw new StartError(
        `${migration.file} was changed after it had been applied. Restore it, and add a new migration.`,
      );
    }
  }
  return migrations.find(({ name }) => !applied.some((one) => one.name === name)) ?? null;
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const file = join(folder, name, 'migration.sql');
      const bytes = await readFile(file).catch(() => {
        throw new StartError(`${file} is missing.`);
      });
      return { name, file, script: bytes.toString(), checksum: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
}
