/** The fast way must answer what graphql-js would: the same values, and the same keys in the same order. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import type { Root } from '../../../src/read/roots-sql.ts';
import { makeWorld, type World } from '../../world.ts';
import { type Answer, makeAsk, makeTwin } from './ask.ts';

let world: World;
let [fast, slow]: FastifyInstance[] = [];
/** What was read by the fast server: the roots of each statement. */
let statements: (readonly Root[])[] = [];

beforeAll(async () => {
  world = await makeWorld();
  const { reader } = world;
  const counting = {
    ...reader,
    readRoots: (...given: Parameters<typeof reader.readRoots>) => {
      statements.push(given[1]);
      return reader.readRoots(...given);
    },
  };
  fast = await makeTwin(world, { passThrough: true, reader: counting });
  slow = await makeTwin(world, { passThrough: false });
  for (const [index, text] of ['one', 'two "quoted"', 'drei\n\\ \u2028 ü 🚪'].entries()) {
    await world.create('alice', 'note', { text });
    const location = index === 0 ? null : { lat: 40 + index, lng: -83 };
    const timestamp = `2026-05-0${index + 1}T08:00:00Z`;
    await world.create('alice', 'interaction', { timestamp, location, successful: index === 1 ? null : true });
  }
  await world.create('alice', 'turf', { assignedUserIds: [world.people.bob.userId, world.ids.user] });
  await world.create('alice', 'campaign', { lists: [{ listId: world.ids.list, type: 'do-not-knock' }] });
});
afterAll(async () => {
  await Promise.all([fast?.close(), slow?.close()]);
  await world.close();
});

