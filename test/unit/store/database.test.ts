import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeLog } from '../../../src/log.ts';
import { Problem } from '../../../src/problem.ts';
import { makeDatabase, type Database, type DatabaseOptions } from '../../../src/store/database.ts';
import { isDatabaseFailure } from '../../../src/store/failure.ts';
import { sql } from '../../../src/store/sql.ts';
import { makeTestDatabase, type TestDatabase } from '../../database.ts';

const log = makeLog({ logLevel: 'silent', logFormat: 'json' });
const patient = { timeout: 15_000 };
let home: TestDatabase;
let database: Database;

const open = (options: Partial<DatabaseOptions> = {}): Database =>
  makeDatabase({ url: home.url, poolSize: 2, streams: 1, statementTimeoutMs: 10_000, log, ...options });

const numbersIn = async (from: Database): Promise<readonly number[]> => {
  const rows = await from.query<{ n: number }>(sql`SELECT n FROM numbers ORDER BY n`);
  return rows.map(({ n }) => n);
};

const codeOf = (error: unknown): string => (error instanceof Problem ? error.code : String(error));
const failureOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'no failure', codeOf);

beforeAll(async () => {
  home = await makeTestDatabase();
  database = open();
  await database.transaction((tx) => tx.exec('CREATE TABLE numbers (n int PRIMARY KEY); CREATE TABLE texts (t text)'));
});

afterAll(async () => {
  await database.close();
  await home.drop();
});

describe('a row', () => {
  test('keeps what JavaScript has no type for as text', async () => {
    const [row] = await database.query(sql`
      SELECT 9007199254740993::bigint AS big, 0.1::numeric AS exact, date '2024-02-29' AS day,
        timestamptz '2024-07-01 12:00:00.5+02' AS at, '{1,2}'::bigint[] AS bigs, '{"a": [1]}'::jsonb AS document,
        array[timestamptz '2024-07-01 12:00+00'] AS ats`);
    expect(row).toEqual({
      big: '9007199254740993',
      exact: '0.1',
      day: '2024-02-29',
      at: '2024-07-01 10:00:00.5+00',
      bigs: ['1', '2'],
      document: { a: [1] },
      ats: ['2024-07-01 12:00:00+00'],
    });
  });

  test('has the same value the first time, the second and the tenth', async () => {
    for (let n = 0; n < 10; n += 1) {
      expect(await database.query(sql`SELECT ${n}::int AS n, ${'x'}::text AS x`)).toEqual([{ n, x: 'x' }]);
    }
  });
});

describe('a prepared statement', () => {
  test('is not taken for prepared after PostgreSQL refused to parse it', async () => {
    const one = open({ poolSize: 1 });
    const late = sql`SELECT count(*)::int AS count FROM made_later`;
    for (let n = 0; n < 3; n += 1) await expect(one.query(late)).rejects.toThrow('made_later');
    await database.transaction((tx) => tx.exec('CREATE TABLE made_later ()'));
    for (let n = 0; n < 3; n += 1) expect(await one.query(late)).toEqual([{ count: 0 }]);
    await one.close();
  });

  test('survives a change of the table it reads', async () => {
    const one = open({ poolSize: 1 });
    await database.transaction((tx) => tx.exec('CREATE TABLE changing (a int); INSERT INTO changing VALUES (1)'));
    const all = sql`SELECT * FROM changing`;
    for (let n = 0; n < 3; n += 1) expect(await one.query(all)).toEqual([{ a: 1 }]);
    await database.transaction((tx) => tx.exec('ALTER TABLE changing ADD b text'));
    for (let n = 0; n < 3; n += 1) expect(await one.query(all)).toEqual([{ a: 1, b: null }]);
    await one.close();
  });

  test('is forgotten when 256 others came after it', async () => {
    const one = open({ poolSize: 1 });
    for (let n = 0; n < 300; n += 1) {
      for (let time = 0; time < 2; time += 1) await one.query({ text: `SELECT ${n} AS n`, values: [] });
    }
    const [row] = await one.query<{ count: number }>(sql`SELECT count(*)::int AS count FROM pg_prepared_statements`);
    expect(row?.count).toBeGreaterThan(200);
    expect(row?.count).toBeLessThanOrEqual(256);
    expect(await one.query({ text: 'SELECT 0 AS n', values: [] })).toEqual([{ n: 0 }]);
    await one.close();
  });
});

