/**
 * A backup is worth what can be restored from it: every row as it was, and everybody who followed the changes goes on.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as makeId } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { App } from '../../../src/app.ts';
import { restoreBackup, type RestoreOptions } from '../../../src/cli/backup/restore-backup.ts';
import { writeBackup } from '../../../src/cli/backup/write-backup.ts';
import { systemClock } from '../../../src/clock.ts';
import type { JsonObject } from '../../../src/json.ts';
import { keptTables, leftOutTables } from '../../../src/store/kept-tables.ts';
import { type Database, makeDatabase } from '../../../src/store/database.ts';
import { makeLog } from '../../../src/log.ts';
import { parseConfig } from '../../../src/config.ts';
import { makeTestDatabase } from '../../database.ts';
import { makeTestApp, makeWorld, type World } from '../../world.ts';
import { dataOf, makeAsk } from '../graphql/ask.ts';

let world: World;
let folder: string;
/** What a test opened, closed behind it, the last first. */
let opened: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  world = await makeWorld();
  folder = await mkdtemp(join(tmpdir(), 'backup-'));
  const { ids, create, change, people } = world;
  // A row for each thing that is easily lost: an alias, a removed row, a patch in the change log, text with every
  // character that COPY escapes, a number that is hard to write down, a hash of a password.
  const name = { anglican: { given: 'Ann', surname: 'Ash' } };
  await create('alice', 'contact', { externalId: 'twice', profile: { name } });
  await create('alice', 'contact', { externalId: 'twice', profile: { name } }, { id: makeId() });
  await create('alice', 'note', { text: 'tab\t newline\n \\. \\N "quoted" 🚪' });
  await create('alice', 'interaction', { location: { lat: 0.1 + 0.2, lng: -1e-7 } });
  const { id, etag } = await create('alice', 'note', { text: 'gone' });
  await change('alice', 'note', { kind: 'remove', id, etags: [etag] });
  await create(
    'alice',
    'user',
    { email: 'hashed@doorstep.example' },
    { params: { password: 'correct horse battery' } },
  );
  await create('alice', 'walklist', {
    userId: people.frank.userId,
    status: 'checked-out',
    stops: [{ householdId: ids.household, contactHouseholdIds: [ids.contactHousehold] }],
  });
  await world.database.query({
    text: `INSERT INTO signing_keys (id, sealed, created) VALUES ('k', '\\x00ff', now())`,
    values: [],
  });
});
afterEach(async () => {
  for (const close of opened.reverse()) await close();
  opened = [];
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const never = new AbortController().signal;

function backUp(name: string, customerId: string | null = null, url = world.url): Promise<unknown> {
  return writeBackup({
    ...{ url, model: world.model, folder: join(folder, name), customerId, clock: systemClock, signal: never },
    onRows: () => undefined,
  });
}

function restore(name: string, url: string, more: Partial<RestoreOptions> = {}): Promise<unknown> {
  return restoreBackup({
    ...{ url, model: world.model, folder: join(folder, name), customerId: null, replace: false, signal: never },
    onBytes: () => undefined,
    ...more,
  });
}

async function openEmpty(): Promise<{ readonly url: string; readonly database: Database }> {
  const { url, drop } = await makeTestDatabase();
  const log = makeLog(parseConfig({ LOG_LEVEL: 'fatal' }));
  const database = makeDatabase({ url, poolSize: 2, streams: 1, statementTimeoutMs: 30_000, log });
  opened.push(drop, () => database.close());
  return { url, database };
}

async function openApp(url: string): Promise<App> {
  const app = await makeTestApp(url, {});
  opened.push(() => app.close());
  return app;
}

/** Every row of every kept table as text, of one customer or all. */
async function rowsOf(
  database: Database,
  customerId: string | null = null,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = keptTables(world.model).filter(({ hasCustomer }) => hasCustomer || customerId === null);
  const found = await Promise.all(
    tables.map(async ({ table }) => {
      const where = customerId === null ? '' : ` WHERE customer_id = '${customerId}'`;
      const rows = await database.query<{ row: string }>({
        text: `SELECT t::text AS row FROM ${table} t${where} ORDER BY 1`,
        values: [],
      });
      return [table, rows.map(({ row }) => row)] as const;
    }),
  );
  return Object.fromEntries(found);
}

test('every table that there is is kept, or named as left out with the reason', async () => {
  const tables = await world.database.query<{ name: string }>({
    text: `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND NOT relispartition`,
    values: [],
  });
  const named = new Set([...keptTables(world.model).map(({ table }) => table), ...Object.keys(leftOutTables)]);
  expect(tables.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
});

test('everything comes back row by row in another server, and phones go on where they were', async () => {
  const pull =
    'query ($from: ContactInputCheckpoint) { pullContact(checkpoint: $from, limit: 100) { documents { id syncSeq isDeleted } checkpoint { id syncSeq } } }';
  type Pulled = { readonly documents: readonly JsonObject[]; readonly checkpoint: JsonObject };
  const pullFrom = async (app: Pick<World, 'app'>, from: JsonObject | null): Promise<Pulled> =>
    (await dataOf<{ pullContact: Pulled }>(makeAsk({ ...app, as: world.as })('frank', pull, { from }))).pullContact;
  const before = await pullFrom(world, null);
  expect(before.documents.length).toBeGreaterThan(0);
  // What was pulled is recorded behind the answer.
  await world.bulkReads.flush();

  await backUp('all');
  const { url, database } = await openEmpty();
  await restore('all', url);
  const rows = await rowsOf(database);
  expect(rows).toEqual(await rowsOf(world.database));
  for (const table of ['id_aliases', 'change_log', 'interactions', 'walklist_stops', 'signing_keys', 'customers']) {
    expect([table, rows[table]!.length > 0]).toEqual([table, true]);
  }

  const app = await openApp(url);
  const restored = { app: app.http.app };
  expect(await pullFrom(restored, null)).toEqual(before);
  expect(await pullFrom(restored, before.checkpoint)).toEqual({ documents: [], checkpoint: before.checkpoint });
  // The other server had gone on for a while, so somebody has a place that this one never gave.
  const ahead = { ...before.checkpoint, syncSeq: String(Number(before.checkpoint['syncSeq']) + 500_000_000) };
  const { contact: id } = world.ids;
  const [{ etag }] = (await database.query<{ etag: string }>({
    text: 'SELECT etag FROM contacts WHERE id = $1',
    values: [id],
  })) as [{ etag: string }];
  const patch = [{ op: 'replace', path: '/notes', value: 'Moved on.' }];
  const query =
    'mutation ($id: ID!, $etag: String!, $patch: [JsonPatchOperation!]!) { patchContact(id: $id, etag: $etag, patch: $patch) { id } }';
  await dataOf(makeAsk({ ...restored, as: world.as })('alice', query, { id, etag, patch }));
  for (const from of [before.checkpoint, ahead]) {
    expect((await pullFrom(restored, from)).documents.map((document) => document['id'])).toEqual([id]);
  }
});

test('one customer comes back beside others, who keep what they have', async () => {
  const { customer, otherCustomer } = world.ids;
  await backUp('one', customer);
  await backUp('other', otherCustomer);
  const { url, database } = await openEmpty();
  await restore('other', url);
  const others = await rowsOf(database, otherCustomer);
  await restore('one', url);
  expect(await rowsOf(database, customer)).toEqual(await rowsOf(world.database, customer));
  expect(await rowsOf(database, otherCustomer)).toEqual(others);
  expect(others).toEqual(await rowsOf(world.database, otherCustomer));
});

test('one customer comes back out of a backup of everything', async () => {
  const { customer, otherCustomer } = world.ids;
  await backUp('all of them');
  const { url, database } = await openEmpty();
  await restore('all of them', url, { customerId: otherCustomer });
  expect(await rowsOf(database, otherCustomer)).toEqual(await rowsOf(world.database, otherCustomer));
  expect((await rowsOf(database, customer))['customers']).toEqual([]);
});

test('what is there is replaced only when that is asked for, and whoever followed it starts over', async () => {
  const { customer, otherCustomer } = world.ids;
  await backUp('again', customer);
  const { url, database } = await openEmpty();
  await backUp('both');
  await restore('both', url);
  const [was, others] = [await rowsOf(database, customer), await rowsOf(database, otherCustomer)];
  await expect(restore('again', url)).rejects.toThrow(/is there already\. With --replace/);
  await expect(restore('both', url)).rejects.toThrow(/The database is not empty/);
  await restore('again', url, { replace: true });
  const { retention_horizons: horizons, ...now } = await rowsOf(database, customer);
  const { retention_horizons: _, ...before } = was;
  expect(now).toEqual(before);
  expect(horizons).toHaveLength(1);
  expect(await rowsOf(database, otherCustomer)).toEqual(others);
  await restore('both', url, { replace: true });
  expect((await rowsOf(database))['contacts']).toEqual((await rowsOf(world.database))['contacts']);
});

test('a backup that is damaged, cut off or of another schema is refused, and nothing of it stays', async () => {
  await backUp('damaged');
  const { url, database } = await openEmpty();
  const path = (file: string): string => join(folder, 'damaged', file);
  const spoil = async (file: string, change: (bytes: Buffer) => Buffer, message: RegExp): Promise<void> => {
    const bytes = await readFile(path(file));
    await writeFile(path(file), change(bytes));
    await expect(restore('damaged', url)).rejects.toThrow(message);
    await writeFile(path(file), bytes);
    expect(Object.values(await rowsOf(database)).flat()).toEqual([]);
  };
  const flip = (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    copy[copy.length - 5] = copy[copy.length - 5]! ^ 1;
    return copy;
  };
  await spoil('walklists.copy.gz', flip, /walklists\.copy\.gz is damaged/);
  await spoil('walklists.copy.gz', (bytes) => bytes.subarray(1), /another length/);
  const manifest =
    (change: (manifest: { tables: JsonObject[]; migrations: JsonObject[] }) => void) => (bytes: Buffer) => {
      const copy = JSON.parse(bytes.toString()) as { tables: JsonObject[]; migrations: JsonObject[] };
      change(copy);
      return Buffer.from(JSON.stringify(copy));
    };
  await spoil(
    'manifest.json',
    manifest(({ migrations }) => void migrations.push({ name: '99', checksum: '0' })),
    /newer schema/,
  );
  await spoil(
    'manifest.json',
    manifest(({ migrations }) => void migrations.pop()),
    /from before/,
  );
  await spoil('manifest.json', () => Buffer.from('{}'), /is not the manifest/);
  const lessRows = manifest(({ tables }) => {
    const at = tables.findIndex(({ table }) => table === 'contacts');
    tables[at] = { ...tables[at]!, rows: 1_000 };
  });
  await spoil('manifest.json', lessRows, /instead of 1000/);
});

test('what is stopped on the way leaves nothing', async () => {
  const stop = new AbortController();
  const stopped = writeBackup({
    ...{ url: world.url, model: world.model, folder: join(folder, 'stopped'), customerId: null, clock: systemClock },
    ...{ signal: stop.signal, onRows: () => stop.abort() },
  });
  await expect(stopped).rejects.toThrow();
  expect((await readdir(folder)).filter((name) => name.startsWith('stopped'))).toEqual([]);
  await backUp('whole');
  await expect(backUp('whole')).rejects.toThrow(/is there already/);
  const { url, database } = await openEmpty();
  const halt = new AbortController();
  let seen = 0;
  const onBytes = (_: number, __: number, table: string): void => {
    seen += 1;
    if (table === 'notes') halt.abort();
  };
  await expect(restore('whole', url, { signal: halt.signal, onBytes })).rejects.toThrow();
  expect(seen).toBeGreaterThan(10);
  expect(Object.values(await rowsOf(database)).flat()).toEqual([]);
});

test('a customer that is not there cannot be backed up, nor restored from the backup of another', async () => {
  await expect(backUp('nobody', makeId())).rejects.toThrow(/There is no customer/);
  await backUp('mine', world.ids.customer);
  const { url } = await openEmpty();
  await expect(restore('mine', url, { customerId: world.ids.otherCustomer })).rejects.toThrow(/has nothing of/);
});
