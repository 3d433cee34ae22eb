/** Whoever may not sign in any more is cut off within seconds, whatever their token says, and by whichever process. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../../src/app.ts';
import { makeTestApp, makeWorld, type PersonName, type World } from '../../world.ts';
import { patch, remove, replace } from '../write/verdicts.ts';

let world: World;
let other: App;
beforeAll(async () => {
  world = await makeWorld();
  other = await makeTestApp(world.url, {});
});
afterAll(async () => {
  await other.close();
  await world.close();
});

const statusOf = async (app: World['app'], person: PersonName): Promise<number> =>
  (await app.inject({ url: '/v2/notes?limit=1', headers: world.as(person) })).statusCode;

async function rowOf(resource: string, find: (row: Record<string, string>) => boolean) {
  const rows = await world.rows<Record<string, string>>(resource);
  const { id, etag } = rows.find(find)!;
  return { id: id!, etag: etag! };
}

const ways: Readonly<Record<string, readonly [PersonName, () => Promise<unknown>]>> = {
  'a disabled membership': [
    'erin',
    async () => {
      const row = await rowOf('membership', (each) => each['user_id'] === world.people.erin.userId);
      return world.change('alice', 'membership', patch(row, replace('/status', 'disabled')));
    },
  ],
  'a deleted membership': [
    'frank',
    async () => {
      const row = await rowOf('membership', (each) => each['user_id'] === world.people.frank.userId);
      return world.change('alice', 'membership', remove(row));
    },
  ],
  'an inactive user': [
    'chelsea',
    async () => {
      const row = await rowOf('user', (each) => each['id'] === world.people.chelsea.userId);
      return world.change('alice', 'user', patch(row, replace('/status', 'inactive')));
    },
  ],
};

test.each(Object.entries(ways))('%s: at once here, and within seconds in another process', async (_, [person, end]) => {
  expect([await statusOf(world.app, person), await statusOf(other.http.app, person)]).toEqual([200, 200]);
  await end();
  expect(await statusOf(world.app, person)).toBe(401);
  await expect.poll(() => statusOf(other.http.app, person), { timeout: 15_000, interval: 250 }).toBe(401);
});

test('a role that loses a permission loses it for all who have it, at once', async () => {
  const { id, etag } = await rowOf('role', ({ id: role }) => role === world.ids.role);
  expect(await statusOf(world.app, 'bob')).toBe(200);
  await world.change(null, 'role', patch({ id, etag }, replace('/permissions', ['read@notes'])));
  const headers = world.as('bob');
  const { statusCode } = await world.app.inject({ url: '/v2/contacts?limit=1', headers });
  const rows = (await world.app.inject({ url: '/v2/contacts', headers })).json<{ data: unknown[] }>().data;
  expect([statusCode, rows]).toEqual([200, []]);
});
