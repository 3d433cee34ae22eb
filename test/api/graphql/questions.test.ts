/** The ready questions, asked of an afternoon that is small enough to be counted on one's fingers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';
import { type Ask, dataOf, makeAsk } from './ask.ts';

let world: World;
let ask: Ask;
const [households, contacts]: [string[], string[]] = [[], []];
let [segment, otherSegment]: string[] = [];
let walklist: string;

beforeAll(async () => {
  world = await makeWorld();
  ask = makeAsk(world);
  const { ids, create } = world;
  for (const number of ['1', '2', '3']) {
    const { id: addressId } = await create('alice', 'address', { number, streetName: 'Quarry Lane' });
    const { id } = await create('alice', 'household', { addressId, unitNum: number });
    households.push(id);
    const contact = await create('alice', 'contact', { externalId: number, primaryHouseholdId: id });
    contacts.push(contact.id);
    await create('alice', 'contactHousehold', { contactId: contact.id, householdId: id });
  }
  const everybody = { filter: 'all', clauses: [{ source: '1', operator: 'eq', value: '1' }] };
  const rule = { campaignId: ids.campaign, surveyId: ids.survey, criteria: everybody };
  otherSegment = (await create('alice', 'segment', { ...rule, name: 'Second', precedence: 9 })).id;
  segment = (await create('alice', 'segment', { ...rule, name: 'First', precedence: 3 })).id;
  const stops = households.map((householdId) => ({ householdId, contactHouseholdIds: [] }));
  walklist = (await create('alice', 'walklist', { stops, status: 'open' })).id;
});
afterAll(() => world.close());

interface Visit {
  readonly person?: 'alice' | 'bob' | 'frank';
  readonly door: number;
  readonly at: string;
  readonly met?: boolean;
  readonly answer?: JsonObject;
  readonly more?: JsonObject;
}

function visit({ person = 'alice', ...one }: Visit): Promise<unknown> {
  return world.create(person, 'interaction', visitData(one));
}

function visitData({ door, at, met = true, answer, more }: Omit<Visit, 'person'>): JsonObject {
  const { question: questionId, survey: surveyId } = world.ids;
  return {
    contactId: contacts[door]!,
    householdId: households[door]!,
    timestamp: `2026-05-09T${at}:00Z`,
    unavailable: !met,
    successful: met,
    location: null,
    survey: { surveyId, responses: answer === undefined ? {} : { [questionId]: { questionId, fields: answer } } },
    ...more,
  };
}

const variables = (): JsonObject => ({ campaign: world.ids.campaign });

test('the contact rate of a campaign without visits is not known', async () => {
  const query =
    'query ($campaign: ID!) { contactRate(campaignId: $campaign) { visits met rate successRate contacts } }';
  expect(await dataOf(ask('alice', query, variables()))).toEqual({
    contactRate: { visits: 0, met: 0, rate: null, successRate: null, contacts: 0 },
  });
});

test('the contact rate is counted by visits, by contacts and by doors, between two moments', async () => {
  await visit({ door: 0, at: '10:00', met: false });
  await visit({ door: 0, at: '10:10' });
  await visit({ door: 1, at: '10:20', more: { successful: false } });
  await visit({ door: 2, at: '12:00', met: false });
  const query = `query ($campaign: ID!, $since: DateTimeISO, $until: DateTimeISO) {
    contactRate(campaignId: $campaign, since: $since, until: $until) { visits met rate successful successRate contacts contactsMet doors } }`;
  const of = async (more: JsonObject): Promise<unknown> =>
    (await dataOf(ask('alice', query, { ...variables(), ...more })))['contactRate'];
  expect(await of({})).toEqual({
    ...{ visits: 4, met: 2, rate: 0.5, successful: 1, successRate: 0.5 },
    ...{ contacts: 3, contactsMet: 2, doors: 3 },
  });
  expect(await of({ since: '2026-05-09T10:10:00Z', until: '2026-05-09T12:00:00Z' })).toMatchObject({
    visits: 2,
    met: 2,
  });
  expect(await of({ since: '2026-05-09T13:00:00+02:00' })).toMatchObject({ visits: 1, met: 0 });
});

test('the pace of a canvasser counts the time between doors, but not lunch', async () => {
  await visit({ person: 'bob', door: 0, at: '13:00' });
  await visit({ person: 'bob', door: 1, at: '13:30' });
  await visit({ person: 'bob', door: 2, at: '15:00' });
  await visit({ person: 'bob', door: 2, at: '15:15' });
  const query = `query ($campaign: ID!) { canvasserPace(campaignId: $campaign) {
    userId user { data { email } } visits doors hours doorsPerHour averageDistance } }`;
  const { canvasserPace } = await dataOf<{ canvasserPace: readonly JsonObject[] }>(ask('alice', query, variables()));
  expect(canvasserPace).toEqual([
    {
      ...{ userId: world.people.alice.userId, user: { data: { email: 'alice@doorstep.example' } } },
      ...{ visits: 4, doors: 3, doorsPerHour: 3 / (20 / 60), averageDistance: null },
      hours: expect.closeTo(20 / 60, 9) as number,
    },
    {
      ...{ userId: world.people.bob.userId, user: { data: { email: 'bob@doorstep.example' } } },
      ...{ visits: 4, doors: 3, hours: 0.75, doorsPerHour: 4, averageDistance: null },
    },
  ]);
});

test('results are counted by question, answer and the segment that has the survey, each of several answers alone', async () => {
  await visit({ door: 0, at: '16:00', answer: { value: ['roads', 'schools'] } });
  await visit({ door: 1, at: '16:10', answer: { value: 'roads', note: null } });
  await visit({ door: 1, at: '16:20', answer: { value: 'roads' } });
  const query = `query ($campaign: ID!) { surveyResults(campaignId: $campaign) {
    questionId question { id } field answer segmentId segment { data { name } } answers contacts } }`;
  const common = {
    ...{ questionId: world.ids.question, question: { id: world.ids.question }, field: 'value' },
    ...{ segmentId: segment, segment: { data: { name: 'First' } } },
  };
  expect((await dataOf(ask('alice', query, variables())))['surveyResults']).toEqual([
    { ...common, answer: 'roads', answers: 3, contacts: 2 },
    { ...common, answer: 'schools', answers: 1, contacts: 1 },
  ]);
  expect(otherSegment).not.toBe(segment);
});

test('a walklist has got as far as the doors that were knocked on along it', async () => {
  const more = { walklistId: walklist };
  await visit({ door: 0, at: '17:00', met: false, more });
  await visit({ door: 0, at: '17:05', more });
  await visit({ door: 1, at: '17:10', met: false, more });
  // Not a stop, and not along this walklist.
  await world.create('alice', 'interaction', {
    timestamp: '2026-05-09T18:00:00Z',
    walklistId: walklist,
    contactId: world.ids.contact,
  });
  await visit({ door: 2, at: '18:10' });
  const query = `query ($campaign: ID!) { walklistProgress(campaignId: $campaign) {
    walklistId walklist { data { status } } stops visited met progress lastVisit } }`;
  const { walklistProgress } = await dataOf<{ walklistProgress: readonly JsonObject[] }>(
    ask('alice', query, variables()),
  );
  expect(walklistProgress).toHaveLength(2);
  expect(walklistProgress).toContainEqual({
    ...{ walklistId: walklist, walklist: { data: { status: 'open' } }, stops: 3, visited: 2, met: 1 },
    ...{ progress: 2 / 3, lastVisit: '2026-05-09T17:10:00.000Z' },
  });
  expect(walklistProgress).toContainEqual({
    ...{ walklistId: world.ids.walklist, walklist: { data: { status: 'open' } }, stops: 0, visited: 0, met: 0 },
    ...{ progress: null, lastVisit: null },
  });
});

test('canvassers are out of line when their pace is far from that of most', async () => {
  const { id: campaignId } = await world.create('alice', 'campaign', {});
  const walkers = await Promise.all(
    Array.from({ length: 6 }, async (_, index) => {
      const email = `walker${index}@doorstep.example`;
      return (await world.create('alice', 'user', { email, status: 'active' })).id;
    }),
  );
  const { alice } = world.people;
  for (const [index, userId] of walkers.entries()) {
    const minutes = index === 5 ? [0, 1, 2] : [0, 10 + index, 20 + index];
    const changes = minutes.map((minute, door) => {
      const data = visitData({ door, at: `09:${String(minute).padStart(2, '0')}`, more: { campaignId } });
      return {
        kind: 'create',
        id: null,
        securityGroupId: null,
        data: world.body('interaction', data),
        params: {},
      } as const;
    });
    const interaction = world.model.get('interaction');
    const options = { onError: 'abort', members: [], spelling: 'rest', requestId: null } as const;
    await world.writer.write({ ...alice.viewer, userId }, interaction, changes, options);
  }
  const query = `query ($campaign: ID!) { canvassersOutOfLine(campaignId: $campaign) { userId paceDeviation distanceDeviation }
    canvasserPace(campaignId: $campaign) { userId } }`;
  const { canvassersOutOfLine, canvasserPace } = await dataOf<Record<string, readonly JsonObject[]>>(
    ask('alice', query, { campaign: campaignId }),
  );
  expect(canvasserPace).toHaveLength(6);
  expect(canvassersOutOfLine).toEqual([
    { userId: walkers[5], paceDeviation: expect.any(Number) as number, distanceDeviation: null },
  ]);
  expect(canvassersOutOfLine![0]!['paceDeviation']).toBeGreaterThan(3.5);
});

test('whoever may not see the rows gets the answers of an empty campaign', async () => {
  const query = `query ($campaign: ID!) { contactRate(campaignId: $campaign) { visits } surveyResults(campaignId: $campaign) { answers }
    canvasserPace(campaignId: $campaign) { userId } walklistProgress(campaignId: $campaign) { stops } }`;
  for (const person of ['chelsea', 'dora', 'erin'] as const) {
    expect(await dataOf(ask(person, query, variables()))).toEqual({
      ...{ contactRate: { visits: 0 }, surveyResults: [], canvasserPace: [], walklistProgress: [] },
    });
  }
});

test('an id that is none is refused where it stands', async () => {
  const { errors } = await ask('alice', '{ contactRate(campaignId: "7") { visits } }');
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_FILTER', status: 400 });
  expect(errors?.[0]?.path).toEqual(['contactRate']);
});
