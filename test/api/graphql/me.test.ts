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