describe('a transaction', () => {
  test('leaves nothing when its work throws, and passes the error on', async () => {
    const reason = new Error('changed my mind');
    const work = database.transaction(async (tx) => {
      await tx.query(sql`INSERT INTO numbers VALUES (${1})`);
      throw reason;
    });
    await expect(work).rejects.toBe(reason);
    expect(await numbersIn(database)).toEqual([]);
  });

  test('does not take an error of its caller for one of the database', async () => {
    const missing = Object.assign(new Error('no such file'), { code: 'ENOENT' });
    await expect(database.transaction(() => Promise.reject(missing))).rejects.toBe(missing);
  });

  test('is not reported as done when a failed statement in it was ignored', async () => {
    const work = database.transaction(async (tx) => {
      await tx.query(sql`INSERT INTO numbers VALUES (${2})`);
      await tx.query(sql`SELECT 1 / ${0}::int`).catch(() => undefined);
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await numbersIn(database)).toEqual([]);
  });

  test('passes a broken constraint on as PostgreSQL said it', async () => {
    const failure: unknown = await database
      .transaction(async (tx) => {
        await tx.query(sql`INSERT INTO numbers VALUES (${3}), (${3})`);
      })
      .catch((error: unknown) => error);
    expect(isDatabaseFailure(failure) && [failure.code, failure.constraint]).toEqual(['23505', 'numbers_pkey']);
  });

  test('whose connection is lost leaves nothing, and the next one works', async () => {
    const work = database.transaction(async (tx) => {
      await tx.query(sql`INSERT INTO numbers VALUES (${4})`);
      const [row] = await tx.query<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
      await database.query(sql`SELECT pg_terminate_backend(${row?.pid}, 5000)`);
      await tx.query(sql`SELECT 1`);
    });
    expect(await failureOf(work)).toBe('DATABASE_UNAVAILABLE');
    expect(await numbersIn(database)).toEqual([]);
  });
});

describe('a failure', () => {
  test('of an address where no database is says that it cannot be reached', async () => {
    const nowhere = open({ url: 'postgres://nobody@127.0.0.1:1/none' });
    expect(await failureOf(nowhere.query(sql`SELECT 1`))).toBe('DATABASE_UNAVAILABLE');
    expect(await failureOf(nowhere.ping())).toBe('DATABASE_UNAVAILABLE');
    await nowhere.close();
  });

  test('of idle connections is not noticed by the next statement', async () => {
    const other = open({ poolSize: 3 });
    await Promise.all([1, 2, 3].map(() => other.query(sql`SELECT pg_sleep(0.05)`)));
    await database.query(sql`
      SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'`);
    await expect.poll(() => failureOf(other.query(sql`SELECT 1`)), patient).toBe('no failure');
    await other.close();
  });

  test('of a statement that runs for too long is a timeout, and the connection stays', async () => {
    const hasty = open({ statementTimeoutMs: 500, poolSize: 1 });
    expect(await failureOf(hasty.query(sql`SELECT pg_sleep(30)`))).toBe('STATEMENT_TIMEOUT');
    expect(await failureOf(hasty.query(sql`SELECT 1`))).toBe('no failure');
    await hasty.close();
  });

  test('to get a connection in time is an overload, and a ping still passes', async () => {
    const narrow = open({ poolSize: 1, poolWaitMs: 1_500 });
    const outcome = await narrow.transaction(async (tx) => {
      await tx.query(sql`SELECT 1`);
      return [await failureOf(narrow.query(sql`SELECT 1`)), await failureOf(narrow.ping())];
    });
    expect(outcome).toEqual(['OVERLOADED', 'no failure']);
    await narrow.close();
  });

  test('of text with NUL is the caller’s', async () => {
    expect(await failureOf(database.query(sql`INSERT INTO texts VALUES (${'a\0b'})`))).toBe('INVALID_INPUT');
    expect(await failureOf(database.query(sql`SELECT ${'"\\u0000"'}::jsonb`))).toBe('INVALID_INPUT');
  });
});

describe('an abort', () => {
  test('cancels the statement in PostgreSQL and rejects with its reason', async () => {
    const controller = new AbortController();
    const reason = new Error('the client has gone');
    const work = database.query(sql`SELECT pg_sleep(60) /* aborted */`, { signal: controller.signal });
    await expect.poll(() => countRunning('aborted'), patient).toBe(1);
    controller.abort(reason);
    await expect(work).rejects.toBe(reason);
    await expect.poll(() => countRunning('aborted'), patient).toBe(0);
  });

  test('before the start sends nothing', async () => {
    const reason = new Error('too late');
    const signal = AbortSignal.abort(reason);
    await expect(database.query(sql`INSERT INTO numbers VALUES (${9})`, { signal })).rejects.toBe(reason);
    expect(await numbersIn(database)).toEqual([]);
  });
});

async function countRunning(mark: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE ${`%/* ${mark} */%`}`);
  return row?.count ?? 0;
}
