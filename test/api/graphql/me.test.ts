/** Who is asking. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorld, type World } from '../../world.ts';
import { dataOf, makeAsk } from './ask.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

test('me is who the token was made for, and says no more than was asked', async () => {
  const ask = makeAsk(world);
  for (const person of ['alice', 'dora'] as const) {
    expect(await dataOf(ask(person, '{ self: me { userId } }'))).toEqual({
      self: { userId: world.people[person].userId },
    });
  }
});

test('it tells the person and their memberships as rows, under whatever names they are asked for', async () => {
  const { userId, organizationId } = world.people.erin;
  const query = `{ me { userId who: user { id data { email } } user { key: id }
    memberships { data { status organization: organizationId } role { data { name } } } } }`;
  expect(await dataOf(makeAsk(world)('erin', query))).toEqual({
    me: {
      userId,
      who: { id: userId, data: { email: 'erin@doorstep.example' } },
      user: { key: userId },
      memberships: [
        { data: { status: 'active', organization: organizationId }, role: { data: { name: 'canvasser' } } },
      ],
    },
  });
});

test('permissions are those of the organization that was signed in for, spelt out', async () => {
  const ask = makeAsk(world);
  const permissionsOf = async (person: 'alice' | 'erin') =>
    (await dataOf<{ me: { permissions: readonly string[] } }>(ask(person, '{ me { permissions } }'))).me.permissions;
  const [alice, erin] = [await permissionsOf('alice'), await permissionsOf('erin')];
  expect(alice).toEqual(expect.arrayContaining(['destroy@contacts', 'insert@memberships', 'read@audit']));
  expect(erin).toEqual(expect.arrayContaining(['read@contacts', 'insert@interactions']));
  expect(erin).not.toContain('insert@contacts');
  expect([...alice, ...erin].filter((permission) => permission.includes('*'))).toEqual([]);
});
