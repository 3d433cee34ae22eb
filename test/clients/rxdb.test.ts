/**
 * The kit for RxDB against the real package and a real server: memory storage, HTTP. What is written on a phone arrives,
 * what belongs to its walk comes, and neither side is in conflict with itself.
 */
import type { AddressInfo } from 'node:net';
import { createRxDatabase, type RxDatabase } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { v7 as makeId } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { collections } from '../../clients/rxdb/src/collections.ts';
import { type Doorstep, hashIds, startDoorstep } from '../../clients/rxdb/src/index.ts';
import type { JsonObject } from '../../src/json.ts';
import { makeCollections } from '../../src/sync/collections/index.ts';
import { makePushedCollections } from '../../src/sync/push/pushed-collections.ts';
import { hashIds as hashOnServer } from '../../src/sync/shift-proof.ts';
import { makeWorld, type PersonName, type World } from '../world.ts';

let world: World;
let url: string;
const phones: { readonly phone: Doorstep; readonly database: RxDatabase }[] = [];
beforeAll(async () => {
  world = await makeWorld();
  await world.app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}/graphql`;
});
afterEach(async () => {
  for (const { phone, database } of phones.splice(0)) {
    await phone.stop();
    await database.close();
  }
});
afterAll(() => world.close());

interface Signal {
  isThere: boolean;
  /** How many answers still get lost on their way back. */
  lost: number;
}

async function makePhone(
  person: PersonName,
  { streams = false } = {},
): Promise<{ phone: Doorstep; signal: Signal; resets: string[] }> {
  const signal: Signal = { isThere: true, lost: 0 };
  const resets: string[] = [];
  const database = await createRxDatabase({ name: `walk-${makeId()}`, storage: getRxStorageMemory() });
  const phone = await startDoorstep(database, {
    url,
    ...(streams ? { websocketUrl: url.replace('http', 'ws') } : {}),
    token: () => world.people[person].token,
    onReset: (name) => resets.push(name),
    fetch: async (input, init) => {
      if (!signal.isThere) throw new TypeError('no signal');
      const response = await fetch(input, init);
      if (signal.lost > 0) {
        signal.lost -= 1;
        throw new TypeError('the answer was lost');
      }
      return response;
    },
  });
  phones.push({ phone, database });
  for (const replication of Object.values(phone.replications)) replication.retryTime = 20;
  return { phone, signal, resets };
}

async function assign(person: PersonName, more: JsonObject = {}): Promise<string> {
  const stops = [{ householdId: world.ids.household, contactHouseholdIds: [world.ids.contactHousehold] }];
  const userId = world.people[person].userId;
  return (await world.create('alice', 'walklist', { userId, stops, ...more })).id;
}

const visit = (walklistId: string, more: JsonObject = {}) => ({
  ...{ id: makeId(), campaignId: world.ids.campaign, contactId: world.ids.contact, householdId: world.ids.household },
  ...{ walklistId, surveyId: world.ids.survey, responses: '{}', timestamp: '2026-05-09T17:41:08.250Z' },
  ...{ unavailable: false, successful: true, lat: 40.1012, lng: -82.9981 },
  ...more,
});

const patch = (id: string, path: string, value: string | boolean) =>
  world.change('alice', 'interaction', {
    ...{ kind: 'patch', id, etags: '*' },
    operations: () => [{ op: 'replace', path, value }],
  });

test('the kit has the members of the server, and writes what the server takes', () => {
  const types = { text: 'string', integer: 'integer', decimal: 'number', boolean: 'boolean' } as const;
  const ofServer = makeCollections(world.model).map(({ name, fields }) => {
    return [name, Object.fromEntries(fields.map((field) => [field.name, types[field.type]]))] as const;
  });
  const ofKit = Object.entries(collections).map(([name, { members }]) => [name, members] as const);
  expect(Object.fromEntries(ofKit)).toEqual(Object.fromEntries(ofServer));
  const pushed = [...makePushedCollections(world.model).keys()];
  expect(Object.entries(collections).flatMap(([name, { written }]) => (written.length > 0 ? name : []))).toEqual(
    expect.arrayContaining(pushed),
  );
});

test('the kit and the server hash alike', async () => {
  const ids = [makeId().toUpperCase(), makeId(), makeId()];
  expect(await hashIds(ids)).toBe(hashOnServer(ids));
});

test('what changes comes by itself to a phone that keeps a connection open', async () => {
  await assign('bob');
  const { phone } = await makePhone('bob', { streams: true });
  await phone.inSync();
  const notes = `Ring twice. ${makeId()}`;
  await expect
    .poll(
      async () => {
        await world.change('alice', 'contact', {
          ...{ kind: 'patch', id: world.ids.contact, etags: '*' },
          operations: () => [{ op: 'add', path: '/notes', value: notes }],
        });
        return (await phone.collections.contact.findOne(world.ids.contact).exec())?.toJSON()['notes'];
      },
      { timeout: 15_000 },
    )
    .toBe(notes);
});

test('a walk comes, visits go, and the shift is proved', async () => {
  const walklistId = await assign('bob');
  const { phone } = await makePhone('bob');
  await phone.inSync();
  expect(await phone.collections.walklist.findOne(walklistId).exec()).toMatchObject({ status: 'open' });
  expect(await phone.collections.contact.findOne(world.ids.contact).exec()).not.toBeNull();
  const made = visit(walklistId);
  await phone.collections.interaction.insert(made);
  await phone.inSync();
  expect((await world.rows<{ id: string }>('interaction')).map(({ id }) => id)).toContain(made.id);
  // What the server measured comes back, and is nobody's conflict.
  phone.resync();
  await phone.inSync();
  expect((await phone.collections.interaction.findOne(made.id).exec())?.toJSON()).toMatchObject({
    successful: true,
    contactHouseholdId: world.ids.contactHousehold,
  });
  expect(await phone.proveShift(walklistId)).toMatchObject({ isComplete: true, count: 1, missing: [] });
});

test('an afternoon without a signal, and answers that get lost, end with each visit once', async () => {
  const walklistId = await assign('bob');
  const { phone, signal } = await makePhone('bob');
  await phone.inSync();
  signal.isThere = false;
  const visits = Array.from({ length: 30 }, () => visit(walklistId));
  await phone.collections.interaction.bulkInsert(visits);
  const [first] = visits;
  const document = await phone.collections.interaction.findOne(first!.id).exec();
  await document!.incrementalPatch({ unavailableReason: 'Came to the door after all' });
  signal.lost = 3;
  signal.isThere = true;
  await phone.inSync();
  const rows = await world.rows<{ id: string; unavailable_reason: string | null }>('interaction');
  const ids = new Set(visits.map(({ id }) => id));
  expect(rows.filter(({ id }) => ids.has(id))).toHaveLength(30);
  expect(rows.find(({ id }) => id === first!.id)?.unavailable_reason).toBe('Came to the door after all');
  expect(await phone.proveShift(walklistId)).toMatchObject({ isComplete: true, count: 30 });
});

test('where both changed the same the server stays, and different fields are merged', async () => {
  const walklistId = await assign('bob');
  const { phone, signal } = await makePhone('bob');
  const made = visit(walklistId);
  await phone.collections.interaction.insert(made);
  await phone.inSync();
  signal.isThere = false;
  const document = (await phone.collections.interaction.findOne(made.id).exec())!;
  await document.incrementalPatch({ unavailableReason: 'Mine' });
  await patch(made.id, '/successful', false);
  signal.isThere = true;
  phone.resync();
  await phone.inSync();
  phone.resync();
  await phone.inSync();
  const merged = (await phone.collections.interaction.findOne(made.id).exec())!;
  expect(merged.toJSON()).toMatchObject({ unavailableReason: 'Mine', successful: false });
  signal.isThere = false;
  await merged.incrementalPatch({ unavailableReason: 'Mine again' });
  await patch(made.id, '/unavailableReason', "The office's");
  signal.isThere = true;
  phone.resync();
  await phone.inSync();
  expect((await phone.collections.interaction.findOne(made.id).exec())?.toJSON()).toMatchObject({
    unavailableReason: "The office's",
  });
});

test('a visit that cannot be taken leaves the phone, says why, and holds up nothing', async () => {
  const walklistId = await assign('bob');
  const { phone } = await makePhone('bob');
  const [bad, good] = [
    visit(walklistId, { surveyId: makeId() }),
    visit(walklistId, { unavailableReason: 'a\0b\ud800' }),
  ];
  await phone.collections.interaction.bulkInsert([bad, good]);
  await phone.inSync();
  phone.resync();
  await phone.inSync();
  expect(await phone.collections.interaction.findOne(bad.id).exec()).toBeNull();
  const [rejection] = await phone.collections.syncRejection.find({ selector: { documentId: bad.id } }).exec();
  expect(rejection?.toJSON()).toMatchObject({ kind: 'interaction', code: 'INVALID_INPUT', status: 'open' });
  const rows = await world.rows<{ id: string; unavailable_reason: string | null }>('interaction');
  expect(rows.find(({ id }) => id === good.id)?.unavailable_reason).toBe('ab\ufffd');
  expect(await phone.proveShift(walklistId)).toMatchObject({ isComplete: true, count: 1 });
});

test('a walk that is given to somebody else leaves the phone, and its unsent visits arrive', async () => {
  const walklistId = await assign('bob');
  const { phone, signal } = await makePhone('bob');
  await phone.inSync();
  signal.isThere = false;
  const made = visit(walklistId);
  await phone.collections.interaction.insert(made);
  const operations = () => [{ op: 'replace', path: '/userId', value: world.people.frank.userId }] as const;
  await world.change('alice', 'walklist', { kind: 'patch', id: walklistId, etags: '*', operations });
  signal.isThere = true;
  phone.resync();
  await phone.inSync();
  phone.resync();
  await phone.inSync();
  expect(await phone.collections.walklist.findOne(walklistId).exec()).toBeNull();
  expect(await phone.collections.walklistItem.find({ selector: { walklistId } }).exec()).toEqual([]);
  expect((await world.rows<{ id: string }>('interaction')).map(({ id }) => id)).toContain(made.id);
});

test('how far a walk has come is pushed stop by stop', async () => {
  const walklistId = await assign('bob');
  const { phone } = await makePhone('bob');
  await phone.inSync();
  const [stop] = await phone.collections.walklistItem.find({ selector: { walklistId } }).exec();
  await stop!.incrementalPatch({ progress: 'skipped', remark: 'Bridge is out' });
  await phone.inSync();
  const stops = await world.database.query<{ progress: string; remark: string }>({
    text: 'SELECT progress, remark FROM walklist_stops WHERE walklist_id = $1',
    values: [walklistId],
  });
  expect(stops).toEqual([{ progress: 'skipped', remark: 'Bridge is out' }]);
});
