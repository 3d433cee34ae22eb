/** Signing keys outlive processes, are published before they sign, and verify until what they signed has expired. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeLog } from '../../../src/log.ts';
import { makeSigningKeys } from '../../../src/sign-in/signing-keys.ts';
import { type Database, makeDatabase } from '../../../src/store/database.ts';
import { makeTestDatabase, type TestDatabase } from '../../database.ts';

const day = 86_400_000;
const log = makeLog({ logLevel: 'silent', logFormat: 'json' });
let test1: TestDatabase;
let database: Database;
beforeAll(async () => {
  test1 = await makeTestDatabase();
  database = makeDatabase({ url: test1.url, poolSize: 3, streams: 1, statementTimeoutMs: 5_000, log });
});
afterAll(async () => {
  await database.close();
  await test1.drop();
});

let now = Date.parse('2026-05-01T12:00:00Z');
const clock = { now: () => new Date(now) };
const open = (secret = 'the secret of an installation, long enough') =>
  makeSigningKeys({ database, secret, clock, log });
const idsOf = async (keys = open()): Promise<readonly string[]> => (await keys.current()).keys.map(({ id }) => id);

test('all processes that start together sign with the same key, and so do those that start later', async () => {
  const processes = [open(), open(), open()];
  await Promise.all(processes.map((keys) => keys.current()));
  const [first, ...others] = await Promise.all([idsOf(), ...processes.map(() => idsOf())]);
  for (const other of others) expect(other).toEqual(first);
  now += 3 * day;
  expect((await idsOf())[0]).toBe(first[0]);
});

test('a new key is published for an hour before it signs, and the old one verifies for two days after', async () => {
  const process = open();
  const [old] = await idsOf(process);
  now += 90 * day;
  const [signer, fresh] = await idsOf(process);
  expect([signer, typeof fresh]).toEqual([old, 'string']);
  now += 2 * 3_600_000;
  expect(await idsOf(process)).toEqual([fresh, old]);
  now += 3 * day;
  expect(await idsOf(process)).toEqual([fresh]);
  expect(await process.findPublic(old!)).toBeNull();
});

test('a key that another process made is found when a token names it', async () => {
  const one = open();
  await one.current();
  now += 90 * day;
  const [, announced] = await idsOf(open());
  expect(await one.findPublic(announced!)).not.toBeNull();
  expect(await one.findPublic('made-up')).toBeNull();
});

test('the private half is sealed, and with another secret there is another key', async () => {
  const [kept] = await database.query<{ row: string }>({
    text: 'SELECT k::text AS row FROM signing_keys k',
    values: [],
  });
  expect(kept!.row).not.toContain(Buffer.from('"d":').toString('hex'));
  const before = await idsOf();
  const other = await idsOf(open('another secret, after a restore elsewhere'));
  expect(before).not.toContain(other[0]);
  expect(await idsOf()).toEqual(before);
});
