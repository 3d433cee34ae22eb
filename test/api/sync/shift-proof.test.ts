/** The end of a shift: a device is told whether everything that it made has arrived. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { hashIds } from '../../../src/sync/shift-proof.ts';
import { makeWorld, type World } from '../../world.ts';
import { dataOf } from '../graphql/ask.ts';
import { type PushingDevice, makePushingDevice, makeVisit } from './pushing-device.ts';

let world: World;
let frank: PushingDevice;
beforeAll(async () => {
  world = await makeWorld();
  frank = makePushingDevice(world, 'frank');
});
afterAll(() => world.close());

async function prove(
  device: PushingDevice,
  walklistId: string,
  ids: readonly string[],
  isNamed = false,
): Promise<JsonObject> {
  const claim = { walklistId, count: ids.length, hash: hashIds(ids), ...(isNamed ? { ids } : {}) };
  const query = `query ($claims: [ShiftClaim!]!) { shiftProofs(claims: $claims) {
    walklistId isComplete count missing rejected } }`;
  const data = await dataOf<{ shiftProofs: readonly JsonObject[] }>(device.ask(query, { claims: [claim] }));
  return data.shiftProofs[0]!;
}

test('the hash is that of the ids, each with a newline, in order and in lower case', () => {
  expect(hashIds(['b', 'A'])).toBe(hashIds(['a', 'B']));
  // printf 'a\nb\n' | sha256sum
  expect(hashIds(['b', 'A'])).toBe('911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2');
});

test('a shift is complete when the server has all of it, and names what is missing when it has not', async () => {
  const { id: walklistId } = await world.create('alice', 'walklist', { userId: world.people.frank.userId });
  const visits = Array.from({ length: 5 }, () => makeVisit(world, { walklistId }));
  const ids = visits.map(({ id }) => id);
  expect(await prove(frank, walklistId, [])).toMatchObject({ isComplete: true, count: 0, missing: [] });
  await frank.push('interaction', ...visits.slice(0, 3).map((newDocumentState) => ({ newDocumentState })));
  expect(await prove(frank, walklistId, ids)).toMatchObject({ isComplete: false, count: 3, missing: null });
  expect(await prove(frank, walklistId, ids, true)).toMatchObject({ isComplete: false, missing: ids.slice(3) });
  await frank.push('interaction', ...visits.map((newDocumentState) => ({ newDocumentState })));
  expect(await prove(frank, walklistId, ids)).toMatchObject({ isComplete: true, count: 5, missing: [] });
});

test('a visit that was refused has arrived, and one that the office deleted is not missing', async () => {
  const { id: walklistId } = await world.create('alice', 'walklist', { userId: world.people.frank.userId });
  const [good, gone] = [makeVisit(world, { walklistId }), makeVisit(world, { walklistId })];
  const bad = makeVisit(world, { walklistId, timestamp: null });
  const ids = [good.id, gone.id, bad.id];
  await frank.push('interaction', ...[good, gone, bad].map((newDocumentState) => ({ newDocumentState })));
  await world.change('alice', 'interaction', { kind: 'remove', id: gone.id, etags: '*' });
  expect(await prove(frank, walklistId, ids)).toMatchObject({ isComplete: false, count: 1 });
  expect(await prove(frank, walklistId, ids, true)).toMatchObject({
    isComplete: true,
    missing: [],
    rejected: [bad.id],
  });
});

test("nobody's visits count for somebody else", async () => {
  const { id: walklistId } = await world.create('alice', 'walklist', { userId: world.people.frank.userId });
  const visit = makeVisit(world, { walklistId });
  await frank.push('interaction', { newDocumentState: visit });
  const bob = makePushingDevice(world, 'bob');
  expect(await prove(bob, walklistId, [visit.id], true)).toMatchObject({ isComplete: false, missing: [visit.id] });
});

test('a claim about no walklist is refused with its place', async () => {
  const query = 'query ($claims: [ShiftClaim!]!) { shiftProofs(claims: $claims) { isComplete } }';
  const answer = await frank.ask(query, { claims: [{ walklistId: 'here', count: 0, hash: '' }] });
  expect(answer.errors?.[0]?.extensions).toMatchObject({
    code: 'INVALID_INPUT',
    errors: [{ pointer: '/claims/0/walklistId' }],
  });
});