const operations: readonly (readonly [string, string, ((ids: World['ids']) => JsonObject)?])[] = [
  ['one row', 'query ($id: ID!) { contact(id: $id) { id data { profile notes } } }', ({ contact: id }) => ({ id })],
  ['a row that is not there', '{ contact(id: "00000000-0000-4000-8000-000000000000") { id } }'],
  ['a list', '{ notes(sort: [{ text: ASC }]) { nodes { id data { text } } totalCount } }'],
  ['two lists', '{ notes { totalCount } contacts { totalCount nodes { id } } }'],
  ['aliases', '{ a: notes { b: totalCount c: nodes { d: id e: data { f: text g: text } } } h: notes { totalCount } }'],
  ['keys in the order of the operation', '{ notes { nodes { meta { etag created } data { text } id } totalCount } }'],
  [
    'one field asked for twice, merged at its first place',
    '{ notes { nodes { id data { text } meta { created } data { contactId } id } } notes { totalCount nodes { customerId } } }',
  ],
  [
    'fragments, named and inline, inside each other',
    `{ notes { ...page } } fragment page on NoteConnection { nodes { ...row ... on Note { meta { etag } } ... { id } } }
     fragment row on Note { id data { ...text } } fragment text on NoteData { text }`,
  ],
  ['one fragment in two places', '{ a: notes { ...p } b: notes { ...p } } fragment p on NoteConnection { totalCount }'],
  [
    'a fragment that comes before the field it repeats',
    '{ notes { ...p totalCount } } fragment p on NoteConnection { pageInfo { hasNextPage } totalCount }',
  ],
  [
    '__typename everywhere',
    '{ __typename notes { __typename edges { __typename node { __typename } } pageInfo { __typename } } }',
  ],
  ['__typename alone', '{ __typename x: __typename }'],
  ['skip and include, constant', '{ notes { totalCount @skip(if: true) nodes @include(if: true) { id } } }'],
  [
    'skip and include, by variables',
    `query ($no: Boolean = false, $yes: Boolean!) { notes { nodes { id @skip(if: $no) data @include(if: $no) { text }
     ... @include(if: $yes) { customerId } ...m @skip(if: $yes) } } } fragment m on Note { meta { etag } }`,
    () => ({ yes: true }),
  ],
  ['a root that is skipped', '{ notes @skip(if: true) { totalCount } contacts { totalCount } }'],
  [
    'variables with defaults',
    'query ($n: Int = 2) { notes(limit: $n, sort: [{ text: DESC }]) { nodes { data { text } } } }',
  ],
  [
    'a variable inside an input object',
    'query ($id: ID) { notes(filter: { contactId: { eq: $id } }) { totalCount } }',
    ({ contact: id }) => ({ id }),
  ],
  [
    'a variable that was left out of an input object',
    'query ($id: ID) { notes(filter: { contactId: { eq: $id } }) { totalCount } }',
  ],
  [
    'a single value for a list',
    '{ notes(sort: { text: ASC }, filter: { text: { in: "one" } }) { nodes { data { text } } } }',
  ],
  ['relations to one', '{ interactions { nodes { contact { data { externalId } } campaign { id } turf { id } } } }'],
  [
    'relations to many',
    '{ contacts { nodes { notes(limit: 2) { nodes { id } pageInfo { hasNextPage endCursor } } } } }',
  ],
  ['relations through links', '{ households { nodes { contacts { nodes { id } totalCount } } } }'],
  [
    'relations under aliases',
    '{ contacts { nodes { a: notes(limit: 1) { totalCount } b: notes { nodes { id } } c: id } } }',
  ],
  [
    'groups that are set and not set',
    '{ interactions(sort: [{ timestamp: ASC }]) { nodes { data { location { lng x: lat __typename } survey { surveyId } } } } }',
  ],
  ['arrays of rows', '{ campaigns(sort: [{ id: ASC }]) { nodes { data { lists { type listId __typename } } } } }'],
  ['arrays of bare keys', '{ turfs(sort: [{ id: ASC }]) { nodes { data { assignedUserIds boundary } } } }'],
  [
    'choices with hyphens',
    '{ contactHouseholdCampaigns { nodes { data { state type availability { available } } } } }',
  ],
  [
    'the label of the resource, and times',
    '{ contactHouseholds { nodes { meta { resource r: resource created modified createdBy isDeleted } } } }',
  ],
  [
    'edges and cursors',
    '{ notes(limit: 2, sort: [{ text: ASC }]) { edges { c: cursor node { id } } pageInfo { startCursor endCursor hasPreviousPage } } }',
  ],
  ['a page of which only its beginning is asked', '{ notes { pageInfo { p: hasPreviousPage __typename } } }'],
  ['an empty page of which only its beginning is asked', '{ notes(limit: 0) { pageInfo { hasPreviousPage } } }'],
  ['a page of one row of which only its beginning is asked', '{ notes(limit: 1) { pageInfo { hasPreviousPage } } }'],
  ['pageInfo without anything but its type', '{ notes { pageInfo { __typename } totalCount } }'],
  ['texts that JSON escapes', '{ notes(sort: [{ created: ASC }]) { nodes { data { text } } } }'],
  [
    'names that JavaScript knows',
    '{ constructor: notes { __proto__: totalCount toString: nodes { hasOwnProperty: id } } }',
  ],
  [
    'groups, their keys, what these refer to, and what is measured',
    `{ interactionStats(groupBy: [successful, campaignId, timestampMonth], having: "n gt 0", sort: [{ pointer: "/n", order: DESC }]) {
      groupCount x: groups { key { timestampMonth successful campaign { data { name } } pointers } n: count share(where: "/data/successful eq true")
        average(of: distance) latest(of: timestamp) __typename } __typename } }`,
  ],
  [
    'groups by choices with hyphens',
    '{ contactHouseholdCampaignStats(groupBy: [state, type]) { groups { key { state type } count } } }',
  ],
  [
    'ready questions, of one line and of many',
    `query ($id: ID!) { contactRate(campaignId: $id) { visits rate } canvasserPace(campaignId: $id) { user { id } visits hours }
      walklistProgress(campaignId: $id) { walklist { data { name } } stops } surveyResults(campaignId: $id) { answer } }`,
    ({ campaign: id }) => ({ id }),
  ],
  ['introspection beside rows', '{ __schema { queryType { name } } notes { totalCount } }'],
  ['introspection', '{ __type(name: "Note") { fields { name } } }'],
];

