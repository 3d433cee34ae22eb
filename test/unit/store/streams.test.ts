import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeLog } from '../../../src/log.ts';
import { Problem } from '../../../src/problem.ts';
import { makeDatabase, type Database } from '../../../src/store/database.ts';
import { sql } from '../../../src/store/sql.ts';
import { makeTestDatabase, type TestDatabase } from '../../database.ts';

const log = makeLog({ logLevel: 'silent', logFormat: 'json' });
const patient = { timeout: 15_000 };
let home: TestDatabase;
let database: Database;

const upTo = (n: number) => sql`SELECT i::text FROM generate_series(1, ${n}::int) i`;
const collect = async (rows: AsyncIterable<readonly string[]>): Promise<readonly string[]> => {
  const all: string[] = [];
  for await (const some of rows) all.push(...some);
  return all;
};

/** Without one free stream this is OVERLOADED. */
const expectFree = async (): Promise<void> => expect(await collect(database.stream(upTo(2)))).toEqual(['1', '2']);

beforeAll(async () => {
  home = await makeTestDatabase();
  database = makeDatabase({ url: home.url, poolSize: 1, streams: 1, statementTimeoutMs: 10_000, log });
});

afterAll(async () => {
  await database.close();
  await home.drop();
});

test('a stream brings every row once, in fetches of the size asked for', async () => {
  const sizes: number[] = [];
  for await (const rows of database.stream(upTo(25), { rowsPerFetch: 10 })) sizes.push(rows.length);
  expect(sizes).toEqual([10, 10, 5]);
  expect(await collect(database.stream(upTo(20), { rowsPerFetch: 10 }))).toHaveLength(20);
  expect(await collect(database.stream(upTo(0)))).toEqual([]);
});

test('a stream carries text as it is: JSON is not parsed, null is empty', async () => {
  expect(await collect(database.stream(sql`VALUES ('{"a": 1}'::json), (NULL)`))).toEqual(['{"a": 1}', '']);
});

test('a stream may last longer than a statement', async () => {
  const hasty = makeDatabase({ url: home.url, poolSize: 1, streams: 1, statementTimeoutMs: 100, log });
  expect(await collect(hasty.stream(sql`SELECT pg_sleep(0.3)`))).toEqual(['']);
  await hasty.close();
});

test('one stream more than there are is refused with the time to come back', async () => {
  const first = database.stream(upTo(10_000))[Symbol.asyncIterator]();
  await first.next();
  const failure: unknown = await collect(database.stream(upTo(1))).catch((error: unknown) => error);
  expect(failure instanceof Problem && [failure.code, failure.facts.retryAfter]).toEqual(['OVERLOADED', 5]);
  await first.return?.();
  await expectFree();
});

test('a reader who leaves early gives the connection back', async () => {
  const before = await connections();
  for (let time = 0; time < 3; time += 1) {
    for await (const rows of database.stream(upTo(100_000), { rowsPerFetch: 5 })) {
      expect(rows).toHaveLength(5);
      break;
    }
  }
  expect(await connections()).toEqual(before);
});

test('a reader who throws gets its own error and gives the connection back', async () => {
  const reason = new Error('cannot write');
  const read = async (): Promise<void> => {
    for await (const rows of database.stream(upTo(100_000))) if (rows.length > 0) throw reason;
  };
  await expect(read()).rejects.toBe(reason);
  await expectFree();
});

test('an abort ends a stream that waits for PostgreSQL', async () => {
  const controller = new AbortController();
  const reason = new Error('the client has gone');
  const work = collect(database.stream(sql`SELECT pg_sleep(60) /* stream */`, { signal: controller.signal }));
  const rejected = expect(work).rejects.toBe(reason);
  await expect.poll(() => countRunning(), patient).toBe(1);
  controller.abort(reason);
  await rejected;
  await expectFree();
});

test('an abort between two fetches ends the stream at the next', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const read = async (): Promise<void> => {
    for await (const rows of database.stream(upTo(100_000), { signal: controller.signal })) {
      if (rows.length > 0) controller.abort(reason);
    }
  };
  await expect(read()).rejects.toBe(reason);
  await expectFree();
});

test('a failure in mid-stream is thrown, and the next stream works', async () => {
  const failing = sql`SELECT 10 / (20 - i) FROM generate_series(1, 30) i`;
  await expect(collect(database.stream(failing, { rowsPerFetch: 5 }))).rejects.toThrow('division by zero');
  await expect(collect(database.stream(sql`SELECT nonsense`))).rejects.toThrow('nonsense');
  await expectFree();
});

test('a connection lost in mid-stream is an unavailable database, and the next stream works', async () => {
  const read = async (): Promise<void> => {
    for await (const rows of database.stream(upTo(100_000), { rowsPerFetch: 5 })) {
      expect(rows).toHaveLength(5);
      await terminateStreams();
    }
  };
  await expect(read()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  await expectFree();
});

test('a reader who leaves after the connection was lost does not wait for it', async () => {
  for await (const rows of database.stream(upTo(100_000), { rowsPerFetch: 5 })) {
    expect(rows).toHaveLength(5);
    await terminateStreams();
    break;
  }
  await expectFree();
});

test('closing waits for a stream that is being read', async () => {
  const other = makeDatabase({ url: home.url, poolSize: 1, streams: 1, statementTimeoutMs: 10_000, log });
  const rows = other.stream(upTo(2_000), { rowsPerFetch: 1_000 })[Symbol.asyncIterator]();
  await rows.next();
  const closed = other.close();
  expect((await rows.next()).value).toHaveLength(1_000);
  expect((await rows.next()).done).toBe(true);
  await closed;
});

async function countRunning(): Promise<number> {
  const [row] = await database.query<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'active' AND query LIKE '%/* stream */' AND pid <> pg_backend_pid()`);
  return row?.count ?? 0;
}

async function terminateStreams(): Promise<void> {
  await database.query(sql`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE '%generate_series%' AND pid <> pg_backend_pid()`);
}

/** The process ids of this database's connections. */
function connections(): Promise<readonly unknown[]> {
  return database.query(sql`SELECT pid FROM pg_stat_activity WHERE datname = current_database() ORDER BY pid`);
}
