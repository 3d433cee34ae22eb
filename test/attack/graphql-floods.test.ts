/**
 * Requests to /graphql that cost their sender nothing and are meant to cost the server much, and ways around its rules.
 * What a valid operation may cost is tested in api/graphql/limits.test.ts.
 */
import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeOperations } from '../../src/graphql/operations.ts';
import { makeGraphqlSchema } from '../../src/graphql/schema/schema.ts';
import type { JsonObject } from '../../src/json.ts';
import { makeModel } from '../../src/model.ts';
import { declarations } from '../../src/resources/index.ts';
import { makeTestApp, makeWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

interface Answer {
  readonly data?: JsonObject | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

async function post(
  payload: object,
): Promise<{ readonly status: number; readonly answer: Answer; readonly text: string }> {
  const response = await world.app.inject({ method: 'POST', url: '/graphql', headers: world.as('alice'), payload });
  return { status: response.statusCode, answer: response.json<Answer>(), text: response.body };
}

const repeat = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

test.each([
  ['lists of lists', `{ notes(sort: ${'['.repeat(4_900)}${']'.repeat(4_900)}) { totalCount } }`],
  ['a filter', `{ notes(filter: ${'{not:'.repeat(2_400)}{}${'}'.repeat(2_400)}) { totalCount } }`],
  ['fields', `${'{a'.repeat(3_300)} ${'}'.repeat(3_300)}`],
  ['fragments', `{ notes { nodes { ${'...{'.repeat(3_200)} id ${'}'.repeat(3_200)} } } }`],
])('an operation in which %s nest thousands deep is a 400', async (_, query) => {
  const { status, answer } = await post({ query });
  expect(status).toBe(400);
  expect(answer.errors![0]!.extensions.code).not.toBe('INTERNAL');
});

test.each([
  ['blanks', ' '.repeat(200_000)],
  ['comments', '#\n'.repeat(100_000)],
  ['commas', ','.repeat(200_000)],
])('an operation that is blown up with %s is refused before it is parsed', async (_, padding) => {
  const { status, answer } = await post({ query: `{ notes { totalCount } }${padding}` });
  expect(status).toBe(400);
  expect(answer.errors![0]!.message).toMatch(/^An operation may have 200,000 characters, this one has 200,0\d\d\.$/);
});

test('ten thousand fields that could disagree are not compared in pairs', async () => {
  for (const fields of [repeat(9_900, () => 'id'), repeat(4_900, (i) => `${'abc'[i % 3]!}:id`)]) {
    const { status, text } = await post({ query: `{ notes { nodes { ${fields} } } }` });
    expect(status).toBe(400);
    expect(text.length).toBeLessThan(100_000);
  }
});

test('variables that are wrong a hundred thousand times are looked at until the first', () => {
  const operations = makeOperations(makeGraphqlSchema(makeModel(declarations)));
  const document = parse('query ($sort: [NoteSort!]) { notes(sort: $sort) { totalCount } }');
  let looks = 0;
  const wrong = Array.from({ length: 100_000 }, () => 1);
  const sort = new Proxy(wrong, {
    get(target, name, receiver) {
      looks += 1;
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  expect(operations.ask(document, { variables: { sort } })).toBeNull();
  expect(looks).toBeLessThan(100);
});

test('wrong variables are told fifty of their faults at most', async () => {
  const query = 'query ($sort: [NoteSort!]) { notes(sort: $sort) { totalCount } }';
  const { status, answer } = await post({ query, variables: { sort: Array.from({ length: 5_000 }, () => 1) } });
  expect(status).toBe(400);
  expect(answer.errors!.length).toBeLessThan(52);
});

test('several operations in one body are refused', async () => {
  const { status } = await post([{ query: '{ __typename }' }, { query: '{ __typename }' }]);
  expect(status).toBe(400);
});

test('GET changes nothing, and a page of another site sends no simple request', async () => {
  const mutation = `mutation { createNote(input: { contactId: "${world.ids.contact}", text: "x" }) { id } }`;
  const url = `/graphql?${new URLSearchParams({ query: mutation }).toString()}`;
  const preflighted = { ...world.as('alice'), 'apollo-require-preflight': '1' };
  expect((await world.app.inject({ url, headers: preflighted })).statusCode).toBe(405);
  expect((await world.app.inject({ url: '/graphql?query={__typename}', headers: world.as('alice') })).statusCode).toBe(
    400,
  );
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const headers = { ...world.as('alice'), 'content-type': type };
    const payload = JSON.stringify({ query: mutation });
    expect((await world.app.inject({ method: 'POST', url: '/graphql', headers, payload })).statusCode).toBe(415);
  }
  expect(await world.rows('note')).toEqual([]);
});

test("a hash that somebody else registered answers with one's own rows", async () => {
  const query = '{ campaigns { nodes { id } } notes { totalCount } }';
  const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } };
  expect((await post({ query, extensions })).answer.data).toMatchObject({ campaigns: { nodes: [{}] } });
  const payload = { extensions };
  const theirs = await world.app.inject({ method: 'POST', url: '/graphql', headers: world.as('dora'), payload });
  expect(theirs.json<Answer>().data).toEqual({ campaigns: { nodes: [] }, notes: { totalCount: 0 } });
  const mistaken = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
  expect((await post({ query, extensions: mistaken })).status).toBe(400);
});

test('with introspection off neither the schema nor a name that was nearly guessed is told', async () => {
  const app = await makeTestApp(world.url, { env: { INTROSPECTION: 'off' } });
  const ask = async (query: string) => {
    const headers = world.as('alice');
    const response = await app.http.app.inject({ method: 'POST', url: '/graphql', headers, payload: { query } });
    return { status: response.statusCode, text: response.body };
  };
  for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }']) {
    expect((await ask(query)).status).toBe(400);
  }
  for (const query of [
    '{ contactz { totalCount } }',
    '{ contacts(limmit: 1) { totalCount } }',
    '{ contacts(filter: { externalIdd: { eq: "" } }) { totalCount } }',
    '{ contacts(deleted: INCLUDED) { totalCount } }',
    'query ($a: Contaktfilter) { contacts(filter: $a) { totalCount } }',
  ]) {
    const { status, text } = await ask(query);
    expect(status).toBe(400);
    expect(text).not.toMatch(/did you mean/i);
  }
  expect(await ask('{ contacts { totalCount } }')).toMatchObject({ status: 200 });
  await app.close();
});
