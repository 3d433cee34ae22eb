/** The seeds in a real database. What is in them is tested in test/unit/seed. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { demoIds } from '../../../seed/demo-ids.ts';
import { largeIds } from '../../../seed/large.ts';
import { loadLarge } from '../../../src/cli/seed/load-large.ts';
import { seedDemo } from '../../../src/cli/seed/seed-demo.ts';
import { hasOwnCustomers } from '../../../src/cli/serve/has-own-customers.ts';
import type { House } from '../../../src/cli/with-house.ts';
import { makeLog } from '../../../src/log.ts';
import { makeModel } from '../../../src/model.ts';
import { makeReader } from '../../../src/read/reader.ts';
import { declarations } from '../../../src/resources/index.ts';
import { makePrisma } from '../../../src/store/administration.ts';
import { makeDatabase } from '../../../src/store/database.ts';
import { raw } from '../../../src/store/sql.ts';
import { makeWriter } from '../../../src/write/writer.ts';
import { makeTestDatabase } from '../../database.ts';

// 27,611 rows through the write path, on a machine that does other things.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

const log = makeLog({ logLevel: 'fatal', logFormat: 'json' });
const quiet = { log, isTerminal: false, say: () => undefined };
const on = (day: string) => ({ now: () => new Date(`${day}T12:00:00Z`) });

let house: House;
let close: () => Promise<void>;
beforeAll(async () => {
  const { url, drop } = await makeTestDatabase();
  const database = makeDatabase({ url, poolSize: 2, streams: 1, statementTimeoutMs: 60_000, log });
  const prisma = makePrisma({ url, poolSize: 1, log });
  const model = makeModel(declarations);
  const reader = makeReader({ database, model });
  house = { url, model, database, prisma, reader, writer: makeWriter({ database, model, reader }) };
  close = async () => {
    await Promise.all([database.close(), prisma.$disconnect()]);
    await drop();
  };
});
afterAll(() => close());

const query = <Row>(text: string): Promise<readonly Row[]> => house.database.query<Row>(raw(text));

describe('the demo', () => {
  test('one that was stopped is continued on another day as of the day on which it was begun', async () => {
    const stop = new AbortController();
    const writer: House['writer'] = {
      ...house.writer,
      write: (viewer, resource, changes, options) => {
        // After the first interactions, in the middle of what depends on the day.
        if (resource.name === 'interaction') stop.abort();
        return house.writer.write(viewer, resource, changes, options);
      },
    };
    // The rows of the first day carry the database's own date, so that is the day that this test begins on.
    const today = new Date().toISOString().slice(0, 10);
    const options = { ...quiet, clock: on(today), signal: stop.signal };
    expect(await seedDemo({ ...house, writer }, options)).toBe('stopped');
    expect(await query('SELECT FROM customers')).toHaveLength(0);

    expect(await seedDemo(house, { ...quiet, clock: on('2033-03-03') })).toBe('loaded');
    expect(
      await query(`SELECT (SELECT count(*)::int FROM customers) AS customers, (SELECT count(*)::int FROM contacts
        WHERE customer_id = '${demoIds.customer}') AS contacts, (SELECT count(*)::int FROM interactions) AS interactions`),
    ).toEqual([{ customers: 2, contacts: 5000, interactions: 3000 }]);
  });

  test('one that is there is left alone', async () => {
    const [before] = await query('SELECT last_value FROM doorstep_positions');
    expect(await seedDemo(house, { ...quiet, clock: on('2033-03-03') })).toBe('there already');
    expect(await query('SELECT last_value FROM doorstep_positions')).toEqual([before]);
  });

  test('it leaves the change log empty, and its interactions are in the names of those who walked', async () => {
    expect(await query('SELECT FROM change_log')).toHaveLength(0);
    const authors = await query<{ id: string }>('SELECT DISTINCT created_by AS id FROM interactions');
    expect(new Set(authors.map(({ id }) => id))).toEqual(new Set([demoIds.erin, demoIds.frank]));
  });

  test('is nobody’s own customer, and a large one is', async () => {
    expect(await hasOwnCustomers(house.database)).toBe(false);
  });
});

describe('the large customer', () => {
  const size = { contacts: 50, interactions: 200 };
  const options = { ...quiet, ...size, clock: on('2026-05-05') };
  const never = new AbortController().signal;

  test('one that is stopped leaves none of its rows', async () => {
    const signal = AbortSignal.abort();
    await expect(loadLarge(house, { ...options, signal })).rejects.toThrow('nothing of it was kept');
    expect(await query(`SELECT FROM addresses WHERE customer_id = '${largeIds.customer}'`)).toEqual([]);
  });

  test('every reference of it holds: where triggers and foreign keys cannot be switched off, they let it pass', async () => {
    // A user who may do everything with the tables, and nothing with the server.
    const role = `limited_${randomBytes(4).toString('hex')}`;
    await query(`CREATE ROLE ${role}`);
    await query(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`);
    await query(`GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${role}`);
    const url = new URL(house.url);
    url.searchParams.set('options', `-c role=${role} -c timezone=UTC`);
    try {
      const loaded = await loadLarge({ ...house, url: url.href }, { ...options, signal: never });
      expect(loaded).toMatchObject({ rows: 20 + 20 + 50 + 50 + 50 + 200 });
    } finally {
      await query(`DROP OWNED BY ${role}`);
      await query(`DROP ROLE ${role}`);
    }
    await query(`CREATE TABLE loaded_with_triggers AS SELECT to_jsonb(contacts) - '{sync_seq,created,modified}'::text[] AS row
      FROM contacts WHERE customer_id = '${largeIds.customer}'`);
    for (const { resource } of [...largeTables].reverse()) {
      await query(`DELETE FROM ${house.model.get(resource).table} WHERE customer_id = '${largeIds.customer}'`);
    }
  });

  test('loads without triggers into the same rows that triggers would have made', async () => {
    expect(await loadLarge(house, { ...options, signal: never })).toMatchObject({ rows: 390 });
    expect(
      await query(`SELECT to_jsonb(contacts) - '{sync_seq,created,modified}'::text[] AS row FROM contacts
        WHERE customer_id = '${largeIds.customer}' EXCEPT SELECT row FROM loaded_with_triggers`),
    ).toEqual([]);
    for (const { resource } of largeTables) {
      const { table } = house.model.get(resource);
      expect(
        await query(`SELECT count(*)::int AS wrong FROM ${table} WHERE customer_id = '${largeIds.customer}' AND (version <> 1
          OR etag <> doorstep_etag(customer_id, id, 1) OR sync_seq > (SELECT last_value FROM doorstep_positions))`),
      ).toEqual([{ wrong: 0 }]);
    }
    expect(await hasOwnCustomers(house.database)).toBe(true);
  });

  test('a second one is refused', async () => {
    await expect(loadLarge(house, { ...options, signal: never })).rejects.toThrow('There is a large customer already');
  });
});

const largeTables = [
  'address',
  'household',
  'contact',
  'contactHousehold',
  'contactHouseholdCampaign',
  'interaction',
].map((resource) => ({ resource }));
