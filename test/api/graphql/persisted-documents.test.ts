/** Operations by their hash: the trusted ones, those that a client adds, and a server that knows no others. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';

const text = readFileSync(new URL('../../../graphql/operations/segments.graphql', import.meta.url), 'utf8');
const hashOf = (query: string): string => createHash('sha256').update(query).digest('hex');
const variables = { campaignId: '00000000-0000-7000-8000-000000000001' };
const byHash = (sha256Hash: string): JsonObject => ({ persistedQuery: { version: 1, sha256Hash } });

let [open, closed]: World[] = [];
beforeAll(async () => {
  [open, closed] = [await makeWorld(), await makeWorld({ env: { TRUSTED_DOCUMENTS: 'only' } })];
});
afterAll(async () => {
  await open!.close();
  await closed!.close();
});

const post = async ({ app, as }: World, payload: JsonObject) => {
  const response = await app.inject({ method: 'POST', url: '/graphql', headers: as('alice'), payload });
  const { errors, data } = response.json<{ errors?: readonly { extensions: { code: string } }[]; data?: JsonObject }>();
  return { status: response.statusCode, code: errors?.[0]?.extensions.code ?? null, data: data ?? null };
};
const get = async ({ app, as }: World, query: Readonly<Record<string, string>>) => {
  const headers = { ...as('alice'), 'apollo-require-preflight': '1' };
  return (await app.inject({ method: 'GET', url: '/graphql', headers, query })).statusCode;
};

describe.each([
  ['open to any text', () => open!],
  ['for trusted operations only', () => closed!],
])('a server %s', (_, world) => {
  test('answers an operation of graphql/operations by the hash of its text, again and again', async () => {
    const first = await post(world(), { variables, extensions: byHash(hashOf(text)) });
    expect(first).toMatchObject({ status: 200, code: null });
    expect(first.data).not.toBeNull();
    expect(await post(world(), { variables, extensions: byHash(hashOf(text)) })).toEqual(first);
    expect(await post(world(), { variables, query: text })).toEqual(first);
    expect(
      await get(world(), { variables: JSON.stringify(variables), extensions: JSON.stringify(byHash(hashOf(text))) }),
    ).toBe(200);
  });

  test('says that it does not know a hash, so that the client sends the text', async () => {
    const answer = await post(world(), { extensions: byHash('0'.repeat(64)) });
    expect(answer.data).toBeNull();
    expect(answer.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });
});

test('a text that a client added is answered by its hash, and only that text', async () => {
  const query = '{ notes { totalCount } }';
  expect(await post(open!, { query, extensions: byHash(hashOf('another')) })).toMatchObject({ status: 400 });
  expect(await post(open!, { query, extensions: byHash(hashOf(query)) })).toMatchObject({ status: 200 });
  for (const _ of [1, 2]) {
    expect(await post(open!, { extensions: byHash(hashOf(query)) })).toMatchObject({
      status: 200,
      data: { notes: { totalCount: 0 } },
    });
  }
});

test('where only trusted operations are answered, every other text is refused, also with its hash and by GET', async () => {
  const query = '{ notes { totalCount } }';
  const refused = { status: 403, code: 'OPERATION_NOT_TRUSTED', data: null };
  expect(await post(closed!, { query })).toEqual(refused);
  expect(await post(closed!, { query, extensions: byHash(hashOf(query)) })).toEqual(refused);
  expect(await post(closed!, { query: `${text} ` })).toEqual(refused);
  expect(await post(closed!, { query: '{ __schema { queryType { name } } }' })).toEqual(refused);
  expect(await get(closed!, { query })).toBe(403);
  expect(await post(closed!, { query: { kind: 'Document' }, extensions: byHash(hashOf(text)) })).toEqual(refused);
});
