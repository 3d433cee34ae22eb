/** Pushes: one verdict for each row, whatever it holds, and nothing counted twice. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';
import { dataOf, makeAsk } from '../graphql/ask.ts';
import { makePushingDevice, makeVisit, type PushingDevice } from './pushing-device.ts';

let world: World;
let frank: PushingDevice;
beforeAll(async () => {
  world = await makeWorld();
  frank = makePushingDevice(world, 'frank');
});
afterAll(() => world.close());

const made = (newDocumentState: JsonObject) => ({ newDocumentState });
const changed = (assumedMasterState: JsonObject, change: JsonObject) => ({
  assumedMasterState,
  newDocumentState: { ...assumedMasterState, ...change },
});

interface Kept {
  readonly id: string;
  readonly data: JsonObject;
}

/** The visit as alice sees it. */
async function visit(id: string): Promise<JsonObject | null> {
  const query = `query ($id: ID!) { interaction(id: $id) { id data { successful unavailable unavailableReason
    survey { surveyId responses } location { lat lng } } meta { createdBy } } }`;
  const { interaction } = await dataOf<{ interaction: Kept | null }>(makeAsk(world)('alice', query, { id }));
  return interaction?.data ?? null;
}

interface Inbox {
  readonly id: string;
  readonly data: {
    readonly code: string;
    readonly reason: string;
    readonly payload: string;
    readonly status: string;
  };
  readonly interaction: { readonly id: string } | null;
  readonly meta: { readonly etag: string };
}

async function rejections(documentId: string): Promise<readonly Inbox[]> {
  const query = `query ($id: String!) { syncRejections(filter: { documentId: { eq: $id } }) { nodes {
    id data { code reason payload status } interaction { id } meta { etag } } } }`;
  const data = await dataOf<{ syncRejections: { nodes: readonly Inbox[] } }>(
    makeAsk(world)('alice', query, { id: documentId }),
  );
  return data.syncRejections.nodes;
}

test('a new visit is written once, however often it is pushed', async () => {
  const first = makeVisit(world);
  expect(await frank.push('interaction', made(first))).toEqual([]);
  expect(await frank.push('interaction', made(first), made(first))).toEqual([]);
  expect(await visit(first.id)).toMatchObject({ successful: true, location: { lat: 40.1012 } });
  const { nodes } = (
    await dataOf<{ interactions: { nodes: readonly Kept[] } }>(
      makeAsk(world)('alice', '{ interactions { nodes { id data { successful } } } }'),
    )
  ).interactions;
  expect(nodes.filter(({ id }) => id === first.id)).toHaveLength(1);
});

test('a replay stays silent after the office has corrected the visit, or deleted it', async () => {
  const first = makeVisit(world);
  await frank.push('interaction', made(first));
  const operations = () => [{ op: 'replace', path: '/successful', value: false }] as const;
  await world.change('alice', 'interaction', { kind: 'patch', id: first.id, etags: '*', operations });
  expect(await frank.push('interaction', made(first))).toEqual([]);
  expect(await visit(first.id)).toMatchObject({ successful: false });
  await world.change('alice', 'interaction', { kind: 'remove', id: first.id, etags: '*' });
  expect(await frank.push('interaction', made(first))).toEqual([]);
  expect(await rejections(first.id)).toEqual([]);
});

test('the same id with other content is rejected, kept, and answered with what is stored', async () => {
  const first = makeVisit(world);
  await frank.push('interaction', made(first));
  const [answer, ...more] = await frank.push('interaction', made({ ...first, unavailable: true, successful: false }));
  expect(more).toEqual([]);
  expect(answer).toMatchObject({ id: first.id, isDeleted: false, unavailable: false, successful: true });
  const [kept] = await rejections(first.id);
  expect(kept).toMatchObject({ data: { code: 'ID_TAKEN', status: 'open' }, interaction: { id: first.id } });
  expect(JSON.parse(kept!.data.payload)).toMatchObject({ id: first.id, unavailable: true });
});

test('a device that edits one field and then another, without pulling, is in no conflict with itself', async () => {
  const first = makeVisit(world);
  await frank.push('interaction', made(first));
  const second = { ...first, successful: false };
  expect(await frank.push('interaction', changed(first, { successful: false }))).toEqual([]);
  expect(await frank.push('interaction', changed(second, { unavailableReason: 'Shouted through the door' }))).toEqual(
    [],
  );
  expect(await visit(first.id)).toMatchObject({ successful: false, unavailableReason: 'Shouted through the door' });
});

test('two devices that change different fields both get their way; of the same field the second gets what is there', async () => {
  const first = makeVisit(world);
  await frank.push('interaction', made(first));
  const bob = makePushingDevice(world, 'bob');
  expect(await frank.push('interaction', changed(first, { successful: false }))).toEqual([]);
  expect(await bob.push('interaction', changed(first, { lat: 40.2 }))).toEqual([]);
  expect(await visit(first.id)).toMatchObject({ successful: false, location: { lat: 40.2, lng: -82.9981 } });
  const answer = await bob.push('interaction', changed(first, { lat: 40.3, lng: -83 }));
  expect(answer).toMatchObject([{ id: first.id, isDeleted: false, lat: 40.2, lng: -82.9981 }]);
  expect(await rejections(first.id)).toEqual([]);
});

test('a change that came before is no conflict', async () => {
  const first = makeVisit(world);
  await frank.push('interaction', made(first));
  const edit = changed(first, { successful: false, responses: '{ }' });
  expect(await frank.push('interaction', edit)).toEqual([]);
  expect(await frank.push('interaction', edit)).toEqual([]);
});

