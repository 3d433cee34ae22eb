/** Names through which a careless copy reaches what all objects share: sent to every place that takes a name. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const shared = [Object.prototype, Array.prototype, Function.prototype, String.prototype] as const;
const before = shared.map((prototype) => Object.getOwnPropertyNames(prototype).join());
afterEach(() => {
  expect(shared.map((prototype) => Object.getOwnPropertyNames(prototype).join())).toEqual(before);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

const send = async (method: 'POST' | 'PATCH' | 'GET', url: string, payload?: string) => {
  const headers = {
    ...world.as('alice'),
    'if-match': '*',
    ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
  };
  return world.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
};

const evil = '{"polluted":true}';

test('bodies', async () => {
  const contact = `/v2/contacts/${world.ids.contact}`;
  for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__']) {
    const value = name === 'constructor' ? `{"prototype":${evil}}` : evil;
    for (const [method, url, body] of [
      ['POST', '/v2/notes', `{"${name}":${value},"data":{}}`],
      ['POST', '/v2/notes', `{"data":{"text":"x","contactId":"${world.ids.contact}","${name}":${value}}}`],
      ['POST', '/v2/contacts', `{"data":{"profile":{"${name}":${value}},"fields":{}}}`],
      ['POST', '/v2/contacts', `{"data":{"profile":{},"fields":{"${name}":${value}}}}`],
      ['POST', '/v2/households', `{"data":{"addressId":"${world.ids.address}"},"params":{"${name}":${value}}}`],
      ['PATCH', contact, `{"data":[{"op":"add","path":"/fields/a","value":{"${name}":${value}}}]}`],
      [
        'PATCH',
        contact,
        `{"data":[{"op":"add","path":"/notes","value":"x","${name}":${value}}],"params":{"action":"${name}"}}`,
      ],
    ] as const) {
      const { statusCode, body: text } = await send(method, url, body);
      expect([statusCode < 500, text.includes('"polluted"')], `${body} ${text}`).toEqual([true, false]);
    }
  }
});

test('pointers of a patch', async () => {
  const url = `/v2/contacts/${world.ids.contact}`;
  for (const path of [
    '/__proto__/polluted',
    '/constructor/prototype/polluted',
    '/fields/__proto__/polluted',
    '/profile/constructor/prototype/polluted',
    '/toString',
    '/fields/__proto__',
  ]) {
    for (const operation of [
      { op: 'add', path, value: true },
      { op: 'copy', from: '/notes', path },
      { op: 'move', from: path, path: '/notes' },
      { op: 'test', path, value: {} },
    ]) {
      const { statusCode } = await send('PATCH', url, JSON.stringify({ data: [operation] }));
      expect([400, 409], `${JSON.stringify(operation)} ${statusCode}`).toContain(statusCode);
    }
  }
  const odd = { op: '__proto__', path: '/notes', value: 1 };
  expect((await send('PATCH', url, JSON.stringify({ data: [odd] }))).statusCode).toBe(400);
});

test('query strings, addresses and the names of a GraphQL operation', async () => {
  for (const url of [
    '/v2/contacts?__proto__[polluted]=1&constructor[prototype][polluted]=1',
    '/v2/contacts?filter[/__proto__/polluted]=1',
    '/v2/contacts?filter[/data/profile/__proto__/polluted]=1',
    '/v2/contacts?sort=/constructor/prototype',
    '/v2/contacts?filter=/__proto__%20eq%201',
    '/v2/contacts/__proto__',
    '/v2/__proto__',
    '/problems/__proto__',
    '/problems/constructor',
  ]) {
    expect((await send('GET', url)).statusCode, url).toBeLessThan(500);
  }
  const { contact } = world.ids;
  for (const query of [
    `query ($__proto__: ID = "${contact}") { contact(id: $__proto__) { id } }`,
    `query ($constructor: ID! = "${contact}") { contact(id: $constructor) { id } }`,
    `{ __proto__: contact(id: "${contact}") { constructor: id toString: id } }`,
    'fragment __proto__ on Query { __typename } { ...__proto__ }',
    'query __proto__ { __typename }',
    `{ contacts(where: "/__proto__/polluted eq true") { totalCount } }`,
    `{ contacts(sort: [{ by: { pointer: "/constructor/prototype" } }]) { totalCount } }`,
    `mutation { createContact(input: { profile: { __proto__: { polluted: true } }, fields: {} }) { id } }`,
    `mutation { patchContact(id: "${contact}", etag: "*", patch: [{ op: "add", path: "/fields/x", value: { __proto__: { polluted: true } } }]) { id } }`,
  ]) {
    const { statusCode, body } = await send('POST', '/graphql', JSON.stringify({ query }));
    expect(
      [statusCode < 500, body.includes('"INTERNAL"'), body.includes('"polluted":true')],
      `${query} ${body}`,
    ).toEqual([true, false, false]);
  }
});
