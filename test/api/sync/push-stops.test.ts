/** Pushes of stops: how far somebody came with the walklist in their hands, and only while it is there. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';
import { dataOf, makeAsk } from '../graphql/ask.ts';
import { makePushingDevice, type PushingDevice } from './pushing-device.ts';

let world: World;
let bob: PushingDevice;
let walklistId: string;
let stop: JsonObject & { readonly id: string };
beforeAll(async () => {
  world = await makeWorld();
  bob = makePushingDevice(world, 'bob');
});
afterAll(() => world.close());

beforeEach(async () => {
  const stops = [{ householdId: world.ids.household, contactHouseholdIds: [world.ids.contactHousehold] }];
  const row = await world.create('alice', 'walklist', { userId: world.people.bob.userId, stops });
  walklistId = row.id;
  const [item] = await world.database.query<{ id: string }>({
    text: 'SELECT id FROM walklist_stops WHERE walklist_id = $1',
    values: [walklistId],
  });
  stop = {
    ...{ id: item!.id, syncSeq: '1', isDeleted: false, walklistId, position: 0, householdId: world.ids.household },
    ...{ contactHouseholdIds: `["${world.ids.contactHousehold}"]`, progress: 'to-do', remark: null },
  };
});

const changed = (change: JsonObject, assumed: JsonObject = stop) => ({
  assumedMasterState: assumed,
  newDocumentState: { ...assumed, ...change },
});

async function stopNow(): Promise<JsonObject> {
  const query = `query ($id: ID!) { walklist(id: $id) { data { stops { householdId progress remark } } } }`;
  const { walklist } = await dataOf<{ walklist: { data: { stops: readonly JsonObject[] } } }>(
    makeAsk(world)('alice', query, { id: walklistId }),
  );
  return walklist.data.stops[0]!;
}

async function codes(): Promise<readonly string[]> {
  const query = `query ($id: String!) { syncRejections(filter: { documentId: { eq: $id } }) { nodes { data { code } } } }`;
  const { syncRejections } = await dataOf<{ syncRejections: { nodes: readonly { data: { code: string } }[] } }>(
    makeAsk(world)('alice', query, { id: stop.id }),
  );
  return syncRejections.nodes.map(({ data }) => data.code);
}

const update = (...operations: readonly { op: 'replace'; path: string; value: string | null }[]) =>
  world.change('alice', 'walklist', { kind: 'patch', id: walklistId, etags: '*', operations: () => operations });

test('a stop that is done is done, pushed once or twice', async () => {
  expect(await bob.push('walklistItem', changed({ progress: 'done' }))).toEqual([]);
  expect(await bob.push('walklistItem', changed({ progress: 'done' }))).toEqual([]);
  expect(await stopNow()).toMatchObject({ progress: 'done', remark: null });
});

test('two devices of one person change two fields, and of the same field the second gets what is there', async () => {
  expect(await bob.push('walklistItem', changed({ progress: 'done' }))).toEqual([]);
  expect(await bob.push('walklistItem', changed({ remark: 'Dog in the yard' }))).toEqual([]);
  expect(await stopNow()).toMatchObject({ progress: 'done', remark: 'Dog in the yard' });
  const answer = await bob.push('walklistItem', changed({ remark: 'No dog' }));
  expect(answer).toMatchObject([{ id: stop.id, isDeleted: false, remark: 'Dog in the yard', walklistId, position: 0 }]);
  expect(await codes()).toEqual([]);
});

test('what a device may not write it does not write', async () => {
  expect(await bob.push('walklistItem', changed({ position: 7, contactHouseholdIds: '[]' }))).toEqual([]);
  expect(await stopNow()).toMatchObject({ householdId: world.ids.household });
});

test('a walklist that somebody else has is a tombstone, and the push a rejection', async () => {
  await update({ op: 'replace', path: '/userId', value: world.people.frank.userId });
  const answer = await bob.push('walklistItem', changed({ progress: 'done' }));
  expect(answer).toMatchObject([{ id: stop.id, isDeleted: true, householdId: null }]);
  expect(await codes()).toEqual(['NOT_FOUND']);
  expect(await stopNow()).toMatchObject({ progress: 'to_do' });
});

test('a lease that has ended is a rejection with its reason', async () => {
  await update({ op: 'replace', path: '/expires', value: '2020-01-01T00:00:00.000Z' });
  const answer = await bob.push('walklistItem', changed({ progress: 'done' }));
  expect(answer).toMatchObject([{ id: stop.id, isDeleted: false, progress: 'to-do' }]);
  expect(await codes()).toEqual(['LEASE_ENDED']);
});

test('a stop that has left its walklist is a tombstone', async () => {
  const operations = () => [{ op: 'replace', path: '/stops', value: [] }] as const;
  await world.change('alice', 'walklist', { kind: 'patch', id: walklistId, etags: '*', operations });
  expect(await bob.push('walklistItem', changed({ progress: 'done' }))).toMatchObject([{ isDeleted: true }]);
  expect(await codes()).toEqual(['NOT_FOUND']);
});

test('a device neither adds stops nor takes them away', async () => {
  expect(await bob.push('walklistItem', changed({ isDeleted: true }))).toMatchObject([{ isDeleted: false }]);
  const made = { ...stop, id: '00000000-0000-7000-8000-000000000001', householdId: world.ids.campaign };
  expect(await bob.push('walklistItem', { newDocumentState: made })).toMatchObject([{ id: made.id, isDeleted: true }]);
  expect(await stopNow()).toMatchObject({ progress: 'to_do' });
});

test.each([{ progress: 'nearly' }, { remark: 7 }, { remark: 'x'.repeat(2_000) }])(
  '%o is a rejection, and the stop beside it is written',
  async (fault) => {
    const answer = await bob.push('walklistItem', changed(fault), changed({ progress: 'skipped' }));
    expect(answer).toMatchObject([{ id: stop.id, isDeleted: false }]);
    expect(await codes()).toEqual(['INVALID_INPUT']);
    expect(await stopNow()).toMatchObject({ progress: 'skipped', remark: null });
  },
);

test('a document without its walklist is a rejection', async () => {
  const { walklistId: _, ...lost } = stop;
  expect(await bob.push('walklistItem', changed({ progress: 'done' }, lost))).toMatchObject([{ isDeleted: true }]);
  expect(await codes()).toEqual(['INVALID_INPUT']);
});
