import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, referencesOf, type World } from '../../world.ts';
import { type Answer, type Ask, dataOf, makeAsk } from './ask.ts';

let world: World;
let ask: Ask;

beforeAll(async () => {
  world = await makeWorld();
  ask = makeAsk(world);
});
afterAll(() => world.close());

interface Interaction {
  readonly id: string;
  readonly securityGroupId: string;
  readonly data: JsonObject;
  readonly meta: { readonly etag: string; readonly isDeleted: boolean };
}

const whole = `fragment whole on Interaction { id securityGroupId
  data { timestamp successful unavailable unavailableReason contactHouseholdId distance survey { surveyId responses } }
  meta { etag isDeleted } }`;
const create = `mutation ($input: InteractionInput!, $id: ID) {
  done: createInteraction(input: $input, id: $id) { ...whole } } ${whole}`;
const patch = `mutation ($id: ID!, $etag: String!, $patch: [JsonPatchOperation!]!) {
  done: patchInteraction(id: $id, etag: $etag, patch: $patch) { ...whole } } ${whole}`;
const remove = `mutation ($id: ID!, $etag: String!) { done: deleteInteraction(id: $id, etag: $etag) { ...whole } } ${whole}`;
const restore = `mutation ($id: ID!, $etag: String!) { done: restoreInteraction(id: $id, etag: $etag) { ...whole } } ${whole}`;

async function done(answer: Promise<Answer>): Promise<Interaction> {
  return (await dataOf<{ done: Interaction }>(answer)).done;
}

const inputOf = (data: JsonObject = {}): JsonObject => ({
  ...referencesOf(world.model, 'interaction', world.ids),
  ...data,
});

test('an interaction is created, with an id of the client, and again with the same answer', async () => {
  const [id, input] = [makeId(), inputOf({ timestamp: '2026-05-09T13:41:08.25-04:00' })];
  const first = await done(ask('alice', create, { input, id }));
  expect(first).toMatchObject({
    id,
    securityGroupId: world.ids.group,
    data: { timestamp: '2026-05-09T17:41:08.250Z', contactHouseholdId: world.ids.contactHousehold },
  });
  expect(await done(ask('alice', create, { input, id }))).toEqual(first);
  const { data, errors } = await ask('alice', create, { input: { ...input, successful: false }, id });
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ path: ['done'], extensions: { code: 'ID_TAKEN', status: 409 } }]);
});

test('what is written in the operation itself is created as what comes in variables', async () => {
  const { campaign, contact, household, survey } = world.ids;
  const { data } = await done(
    ask(
      'alice',
      `mutation { done: createInteraction(input: { campaignId: "${campaign}", contactId: "${contact}",
        householdId: "${household}", timestamp: "2026-05-01T00:00:00Z", unavailable: true, unavailableReason: "Not Home",
        survey: { surveyId: "${survey}", responses: {} } }) { ...whole } } ${whole}`,
    ),
  );
  expect(data).toMatchObject({ unavailable: true, unavailableReason: 'Not Home', survey: { responses: {} } });
});

test('faults in the data are named by their pointers', async () => {
  const responses = { [makeId()]: { questionId: makeId(), fields: {} } };
  const input = inputOf({ distance: -1, survey: { surveyId: world.ids.survey, responses } });
  const { errors } = await ask('alice', create, { input });
  expect(errors).toMatchObject([{ path: ['done'], extensions: { code: 'INVALID_INPUT', status: 400 } }]);
  expect(errors![0]!.extensions.errors!.map(({ pointer }) => pointer)).toContain('/distance');
});

test('characters that cannot be stored are refused also where they stand in the operation', async () => {
  const query = `mutation { createContact(input: { profile: { name: "half \\u0000" } }) { id } }`;
  const { errors } = await ask('alice', query);
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  expect(errors![0]!.extensions.errors).toMatchObject([{ pointer: '/input/profile/name' }]);
});

test('a patch changes a row under its etag, and a stale one is told the current etag', async () => {
  const { id, etag } = await world.create('alice', 'interaction');
  const change = [{ op: 'replace', path: '/successful', value: false }];
  const changed = await done(ask('alice', patch, { id, etag, patch: change }));
  expect(changed.data['successful']).toBe(false);
  expect(changed.meta.etag).not.toBe(etag);
  const { data, errors } = await ask('alice', patch, { id, etag, patch: change });
  expect(data).toBeNull();
  expect(errors).toMatchObject([
    { path: ['done'], extensions: { code: 'ETAG_STALE', status: 412, etag: changed.meta.etag } },
  ]);
});

test('of two clients that patch with the same etag exactly one wins', async () => {
  const { id, etag } = await world.create('alice', 'interaction');
  const attempts = await Promise.all(
    [1, 2, 3, 4].map((distance) =>
      ask('alice', patch, { id, etag, patch: [{ op: 'add', path: '/unavailableReason', value: `try ${distance}` }] }),
    ),
  );
  const codes = attempts.map(({ errors }) => errors?.[0]?.extensions.code ?? 'won').sort();
  expect(codes).toEqual(['ETAG_STALE', 'ETAG_STALE', 'ETAG_STALE', 'won']);
});

test('null is a value of a patch, and no value is none', async () => {
  const { id, etag } = await world.create('alice', 'interaction', { unavailableReason: 'Moved' });
  const literal = (operation: string, tag: string) =>
    ask(
      'alice',
      `mutation { done: patchInteraction(id: "${id}", etag: "${tag}", patch: [${operation}]) { ...whole } } ${whole}`,
    );
  const refused = await literal('{ op: replace, path: "/unavailableReason" }', etag);
  expect(refused.errors).toMatchObject([{ extensions: { code: 'INVALID_PATCH', errors: [{ pointer: '/0/value' }] } }]);
  const cleared = await done(literal('{ op: replace, path: "/unavailableReason", value: null }', etag));
  expect(cleared.data['unavailableReason']).toBeNull();
  const tested = await literal('{ op: test, path: "/successful", value: null }', cleared.meta.etag);
  expect(tested.errors).toMatchObject([{ extensions: { code: 'PATCH_TEST_FAILED', status: 409 } }]);
});

