/** Bodies that are small to send and large to complain about: every one is refused, and the refusal stays small. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkJson, hasMoreValues } from '../../src/json-limits.ts';
import { makeWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const many = (count: number, of: string): string => Array.from({ length: count }, () => of).join(',');
const unknown = (count: number): string => Array.from({ length: count }, (_, index) => `"k${index}":0`).join(',');
const person = '"name":{"anglican":{"given":"a","surname":"b"}}';

test.each([
  [
    'an array of wrong items',
    '/v2/contacts',
    `{"data":{"profile":{${person},"emails":[${many(400_000, '0')}]},"fields":{}}}`,
  ],
  [
    'wrong values of custom attributes',
    '/v2/contacts',
    `{"data":{"profile":{${person}},"fields":{${many(1, unknown(60_000).replaceAll(':0', ':{}'))}}}}`,
  ],
  ['attributes that there are not', '/v2/contacts', `{"data":{${unknown(60_000)}}}`],
  ['attributes beside the data', '/v2/contacts', `{"data":{},${unknown(60_000)}}`],
  ['a bulk item with attributes beside its data', '/v2/contacts/bulk', `{"data":[{"data":{},${unknown(100_000)}}]}`],
  ['bulk items that are all wrong', '/v2/contacts/bulk', `{"data":[${many(1_000, `{"data":{${unknown(250)}}}`)}]}`],
  ['more items than there may be', '/v2/contacts/bulk', `{"data":[${many(2_000_000, '0')}]}`],
  ['what an action does not take', '/v1/integrations/credentials', `{"data":{${unknown(60_000)}}}`],
])('%s, thousands of them', { timeout: 60_000 }, async (_, url, payload) => {
  const headers = { ...world.as('alice'), 'content-type': 'application/json' };
  const response = await world.app.inject({ method: 'POST', url, headers, payload });
  expect(response.statusCode).toBe(400);
  expect(response.body.length).toBeLessThan(200_000);
});

test('a stranger is told no more of a body than its first fault, however many there are', async () => {
  const payload = `{"data":{${unknown(60_000)}}}`;
  const headers = { 'content-type': 'application/json' };
  const url = '/v1/memberships/password-reset';
  const response = await world.app.inject({ method: 'POST', url, headers, payload });
  expect([response.statusCode, response.body.length < 1_000]).toEqual([400, true]);
});

test('every item of a batch that failed is named, and no more is said of each than fits', async () => {
  const payload = `{"data":[${many(1_000, `{"data":{${unknown(50)}}}`)}]}`;
  const headers = { ...world.as('alice'), 'content-type': 'application/json' };
  const response = await world.app.inject({ method: 'POST', url: '/v2/contacts/bulk', headers, payload });
  const { errors } = response.json<{ errors: readonly { pointer: string }[] }>();
  expect(new Set(errors.map(({ pointer }) => pointer.split('/')[2])).size).toBe(1_000);
  expect(errors).toHaveLength(1_000);
});

test('what is still to be looked at of a body is never listed', () => {
  const value = Array.from({ length: 1_000_000 }, () => 0);
  let most = 0;
  const before = process.memoryUsage().heapUsed;
  const watched = new Proxy(value, {
    get(target, name) {
      if (name === '999999') most = process.memoryUsage().heapUsed - before;
      return Reflect.get(target, name) as unknown;
    },
  });
  expect(checkJson(watched)).toEqual([]);
  // Listed, they would take sixty.
  expect(most).toBeLessThan(40_000_000);
});

test('values are counted no further than asked', () => {
  expect(hasMoreValues([1, [2, { a: 3 }]], 6)).toBe(false);
  expect(hasMoreValues([1, [2, { a: 3 }]], 5)).toBe(true);
  expect(hasMoreValues(7, 1)).toBe(false);
  expect(hasMoreValues(7, 0)).toBe(true);
});
