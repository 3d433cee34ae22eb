/** The operations that canvassing apps run, in the order of a day. They are documentation, so they have to work. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeGraphqlSchema, printGraphqlSchema } from '../../../src/graphql/schema/schema.ts';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, referencesOf, type World } from '../../world.ts';
import { type Ask, dataOf, makeAsk } from './ask.ts';

const folder = join(import.meta.dirname, '../../../graphql/operations');
const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
const textOf = (name: string): string => readFileSync(join(folder, `${name}.graphql`), 'utf8');

let world: World;
let ask: Ask;

beforeAll(async () => {
  world = await makeWorld();
  ask = makeAsk(world);
  await world.create('alice', 'contactHouseholdList');
  await world.create('alice', 'walklist', {
    name: 'Quarry Lane',
    userId: world.people.frank.userId,
    stops: [{ householdId: world.ids.household, contactHouseholdIds: [world.ids.contactHousehold] }],
  });
  await world.create('alice', 'segment');
});
afterAll(() => world.close());

const run = <T>(name: string, variables: JsonObject): Promise<T> => dataOf<T>(ask('frank', textOf(name), variables));
const inputOf = (data: JsonObject = {}) => ({ ...referencesOf(world.model, 'interaction', world.ids), ...data });

test('each of them fits the schema, and the schema fits its printed form', () => {
  const schema = buildSchema(printGraphqlSchema(makeGraphqlSchema(world.model)));
  expect(files.length).toBeGreaterThan(0);
  for (const name of files)
    expect([name, validate(schema, parse(readFileSync(join(folder, name), 'utf8')))]).toEqual([name, []]);
});

test('a canvasser finds the walklist, with its stops', async () => {
  const { userId } = world.people.frank;
  expect(await run('my-walklist', { userId })).toMatchObject({
    walklists: {
      nodes: [{ data: { name: 'Quarry Lane', status: 'open', stops: [{ householdId: world.ids.household }] } }],
    },
  });
});

test('a visit is recorded, corrected and deleted', async () => {
  type Row = { id: string; meta: { etag: string } };
  const id = makeId();
  const { createInteraction } = await run<{ createInteraction: Row }>('record-interaction', { input: inputOf(), id });
  const { patchInteraction } = await run<{ patchInteraction: Row }>('correct-interaction', {
    id,
    etag: createInteraction.meta.etag,
    patch: [{ op: 'replace', path: '/successful', value: false }],
  });
  expect(patchInteraction).toMatchObject({ id, data: { successful: false } });
  const { etag } = patchInteraction.meta;
  expect(await run('delete-interaction', { id, etag })).toMatchObject({
    deleteInteraction: { id, meta: { isDeleted: true } },
  });
});

test('the visits of an afternoon go in one batch, and the doors and numbers show them', async () => {
  const items = [1, 2, 3, 4].map((day) => ({
    id: makeId(),
    input: inputOf({ timestamp: `2026-05-0${day}T10:00:00Z`, successful: day === 4 }),
  }));
  expect(
    await run('record-interactions', { items: [...items, { input: inputOf({ contactId: makeId() }) }] }),
  ).toMatchObject({
    createInteractions: [...items.map(({ id }) => ({ outcome: 'CREATED', interaction: { id } })), { outcome: null }],
  });

  type Doors = {
    contactHouseholdLists: { nodes: { contactHousehold: { contact: { interactions: { nodes: Visit[] } } } }[] };
  };
  type Visit = { data: { timestamp: string } };
  const { contactHouseholdLists } = await run<Doors>('doors', { listId: world.ids.list });
  expect(contactHouseholdLists).toMatchObject({
    nodes: [{ contactHousehold: { household: { address: { data: { streetName: 'Quarry Lane' } } } } }],
    pageInfo: { hasNextPage: false },
  });
  const { nodes } = contactHouseholdLists.nodes[0]!.contactHousehold.contact.interactions;
  expect(nodes.map(({ data }) => data.timestamp.slice(0, 10))).toEqual(['2026-05-04', '2026-05-03', '2026-05-02']);

  const since = '2026-05-03T00:00:00Z';
  expect(await run('campaign-progress', { campaignId: world.ids.campaign, since })).toMatchObject({
    campaign: {
      doors: { totalCount: 1 },
      successful: { totalCount: 1 },
      notHome: { totalCount: 0 },
      visits: { totalCount: 2 },
      successfulVisits: { totalCount: 1 },
    },
  });
});

test('a survey comes with its questions, and the segments with their surveys', async () => {
  const { survey, question, campaign } = world.ids;
  expect(await run('survey', { id: survey, questionIds: [question] })).toMatchObject({
    survey: { data: { questions: [{ questionId: question }] } },
    questions: { nodes: [{ id: question, data: { type: 'multiChoice' } }] },
  });
  expect(await run('segments', { campaignId: campaign })).toMatchObject({
    segments: { nodes: [{ data: { precedence: 1 }, survey: { id: survey } }], totalCount: 1 },
  });
});

test('a contact is asked the survey of the first segment that fits, and so is everybody of a walklist', async () => {
  const { survey, question, campaign, contact, household } = world.ids;
  await world.create('alice', 'segment', {
    criteria: { filter: 'any', clauses: [{ source: '1', operator: 'eq', value: '1' }] },
    precedence: 9,
  });
  const campaignId = campaign;
  expect(await run('survey-for-contact', { contactId: contact, campaignId })).toMatchObject({
    contact: { survey: { id: survey, data: { questions: [{ questionId: question, question: { data: {} } }] } } },
  });
  const withStop = await world.create('alice', 'walklist', {
    stops: [{ householdId: household, contactHouseholdIds: [] }],
  });
  expect(await run('surveys-of-walklist', { walklistId: withStop.id, campaignId })).toMatchObject({
    walklist: { data: { stops: [{ household: { contacts: { nodes: [{ id: contact, survey: { id: survey } }] } } }] } },
  });
});

test('the screen behind the numbers shows the days, canvassers, walklists and answers of a campaign', async () => {
  const { campaign: campaignId } = world.ids;
  const data = await run<Record<string, unknown>>('campaign-numbers', { campaignId, since: '2000-01-01T00:00:00Z' });
  expect(data).toMatchObject({
    contactRate: { visits: expect.any(Number) as number },
    days: { groups: expect.any(Array) as unknown[] },
    walklistProgress: expect.arrayContaining([expect.objectContaining({ stops: 1, visited: 0 })]) as unknown[],
    canvassersOutOfLine: [],
  });
});