const mistakes: typeof operations = [
  ['a filter that cannot be read', '{ notes(where: "/data/text eq") { totalCount } }'],
  [
    'a filter that cannot be read, in a list inside a list',
    '{ contacts { nodes { notes(where: "nonsense") { totalCount } } } }',
  ],
  ['a sort with two keys', '{ notes(sort: [{ text: ASC, id: ASC }]) { totalCount } }'],
  ['a key that groups were not made by', '{ interactionStats { groups { key { successful } } } notes { totalCount } }'],
  ['a question without its campaign', '{ contactRate { visits } }'],
  ['a page that is too large', '{ ok: contacts { totalCount } notes(limit: 1001) { totalCount } }'],
  ['a cursor of nobody', '{ notes(after: "bm9uc2Vuc2U") { nodes { id } } }'],
  [
    'an id that is none, beside a row that is there',
    'query ($id: ID!) { bad: contact(id: "7") { id } good: contact(id: $id) { id } }',
    ({ contact: id }) => ({ id }),
  ],
  ['a variable of the wrong type', 'query ($n: Int) { notes(limit: $n) { totalCount } }', () => ({ n: 'many' })],
  ['a required variable that is missing', 'query ($id: ID!) { note(id: $id) { id } }'],
  [
    'null for a variable with a default',
    'query ($yes: Boolean = true) { notes { totalCount @include(if: $yes) } }',
    () => ({ yes: null }),
  ],
  ['several operations, none of them named', 'query A { notes { totalCount } } query B { __typename }'],
  ['a field that is not there', '{ notes { count } }'],
  ['no selection', '{ notes }'],
  ['no JSON', '{ notes { '],
];

function ways(query: string, variables: JsonObject | undefined): Promise<readonly Answer[]> {
  statements = [];
  return Promise.all([fast, slow].map((app) => makeAsk({ app: app!, as: world.as })('alice', query, variables)));
}

for (const [name, query, variables] of operations) {
  test(name, async () => {
    const [one, other] = await ways(query, variables?.(world.ids));
    expect([one!.errors, other!.errors]).toEqual([undefined, undefined]);
    expect(JSON.stringify(one!.data)).toBe(JSON.stringify(other!.data));
    expect(one!.status).toBe(other!.status);
  });
}

for (const [name, query, variables] of mistakes) {
  test(`${name} is refused alike`, async () => {
    const [one, other] = await ways(query, variables?.(world.ids));
    expect(withoutRequestId(one!)).toEqual(withoutRequestId(other!));
    expect(one!.errors?.length).toBeGreaterThan(0);
  });
}

test('a directive beside an id is heeded each time, whatever was asked before', async () => {
  const query = `query ($id: ID!, $no: Boolean!) { contact(id: $id) @skip(if: $no) { id } }`;
  for (const no of [false, true, false]) {
    const [one, other] = await ways(query, { id: world.ids.contact, no });
    expect([one!.data, other!.data]).toEqual(Array(2).fill(no ? {} : { contact: { id: world.ids.contact } }));
  }
});

test('an operation is one statement, whatever its roots and depth', async () => {
  const query = `{ a: notes { nodes { contact { notes { nodes { contact { id } } } } } totalCount }
    b: contacts { nodes { households { nodes { address { id } } } } } c: __typename }`;
  const [one] = await ways(query, undefined);
  expect(one!.errors).toBeUndefined();
  expect(statements.map((roots) => roots.map(({ key }) => key))).toEqual([['a', 'b', 'c']]);
});

test('the text of the fast way is passed on as PostgreSQL wrote it', async () => {
  const [one] = await ways('{ notes(limit: 0) { nodes { id } } }', undefined);
  expect(one!.text).toBe('{"data":{"notes":{"nodes":[]}},"extensions":{"cost":0}}');
});

function withoutRequestId({ status, data, errors }: Answer): object {
  const told = errors?.map(({ extensions: { requestId: _, ...extensions }, ...error }) => ({ ...error, extensions }));
  return { status, data, errors: told };
}
