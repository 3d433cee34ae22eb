/** Indexes that are missing are not noticed before a table is large, and those too many never: so they are counted here. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { raw, sql } from '../../src/store/sql.ts';
import { makeWorld, type World } from '../world.ts';
import { type FoundIndex, findIndexes, listMissing, printIndex } from './table-indexes.ts';

let world: World;
let found: readonly FoundIndex[];

beforeAll(async () => {
  world = await makeWorld();
  found = await findIndexes(world.database);
});
afterAll(() => world.close());

const begins = (columns: readonly string[], start: readonly string[]): boolean =>
  start.every((column, index) => columns[index] === column);

it('a migrated database has every index that the declarations ask for', () => {
  expect(listMissing(world.model, found)).toEqual([]);
});

it('an index that is missing is told as the statement that makes it', async () => {
  const dropped = ['interactions_customer_id_turf_id_idx', 'contacts_fields_idx', 'users_customer_id_email_key_key'];
  for (const name of dropped) await world.database.query(sql`DROP INDEX ${raw(name)}`);
  const missing = listMissing(world.model, await findIndexes(world.database));
  expect(missing).toEqual([
    'CREATE INDEX ON "contacts" USING gin ("fields" jsonb_path_ops);',
    'CREATE INDEX ON "interactions" ("customer_id", "turf_id");',
    'CREATE UNIQUE INDEX ON "users" ("customer_id", "email_key") WHERE NOT is_deleted;',
  ]);
  for (const statement of missing) await world.database.query(sql`${raw(statement)}`);
  expect(listMissing(world.model, await findIndexes(world.database))).toEqual([]);
});

it('every foreign key of the database has an index', async () => {
  const keys = await world.database.query<{ readonly table: string; readonly columns: readonly string[] }>(sql`
    SELECT conrelid::regclass::text AS table, ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY k(number, at)
      JOIN pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY at) AS columns
    FROM pg_constraint WHERE contype = 'f'`);
  expect(keys.length).toBeGreaterThan(50);
  const bare = keys.filter(
    ({ table, columns }) =>
      !found.some((index) => index.table === table && index.predicate === null && begins(index.columns, columns)),
  );
  expect(bare.map(({ table, columns }) => printIndex(table, { kind: 'plain', columns }))).toEqual([]);
});

it('every table with positions has an index of them', async () => {
  const tables = await world.database.query<{ readonly table: string }>(sql`
    SELECT attrelid::regclass::text AS table FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE attname = 'sync_seq' AND relkind IN ('r', 'p') AND NOT relispartition`);
  const columns = ['customer_id', 'sync_seq'];
  const bare = tables.filter(
    ({ table }) => !found.some((index) => index.table === table && begins(index.columns, columns)),
  );
  expect(bare.map(({ table }) => printIndex(table, { kind: 'plain', columns }))).toEqual([]);
});

it('no index is the beginning of another', () => {
  const shorter = found.filter((one) =>
    found.some(
      (other) =>
        one.name !== other.name &&
        one.table === other.table &&
        one.kind === 'plain' &&
        other.predicate === null &&
        begins(other.columns, one.columns),
    ),
  );
  expect(shorter.map(({ name, table, columns }) => `${name} on ${table} (${columns.join(', ')})`)).toEqual([]);
});
