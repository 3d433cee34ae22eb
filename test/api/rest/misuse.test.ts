/**
 * Whatever is sent to a link's own address or to a bulk route is answered, and never by a failure of the server. What the
 * routes of one row make of such bodies is in create.test.ts and patch.test.ts.
 */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRoutes } from '../../../src/rest/route-table.ts';
import { makeWorld, type World } from '../../world.ts';
import { type Call, makeCall } from './call.ts';

let world: World;
let call: Call;

beforeAll(async () => {
  world = await makeWorld({ env: { RATE_LIMIT: '1000000' } });
  call = makeCall(world);
});
afterAll(() => world.close());

const odd = [null, 7, 'x\u0001', [], { a: { b: [] } }, '00000000-0000-0000-0000-000000000000'];

/** Bodies that are nearly right, each with one odd thing at one place. */
function oddBodies(names: readonly string[]): readonly unknown[] {
  const data = (name: string, value: unknown) => ({ [name]: value });
  return odd.flatMap((value) => [
    value,
    { data: value },
    { data: [value] },
    { data: [{ data: value }] },
    { data: [{ id: value, etag: '*', data: [{ op: 'replace', path: '/notes', value: 'x' }] }] },
    { data: [{ id: makeId(), etag: value, data: [] }] },
    { data: [{ data: {}, params: value }] },
    ...['id', 'customerId', 'securityGroupId', 'params'].map((name) => ({ ...data(name, value), data: {} })),
    ...['id', 'customerId', 'securityGroupId'].map((name) => ({ data: [{ ...data(name, value), data: {} }] })),
    ...names.flatMap((name) => [
      { data: data(name, value) },
      data(name, value),
      { data: [{ data: data(name, value) }] },
      { data: [{ data: {}, params: data(name, value) }] },
      { data: [{ op: 'add', path: `/${name}`, value }] },
    ]),
    { data: { __proto__: value, constructor: value, toString: value } },
  ]);
}

const methodsWithBody = ['POST', 'PUT', 'PATCH'];

test('odd bodies break no route of links and of many rows', { timeout: 120_000 }, async () => {
  const failures: unknown[] = [];
  // A patch that empties the role would leave alice without the rights that the other requests need.
  const ids: Readonly<Record<string, string>> = { ...world.ids, role: makeId() };
  for (const { verb, method, url, resource, parameters } of makeRoutes(world.model)) {
    if (!methodsWithBody.includes(method) || verb === 'create' || url.endsWith('/:id')) continue;
    const path = parameters.reduce(
      (address, { name, of }) => address.replace(`:${name}`, ids[of.name] ?? makeId()),
      url,
    );
    const names = [...Object.keys(resource.declaration.fields), 'contactId', 'householdId'];
    for (const body of oddBodies([...new Set(names)])) {
      const { status, text } = await call('alice', `${method as 'POST'} ${path}`, {
        body,
        headers: method === 'PATCH' ? { 'if-match': '*' } : {},
      });
      if (status >= 500) failures.push([method, path, body, text]);
    }
  }
  expect(failures).toEqual([]);
});

test('an address with an id that names nothing is refused, whatever the id is', async () => {
  const failures: unknown[] = [];
  const ids = ['x', '%00', "'", '%F0%9F%92%A9', makeId(), '0'.repeat(200)];
  for (const { method, url, parameters } of makeRoutes(world.model)) {
    if (parameters.length === 0) continue;
    for (const id of ids) {
      const path = parameters.reduce((address, { name }) => address.replace(`:${name}`, id), url);
      const headers = { 'if-match': '*' };
      const { status, text } = await call('alice', `${method as 'PUT'} ${path}`, { headers, body: { data: [] } });
      if (status >= 500 || status < 400) failures.push([method, path, status, text]);
    }
  }
  expect(failures).toEqual([]);
});