test('a visit that somebody has deleted is a tombstone, and what was to become of it is kept', async () => {
  const first = makeVisit(world);
  await frank.push('interaction', made(first));
  await world.change('alice', 'interaction', { kind: 'remove', id: first.id, etags: '*' });
  const answer = await frank.push('interaction', changed(first, { successful: false }));
  expect(answer).toMatchObject([{ id: first.id, isDeleted: true, campaignId: null, unavailableReason: null }]);
  expect(await rejections(first.id)).toMatchObject([{ data: { code: 'NOT_FOUND' } }]);
});

test('a device takes its own visit back, and does so twice', async () => {
  const first = makeVisit(world);
  await frank.push('interaction', made(first));
  const gone = changed(first, { isDeleted: true });
  expect(await frank.push('interaction', gone)).toEqual([]);
  expect(await visit(first.id)).toBeNull();
  expect(await frank.push('interaction', gone)).toEqual([]);
  expect(await rejections(first.id)).toEqual([]);
});

test('a device that does not know a visit does not delete it', async () => {
  const first = makeVisit(world);
  await frank.push('interaction', made(first));
  const answer = await frank.push('interaction', made({ ...first, isDeleted: true }));
  expect(answer).toMatchObject([{ id: first.id, isDeleted: false }]);
  expect(await visit(first.id)).not.toBeNull();
  expect(await frank.push('interaction', made(makeVisit(world, { isDeleted: true })))).toEqual([]);
});

test('a visit that changed meanwhile is not deleted unseen', async () => {
  const first = makeVisit(world);
  await frank.push('interaction', made(first));
  await makePushingDevice(world, 'bob').push('interaction', changed(first, { successful: false }));
  expect(await frank.push('interaction', changed(first, { isDeleted: true }))).toMatchObject([
    { id: first.id, isDeleted: false, successful: false },
  ]);
});

test.each([
  ['a survey that is not there', { surveyId: '00000000-0000-7000-8000-000000000000' }, 'INVALID_INPUT'],
  ['answers that are no JSON', { responses: '{' }, 'INVALID_INPUT'],
  ['answers with a character that cannot be stored', { responses: '{"a\\u0000":1}' }, 'INVALID_INPUT'],
  ['values of other kinds', { unavailable: 'perhaps', lat: [], timestamp: 5, responses: 5 }, 'INVALID_INPUT'],
  ['a contact of another household', { contactId: '00000000-0000-7000-8000-000000000000' }, 'INVALID_INPUT'],
  ['no moment', { timestamp: null }, 'INVALID_INPUT'],
])('%s is a rejection, and the rows beside it are written', async (_, fault, code) => {
  const [before, bad, after] = [makeVisit(world), makeVisit(world, fault), makeVisit(world)];
  const answer = await frank.push('interaction', made(before), made(bad), made(after));
  expect(answer).toMatchObject([{ id: bad.id, isDeleted: true, campaignId: null }]);
  expect(await visit(before.id)).not.toBeNull();
  expect(await visit(after.id)).not.toBeNull();
  expect(await visit(bad.id)).toBeNull();
  const [kept, ...more] = await rejections(bad.id);
  expect(more).toEqual([]);
  expect(kept).toMatchObject({ data: { code } });
  expect(JSON.parse(kept!.data.payload)).toEqual(bad);
});

test('an id that is none is a rejection too', async () => {
  const bad = makeVisit(world, { id: "'; DROP TABLE interactions" });
  expect(await frank.push('interaction', made(bad))).toMatchObject([{ id: bad.id, isDeleted: true }]);
  expect(await rejections(bad.id)).toHaveLength(1);
});

test('the same refusal sent again is in the inbox once', async () => {
  const bad = makeVisit(world, { timestamp: null });
  const first = await frank.push('interaction', made(bad));
  expect(await frank.push('interaction', made(bad))).toEqual(first);
  expect(await rejections(bad.id)).toHaveLength(1);
});

test('an invalid change of a visit is answered with the visit as it is', async () => {
  const first = makeVisit(world);
  await frank.push('interaction', made(first));
  const answer = await frank.push('interaction', changed(first, { surveyId: makeId() }));
  expect(answer).toMatchObject([{ id: first.id, isDeleted: false, surveyId: world.ids.survey }]);
  expect(await rejections(first.id)).toMatchObject([
    { data: { code: 'INVALID_INPUT' }, interaction: { id: first.id } },
  ]);
});

test('nobody pushes into the rows of another group or customer, and is told of none', async () => {
  const first = makeVisit(world);
  await frank.push('interaction', made(first));
  for (const person of ['chelsea', 'dora'] as const) {
    const answer = await makePushingDevice(world, person).push('interaction', changed(first, { successful: false }));
    expect(answer).toMatchObject([{ id: first.id, isDeleted: true, campaignId: null }]);
  }
  expect(await visit(first.id)).toMatchObject({ successful: true });
});

test('a whole afternoon in one call is as many visits', async () => {
  const visits = Array.from({ length: 120 }, () => makeVisit(world));
  expect(await frank.push('interaction', ...visits.map(made))).toEqual([]);
  const receipts = await dataOf<{ syncReceipts: readonly JsonObject[] }>(
    frank.ask('query ($ids: [ID!]!) { syncReceipts(ids: $ids) { id verdict received code } }', {
      ids: [...visits.map(({ id }) => id), makeId()],
    }),
  );
  expect(receipts.syncReceipts.map(({ verdict }) => verdict)).toEqual([...visits.map(() => 'ACCEPTED'), 'UNKNOWN']);
});

test('more rows than a call takes are refused before any is written', async () => {
  const one = makeVisit(world);
  await expect(frank.push('interaction', ...Array.from({ length: 1_001 }, () => made(one)))).rejects.toThrow(/at most/);
  expect(await visit(one.id)).toBeNull();
});
