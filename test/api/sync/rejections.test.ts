/** What becomes of what could not be taken: a person at the office sees both versions, and decides. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';
import { dataOf, makeAsk } from '../graphql/ask.ts';
import { briefly, makeCall } from '../rest/call.ts';
import { makePushingDevice, makeVisit } from './pushing-device.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

interface Inbox {
  readonly id: string;
  readonly data: JsonObject;
  readonly interaction: { readonly data: JsonObject } | null;
  readonly meta: { readonly etag: string };
}

async function inboxOf(documentId: string): Promise<Inbox> {
  const query = `query ($id: String!) { syncRejections(filter: { documentId: { eq: $id } }) { nodes {
    id data { status resolvedById payload } interaction { data { successful } } meta { etag } } } }`;
  const data = await dataOf<{ syncRejections: { nodes: readonly Inbox[] } }>(
    makeAsk(world)('alice', query, { id: documentId }),
  );
  expect(data.syncRejections.nodes).toHaveLength(1);
  return data.syncRejections.nodes[0]!;
}

const resolve = (
  person: 'alice' | 'frank' | 'chelsea',
  { id, meta: { etag } }: Inbox,
  decision: string,
  merged: Json = null,
) =>
  makeAsk(world)(
    person,
    `mutation ($id: ID!, $etag: String!, $decision: SyncDecision!, $merged: JSON) {
      resolveSyncRejection(id: $id, etag: $etag, decision: $decision, merged: $merged) }`,
    { id, etag, decision, merged },
  );

async function visit(id: string): Promise<JsonObject | null> {
  const query = 'query ($id: ID!) { interaction(id: $id) { data { successful unavailable } } }';
  const { interaction } = await dataOf<{ interaction: { data: JsonObject } | null }>(
    makeAsk(world)('alice', query, { id }),
  );
  return interaction?.data ?? null;
}

/** A visit that frank made, and made again with other content. */
async function makeRefused(): Promise<string> {
  const frank = makePushingDevice(world, 'frank');
  const first = makeVisit(world);
  await frank.push('interaction', { newDocumentState: first });
  await frank.push('interaction', { newDocumentState: { ...first, successful: false } });
  return first.id;
}

test('both versions are seen at once', async () => {
  const inbox = await inboxOf(await makeRefused());
  expect(JSON.parse(String(inbox.data['payload']))).toMatchObject({ successful: false });
  expect(inbox.interaction).toEqual({ data: { successful: true } });
});

test('keeping what is here changes nothing but the inbox', async () => {
  const id = await makeRefused();
  await dataOf(resolve('alice', await inboxOf(id), 'KEEP'));
  expect(await visit(id)).toMatchObject({ successful: true });
  expect(await inboxOf(id)).toMatchObject({ data: { status: 'kept', resolvedById: world.people.alice.userId } });
});

test('forcing writes what was sent over what there is', async () => {
  const id = await makeRefused();
  await dataOf(resolve('alice', await inboxOf(id), 'FORCE'));
  expect(await visit(id)).toMatchObject({ successful: false });
  expect(await inboxOf(id)).toMatchObject({ data: { status: 'forced' } });
});

test('a visit that could not be made is made once its fault is mended', async () => {
  const bad = makeVisit(world, { timestamp: null });
  await makePushingDevice(world, 'frank').push('interaction', { newDocumentState: bad });
  const refused = await resolve('alice', await inboxOf(bad.id), 'FORCE');
  expect(refused.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  expect(await inboxOf(bad.id)).toMatchObject({ data: { status: 'open' } });
  await dataOf(resolve('alice', await inboxOf(bad.id), 'MERGE', { timestamp: '2026-05-09T17:41:08.250Z' }));
  expect(await visit(bad.id)).toMatchObject({ successful: true });
  expect(await inboxOf(bad.id)).toMatchObject({ data: { status: 'merged' } });
});

test('only whoever may decide does, once, and knowing what is there', async () => {
  const id = await makeRefused();
  const inbox = await inboxOf(id);
  const codeOf = async (answer: ReturnType<typeof resolve>) => (await answer).errors?.[0]?.extensions.code;
  expect(await codeOf(resolve('frank', inbox, 'KEEP'))).toBe('FORBIDDEN');
  expect(await codeOf(resolve('chelsea', inbox, 'KEEP'))).toBe('NOT_FOUND');
  expect(await codeOf(resolve('alice', { ...inbox, meta: { etag: '' } }, 'KEEP'))).toBe('ETAG_REQUIRED');
  expect(await codeOf(resolve('alice', { ...inbox, meta: { etag: '9-A' } }, 'KEEP'))).toBe('ETAG_STALE');
  expect(await codeOf(resolve('alice', inbox, 'FORCE', { successful: true }))).toBe('INVALID_INPUT');
  expect(await codeOf(resolve('alice', inbox, 'MERGE'))).toBe('INVALID_INPUT');
  await dataOf(resolve('alice', inbox, 'KEEP'));
  expect(await codeOf(resolve('alice', inbox, 'FORCE'))).toBe('ETAG_STALE');
  expect(await codeOf(resolve('alice', await inboxOf(id), 'FORCE'))).toBe('INVALID_INPUT');
});

test('REST settles a rejection like a change: under its etag, and answers with it', async () => {
  const call = makeCall(world);
  const inbox = await inboxOf(await makeRefused());
  const address = `POST /v1/sync-rejections/${inbox.id}/resolve` as const;
  const body = { data: { decision: 'force' } };
  expect(briefly(await call('alice', address, { body }))).toBe('428 ETAG_REQUIRED');
  const answer = await call('alice', address, { body, headers: { etag: inbox.meta.etag } });
  expect(briefly(answer)).toBe('200');
  expect(answer.row.data).toMatchObject({ status: 'forced', collection: 'interaction' });
  expect(answer.headers['etag']).toBe(`"${answer.row.meta.etag}"`);
  expect(briefly(await call('alice', address, { body: { data: { decision: 'maybe' } }, headers: { etag: 'x' } }))).toBe(
    '400 INVALID_INPUT',
  );
});