test('a patch knows the six operations', async () => {
  const { id, etag } = await world.create('alice', 'contact', { externalId: 'six' });
  const query = `mutation ($id: ID!, $etag: String!) { patchContact(id: $id, etag: $etag, patch: [
    { op: test, path: "/externalId", value: "six" }, { op: add, path: "/fields/a", value: [1, true, "x"] },
    { op: copy, from: "/fields/a", path: "/fields/b" }, { op: move, from: "/fields/a", path: "/fields/c" },
    { op: remove, path: "/notes" }, { op: replace, path: "/data/externalId", value: "seven" }
  ]) { data { externalId notes fields } } }`;
  expect(await dataOf(ask('alice', query, { id, etag }))).toMatchObject({
    patchContact: { data: { externalId: 'seven', notes: null, fields: { b: [1, true, 'x'], c: [1, true, 'x'] } } },
  });
});

test('a row is deleted and restored under its etag', async () => {
  const { id, etag } = await world.create('alice', 'interaction');
  const deleted = await done(ask('alice', remove, { id, etag }));
  expect(deleted.meta.isDeleted).toBe(true);
  const query = 'query ($id: ID!) { interaction(id: $id) { id } }';
  expect(await dataOf(ask('alice', query, { id }))).toEqual({ interaction: null });
  const again = await ask('alice', remove, { id, etag: deleted.meta.etag });
  expect(again.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', status: 404 } }]);
  const restored = await done(ask('alice', restore, { id, etag: deleted.meta.etag }));
  expect(restored.meta.isDeleted).toBe(false);
});

test('an etag may be quoted or weak, and one that is none matches nothing', async () => {
  const { id, etag } = await world.create('alice', 'interaction');
  const attempt = (tag: string) => ask('alice', patch, { id, etag: tag, patch: [{ op: 'remove', path: '/distance' }] });
  expect((await attempt('"broken')).errors).toMatchObject([{ extensions: { code: 'ETAG_STALE' } }]);
  expect((await attempt('')).errors).toMatchObject([{ extensions: { code: 'ETAG_REQUIRED', status: 428 } }]);
  expect((await attempt(`W/"${etag}"`)).errors).toBeUndefined();
});

test('a row outside the scope is absent, and a permission that is missing is forbidden', async () => {
  const { id, etag } = await world.create('alice', 'interaction');
  for (const person of ['chelsea', 'dora'] as const) {
    const { errors } = await ask(person, remove, { id, etag });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  }
  const query = 'mutation ($input: RoleInput!) { createRole(input: $input) { id } }';
  const { errors } = await ask('frank', query, { input: { name: 'King' } });
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', status: 403 } }]);
});

test('a household comes with its address, or with the id of one', async () => {
  const query = `mutation ($input: HouseholdInput!) { createHousehold(input: $input, params: { externalId: "door-1" }) {
    data { addressId unitNum externalId } address { data { streetName } } } }`;
  const address = { streetName: 'Ferry Street', number: '3', city: 'Millbrook Falls', country: 'USA' };
  expect(await dataOf(ask('alice', query, { input: { unitNum: '1', address } }))).toMatchObject({
    createHousehold: { data: { externalId: 'door-1' }, address: { data: { streetName: 'Ferry Street' } } },
  });
  const input = { unitNum: '2', addressId: world.ids.address, address: null };
  expect(await dataOf(ask('alice', query, { input }))).toMatchObject({
    createHousehold: { data: { addressId: world.ids.address } },
  });
});

test('a choice is written by its GraphQL name and stored in the form of the wire', async () => {
  const query = `mutation ($input: CampaignInput!) { createCampaign(input: $input) { id data { status lists { type } } } }`;
  const lists = [{ listId: world.ids.list, type: 'do_not_knock' }];
  const input = { name: 'Words', organizationId: world.ids.organization, status: 'started', lists };
  const { createCampaign } = await dataOf<{ createCampaign: { id: string } }>(ask('alice', query, { input }));
  expect(createCampaign).toMatchObject({ data: { status: 'started', lists: [{ type: 'do_not_knock' }] } });
  const found = await world.app.inject({ url: `/v1/campaigns/${createCampaign.id}`, headers: world.as('alice') });
  expect(found.json()).toMatchObject({ data: { lists: [{ type: 'do-not-knock' }] } });
});

test('a mutation answers with relations, under aliases', async () => {
  const query = `mutation ($input: InteractionInput!) { a: createInteraction(input: $input) {
    b: contact { c: id interactions(limit: 1) { totalCount } } __typename } }`;
  expect(await dataOf(ask('alice', query, { input: inputOf() }))).toMatchObject({
    a: {
      b: { c: world.ids.contact, interactions: { totalCount: expect.any(Number) as number } },
      __typename: 'Interaction',
    },
  });
});

test('several mutations of one operation run in their order', async () => {
  const { id, etag } = await world.create('alice', 'interaction');
  const query = `mutation { one: deleteInteraction(id: "${id}", etag: "${etag}") { meta { isDeleted } }
    two: restoreInteraction(id: "${id}", etag: "*") { meta { isDeleted } } }`;
  expect(await dataOf(ask('alice', query))).toEqual({
    one: { meta: { isDeleted: true } },
    two: { meta: { isDeleted: false } },
  });
});
