/** Connections that only read: every caller gets the answer to what they asked, whatever happens to their neighbours. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeLog } from '../../../src/log.ts';
import { makeStop } from '../../../src/stop.ts';
import { connectionSettings } from '../../../src/store/connections.ts';
import { type Database, makeDatabase } from '../../../src/store/database.ts';
import { type Lines, type LinesOptions, makeLines } from '../../../src/store/lines/lines.ts';
import { sql, type Statement, toStatement } from '../../../src/store/sql.ts';
import { makeTestDatabase, type TestDatabase } from '../../database.ts';

let home: TestDatabase;
let database: Database;
const opened: Lines[] = [];

beforeAll(async () => {
  home = await makeTestDatabase();
  const log = makeLog({ logLevel: 'fatal', logFormat: 'json' });
  database = makeDatabase({ url: home.url, poolSize: 2, streams: 1, statementTimeoutMs: 0, log });
});
afterAll(async () => {
  for (const lines of opened) await lines.close();
  await database.close();
  await home.drop();
});

function open(options: Partial<LinesOptions> = {}): Lines {
  const cancel = async (pid: number): Promise<void> =>
    void (await database.query(sql`SELECT pg_cancel_backend(${pid})`));
  const settings = connectionSettings({ statementTimeoutMs: 20_000, plans: 'once' });
  const own = { size: 1, depth: 64, waitMs: 5_000, cancel, settings, onAnswer: () => undefined };
  const lines = makeLines({ url: home.url, ...own, ...options });
  opened.push(lines);
  return lines;
}

const textOf = async (lines: Lines, statement: Statement): Promise<string | undefined> =>
  (await lines.ask(statement))[0]?.[0]?.toString();
const echo = (value: string): Statement => toStatement(sql`SELECT ${value}::text`);
const [wait, fail] = [toStatement(sql`SELECT pg_sleep(30)`), toStatement(sql`SELECT (1 / ${'0'}::int)::text`)];
const pid = toStatement(sql`SELECT pg_backend_pid()::text`);

/** How many statements of that text are running. */
const running = async (text: string): Promise<number> => {
  const [row] = await database.query<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM pg_stat_activity WHERE state = 'active' AND query = ${text}`,
  );
  return row!.count;
};

describe('an answer', () => {
  test('is the bytes of each column, in UTF-8, and null where there is none', async () => {
    const rows = await open().ask(
      toStatement(sql`SELECT ${'Zoë 🗳'}::text, NULL, '' UNION ALL SELECT ${'b'}, 'x', 'y'`),
    );
    expect(rows.map((row) => row.map((column) => column?.toString() ?? null))).toEqual([
      ['Zoë 🗳', null, ''],
      ['b', 'x', 'y'],
    ]);
  });

  test('may be longer than any packet', async () => {
    const lines = open();
    const long = toStatement(sql`SELECT repeat(${'abcdefghij'}, 300000), 'end'`);
    for (let time = 0; time < 3; time += 1) {
      const [row] = await lines.ask(long);
      expect([row?.[0]?.length, row?.[1]?.toString()]).toEqual([3_000_000, 'end']);
    }
  });

  test('belongs to who asked, among hundreds on one connection, and a failure is its own', async () => {
    const lines = open();
    const asked = Array.from({ length: 300 }, (_, index) =>
      index % 50 === 25
        ? lines.ask(fail).then(String, (error: Error) => error.message)
        : textOf(lines, echo(`${index}`)),
    );
    expect(await Promise.all(asked)).toEqual(
      Array.from({ length: 300 }, (_, index) => (index % 50 === 25 ? 'division by zero' : `${index}`)),
    );
  });
});

describe('a prepared statement', () => {
  test('is not taken for prepared after PostgreSQL refused to parse it', async () => {
    const lines = open();
    const late = { text: 'SELECT count(*)::text FROM made_later', values: [] };
    for (let time = 0; time < 3; time += 1) await expect(lines.ask(late)).rejects.toThrow('made_later');
    await database.transaction((tx) => tx.exec('CREATE TABLE made_later ()'));
    for (let time = 0; time < 3; time += 1) expect(await textOf(lines, late)).toBe('0');
  });

  test('survives a change of the table it reads', async () => {
    const lines = open();
    await database.transaction((tx) => tx.exec('CREATE TABLE changing (a int); INSERT INTO changing VALUES (1)'));
    const all = { text: 'SELECT * FROM changing', values: [] };
    for (let time = 0; time < 3; time += 1) expect((await lines.ask(all))[0]).toHaveLength(1);
    await database.transaction((tx) => tx.exec('ALTER TABLE changing ADD b text'));
    const both = await Promise.all([lines.ask(all), lines.ask(all), textOf(lines, echo('between'))]);
    expect([both[0][0]?.length, both[1][0]?.length, both[2]]).toEqual([2, 2, 'between']);
  });

  test('is forgotten when 256 others came after it', async () => {
    const lines = open();
    for (let index = 0; index < 300; index += 1) {
      for (let time = 0; time < 2; time += 1) await lines.ask({ text: `SELECT '${index}'`, values: [] });
    }
    const count = Number(
      await textOf(lines, { text: 'SELECT count(*)::text FROM pg_prepared_statements', values: [] }),
    );
    expect(count).toBeGreaterThan(200);
    expect(count).toBeLessThanOrEqual(256);
    expect(await textOf(lines, { text: `SELECT '0'`, values: [] })).toBe('0');
  });
});

describe('who hangs up', () => {
  test('is told at once, the statement ends, and those behind it are answered', async () => {
    const lines = open();
    const stop = makeStop();
    const stopped = lines.ask(wait, stop.signal);
    await expect.poll(() => running(wait.text)).toBe(1);
    const behind = Promise.all([textOf(lines, echo('one')), textOf(lines, echo('two'))]);
    const reason = new Error('gone');
    stop.abort(reason);
    await expect(stopped).rejects.toBe(reason);
    expect(await behind).toEqual(['one', 'two']);
    expect(await running(wait.text)).toBe(0);
    expect(await textOf(lines, echo('three'))).toBe('three');
  });

  test('before it was their turn costs the database nothing but the attempt', async () => {
    const lines = open();
    const [first, second] = [makeStop(), makeStop()];
    const asked = [lines.ask(wait, first.signal), lines.ask(wait, second.signal)];
    await expect.poll(() => running(wait.text)).toBe(1);
    second.abort(new Error('second'));
    await expect(asked[1]).rejects.toThrow('second');
    first.abort(new Error('first'));
    await expect(asked[0]).rejects.toThrow('first');
    await expect.poll(() => running(wait.text)).toBe(0);
  });
});

describe('a connection', () => {
  test('that is lost is said to everybody who waits on it, and the next one works', async () => {
    const lines = open();
    const lost = Number(await textOf(lines, pid));
    const waiting = [lines.ask(wait), lines.ask(echo('behind'))].map((one) => one.catch((error: unknown) => error));
    await expect.poll(() => running(wait.text)).toBe(1);
    await database.query(sql`SELECT pg_terminate_backend(${lost})`);
    for (const one of waiting) expect(await one).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(Number(await textOf(lines, pid))).not.toBe(lost);
  });

  test('is waited for, and not for ever', async () => {
    const lines = open({ depth: 1, waitMs: 200 });
    const stop = makeStop();
    const busy = lines.ask(wait, stop.signal).catch((error: unknown) => error);
    await expect.poll(() => running(wait.text)).toBe(1);
    await expect(lines.ask(echo('late'))).rejects.toMatchObject({ code: 'OVERLOADED' });
    const patient = textOf(lines, echo('in time'));
    stop.abort(new Error('gone'));
    await busy;
    expect(await patient).toBe('in time');
  });

  test('is closed when it has answered', async () => {
    const lines = open();
    const asked = [toStatement(sql`SELECT pg_sleep(0.2)`), echo('last')].map((statement) => lines.ask(statement));
    await lines.close();
    expect((await Promise.all(asked))[1]?.[0]?.[0]?.toString()).toBe('last');
    await expect(lines.ask(echo('later'))).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});
