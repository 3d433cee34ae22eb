import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { makeLog } from '../../../src/log.ts';
import { makeDatabase, type Database } from '../../../src/store/database.ts';
import { checkEncoding } from '../../../src/store/encoding.ts';
import { migrate } from '../../../src/store/migrations.ts';
import { withScratchDatabase } from '../../../src/store/scratch-database.ts';
import { sql } from '../../../src/store/sql.ts';

const log = makeLog({ logLevel: 'silent', logFormat: 'json' });
const first = '20260101000000_first';
const second = '20260102000000_second';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorstep-migrations-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = (url: string): Database => makeDatabase({ url, poolSize: 2, streams: 1, statementTimeoutMs: 10_000, log });

/** An empty database, whatever the project's own migrations are. */
const withDatabase = (work: (database: Database, url: string) => Promise<void>): Promise<void> =>
  withScratchDatabase(inject('serverUrl'), async (url) => {
    const database = open(url);
    await work(database, url).finally(() => database.close());
  });

const write = async (name: string, script: string): Promise<void> => {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), script);
};

const tablesOf = async (database: Database): Promise<readonly string[]> => {
  const rows = await database.query<{ name: string }>(sql`
    SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`);
  return rows.map(({ name }) => name).filter((name) => name !== '_prisma_migrations');
};

test('migrations are applied once, in the order of their names, and recorded as Prisma does', () =>
  withDatabase(async (database) => {
    const script = 'CREATE TABLE doors (n int);';
    await write(second, 'ALTER TABLE doors RENAME TO houses;');
    await write(first, script);
    await writeFile(join(folder, 'migration_lock.toml'), 'provider = "postgresql"');
    expect(await migrate(database, folder)).toEqual({ applied: [first, second] });
    expect(await migrate(database, folder)).toEqual({ applied: [] });
    expect(await tablesOf(database)).toEqual(['houses']);
    const [row] = await database.query(sql`
      SELECT migration_name, checksum, logs, rolled_back_at, applied_steps_count, length(id) AS id,
        finished_at >= started_at AS finished
      FROM _prisma_migrations ORDER BY started_at LIMIT 1`);
    expect(row).toEqual({
      migration_name: first,
      checksum: createHash('sha256').update(script).digest('hex'),
      logs: null,
      rolled_back_at: null,
      applied_steps_count: 1,
      id: 36,
      finished: true,
    });
  }));

test('function bodies with semicolons work', () =>
  withDatabase(async (database) => {
    await write(
      first,
      `CREATE FUNCTION answer() RETURNS int LANGUAGE plpgsql AS $$ DECLARE n int; BEGIN n := 42; RETURN n; END; $$;
       CREATE TABLE answers AS SELECT answer() AS n, 'a;b' AS text;`,
    );
    await migrate(database, folder);
    expect(await database.query(sql`SELECT * FROM answers`)).toEqual([{ n: 42, text: 'a;b' }]);
  }));

test('a migration that fails leaves nothing, names the place, and can be repaired', () =>
  withDatabase(async (database) => {
    await write(first, 'CREATE TABLE kept ();');
    await write(second, `CREATE TABLE gone ();\n-- 🚪\nSELECT 'ü',\n  nonsense;`);
    await expect(migrate(database, folder)).rejects.toThrow(
      `${join(folder, second, 'migration.sql')}, line 4, position 3: column "nonsense" does not exist`,
    );
    expect(await tablesOf(database)).toEqual(['kept']);
    await write(second, 'CREATE TABLE repaired ();');
    expect(await migrate(database, folder)).toEqual({ applied: [second] });
  }));

test('a migration that ends its transaction is refused and not recorded', () =>
  withDatabase(async (database) => {
    await write(first, 'CREATE TABLE left_behind (); COMMIT; SELECT 1;');
    await expect(migrate(database, folder)).rejects.toThrow('must not end its transaction');
    expect(await database.query(sql`SELECT FROM _prisma_migrations`)).toEqual([]);
  }));

test('a migration that was changed after it had been applied is refused', () =>
  withDatabase(async (database) => {
    await write(first, 'CREATE TABLE doors ();');
    await migrate(database, folder);
    await write(first, 'CREATE TABLE doors (n int);');
    await write(second, 'CREATE TABLE more ();');
    await expect(migrate(database, folder)).rejects.toThrow('was changed after it had been applied');
    expect(await tablesOf(database)).toEqual(['doors']);
  }));

test('an applied migration whose file is missing is refused', () =>
  withDatabase(async (database) => {
    await write(first, 'CREATE TABLE doors ();');
    await migrate(database, folder);
    await rm(join(folder, first), { recursive: true });
    await expect(migrate(database, folder)).rejects.toThrow(`The database has the migration ${first}`);
  }));

test('two servers that start at once apply each migration once', () =>
  withDatabase(async (database, url) => {
    await write(first, 'CREATE TABLE doors (n int); SELECT pg_sleep(0.2);');
    await write(second, 'INSERT INTO doors VALUES (1);');
    const other = open(url);
    const outcomes = await Promise.all([migrate(database, folder), migrate(other, folder)]);
    await other.close();
    expect(outcomes.flatMap(({ applied }) => applied).sort()).toEqual([first, second]);
    expect(await database.query(sql`SELECT n FROM doors`)).toEqual([{ n: 1 }]);
  }));

test('a migration may take longer than a statement', () =>
  withDatabase(async (_, url) => {
    const hasty = makeDatabase({ url, poolSize: 1, streams: 1, statementTimeoutMs: 500, log });
    await write(first, 'SELECT pg_sleep(0.8);');
    expect(await migrate(hasty, folder)).toEqual({ applied: [first] });
    await hasty.close();
  }));

test('a database that is not UTF8 is refused by name', async () => {
  const server = open(inject('serverUrl'));
  const name = `latin_${process.pid}`;
  await server.query({
    text: `CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0`,
    values: [],
  });
  const url = new URL(inject('serverUrl'));
  url.pathname = name;
  const latin = open(url.href);
  await expect(checkEncoding(latin)).rejects.toThrow(`The database ${name} stores text as LATIN1`);
  await expect(checkEncoding(server)).resolves.toBeUndefined();
  await latin.close();
  await server.query({ text: `DROP DATABASE ${name}`, values: [] });
  await server.close();
});
