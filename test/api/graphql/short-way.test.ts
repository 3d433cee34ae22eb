/** The short way must not be told apart from the long one but by its speed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../src/app.ts';
import type { Reader } from '../../../src/read/reader.ts';
import type { JsonObject } from '../../../src/json.ts';
import { makeTestApp, makeWorld, type PersonName, type World } from '../../world.ts';
import { makeTwin } from './ask.ts';

let [short, long]: World[] = [];
let longApp: App | undefined;

beforeAll(async () => {
  short = await makeWorld();
  for (const text of ['one', 'two', 'three']) await short.create('alice', 'note', { text });
  longApp = await makeTestApp(short.url, { env: { SHORT_WAY: 'off' } });
  long = { ...short, app: longApp.http.app };
});
afterAll(async () => {
  await longApp?.close();
  await short!.close();
});

interface Sent {
  readonly person?: PersonName;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload: JsonObject;
}

const send = async ({ app, as }: World, { person = 'alice', headers = {}, payload }: Sent) => {
  const response = await app.inject({
    ...{ method: 'POST', url: '/graphql', payload },
    headers: { ...as(person), 'x-request-id': 'the-same', ...headers },
  });
  const { date: _, connection: __, ...rest } = response.headers;
  return { status: response.statusCode, headers: rest, body: response.body };
};

/** The answers of both ways, after the text has become known to both. */
const sendBoth = async (sent: Sent) => {
  await send(short!, sent);
  return { short: await send(short!, sent), long: await send(long!, sent) };
};

const notes = '{ notes(sort: [{ text: ASC }]) { nodes { id data { text } } totalCount } }';
const byId = 'query Named($id: ID!) { note(id: $id) { data { text } } }';
const like =
  'query ($text: String, $deep: Boolean = true) { notes(filter: { text: { eq: $text } }) { totalCount nodes @include(if: $deep) { data { text } } } }';

const cases: readonly (readonly [string, Sent])[] = [
  ['a list', { payload: { query: notes } }],
  ['nulls in place of what is left out', { payload: { query: notes, variables: null, operationName: null } }],
  ['empty extensions', { payload: { query: notes, extensions: {} } }],
  ['a variable', { payload: { query: like, variables: { text: 'two' } } }],
  ['a variable that is null', { payload: { query: like, variables: { text: null } } }],
  ['a variable that is left out', { payload: { query: like } }],
  ['a directive that is switched off', { payload: { query: like, variables: { text: 'one', deep: false } } }],
  ['a variable of the wrong type', { payload: { query: like, variables: { text: 7 } } }],
  ['variables that are no object', { payload: { query: like, variables: [] } }],
  ['an id that is none', { payload: { query: byId, variables: { id: 'nobody' } } }],
  ['an id that is missing', { payload: { query: byId } }],
  [
    'an operation by its name',
    { payload: { query: `${byId} query Other { notes { totalCount } }`, operationName: 'Other' } },
  ],
  ['no name for one of several', { payload: { query: `${byId} query Other { notes { totalCount } }` } }],
  ['a name that is not there', { payload: { query: byId, operationName: 'Nobody' } }],
  ['an empty name', { payload: { query: notes, operationName: '' } }],
  ['a name that is a number', { payload: { query: notes, operationName: 7 } }],
  ['introspection', { payload: { query: '{ __typename __schema { queryType { name } } }' } }],
  ['a typename alone', { payload: { query: '{ __typename }' } }],
  ['a filter that is refused', { payload: { query: '{ notes(where: "/data/txt eq 1") { totalCount } }' } }],
  [
    'a cost above the limit',
    { payload: { query: '{ contacts(limit: 1000) { nodes { notes(limit: 1000) { nodes { id } } } } }' } },
  ],
  ['somebody of another customer', { person: 'dora', payload: { query: notes } }],
  ['somebody in another group', { person: 'chelsea', payload: { query: notes } }],
  ...[
    'application/json',
    'application/graphql-response+json',
    '*/*',
    'text/html',
    'text/html, application/graphql-response+json;q=0.5, application/json;q=0.4',
  ].map((accept): readonly [string, Sent] => [`Accept: ${accept}`, { headers: { accept }, payload: { query: notes } }]),
];

describe('both ways give the same status, headers and body to', () => {
  test.each(cases)('%s', async (_, sent) => {
    const answers = await sendBoth(sent);
    expect(answers.short).toEqual(answers.long);
  });
});

test('an empty name is nobody, also where the text was asked without a name', async () => {
  const { short: named, long: other } = await sendBoth({ payload: { query: notes, operationName: '' } });
  await sendBoth({ payload: { query: notes } });
  for (const { status } of [named, other, await send(short!, { payload: { query: notes, operationName: '' } })]) {
    expect(status).toBe(400);
  }
});

test('one text answers each of its variables with its own rows', async () => {
  const rows = await short!.rows<{ readonly id: string; readonly text: string }>('note');
  for (const { id, text } of [...rows, ...rows]) {
    const { body } = await send(short!, { payload: { query: byId, variables: { id } } });
    expect(JSON.parse(body)).toEqual({ data: { note: { data: { text } } }, extensions: { cost: 1 } });
  }
});

test('a database that is away is asked once, and the failure told in the words of the long way', async () => {
  let asked = 0;
  const readRoots: Reader['readRoots'] = async () => {
    asked += 1;
    throw new Error('away');
  };
  const app = await makeTwin(short!, { passThrough: true, reader: { ...short!.reader, readRoots } });
  const broken = { ...short!, app };
  const [first, second] = [
    await send(broken, { payload: { query: notes } }),
    await send(broken, { payload: { query: notes } }),
  ];
  expect(asked).toBe(2);
  expect(second.body.replace('req-2', 'req-1')).toBe(first.body);
  expect(JSON.parse(second.body)).toMatchObject({ errors: [{ path: ['notes'], extensions: { code: 'INTERNAL' } }] });
  await app.close();
});
