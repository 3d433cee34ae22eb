/**
 * Which survey a contact is asked: the first segment by precedence whose criteria match. Random criteria are decided by
 * a small model in here and by the server, for one contact and for all of a walklist, over both transports.
 */
import fc from 'fast-check';
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/json.ts';
import { makeWorld, type PersonName, type Row, type World } from '../../world.ts';
import { makeCall, type Call } from '../rest/call.ts';
import { dataOf, makeAsk, type Ask } from './ask.ts';

let world: World;
let ask: Ask;
let call: Call;
let contacts: readonly Row[];
let walklist: Row;
let surveys: readonly Row[];

beforeAll(async () => {
  world = await makeWorld();
  ask = makeAsk(world);
  call = makeCall(world);
  const stops: JsonObject[] = [];
  const made: Row[] = [];
  for (const [profile, fields] of people) {
    const name = { anglican: { given: 'Pat', surname: makeId() } };
    const household = await world.create('alice', 'household', { unitNum: makeId() });
    const contact = await world.create('alice', 'contact', {
      profile: { name, ...profile },
      fields,
      externalId: makeId(),
      primaryHouseholdId: household.id,
    });
    await world.create('alice', 'contactHousehold', { contactId: contact.id, householdId: household.id });
    stops.push({ householdId: household.id, contactHouseholdIds: [] });
    made.push(contact);
  }
  contacts = made;
  walklist = await world.create('alice', 'walklist', { stops });
  surveys = [await world.create('alice', 'survey'), await world.create('alice', 'survey')];
});
afterAll(() => world.close());

let campaignId: string;
beforeEach(async () => {
  ({ id: campaignId } = await world.create('alice', 'campaign'));
});

/** What a segment may meet: numbers as texts, texts as numbers, lists, names with slashes, and nothing at all. */
const people: readonly (readonly [JsonObject, JsonObject])[] = [
  [
    { age: 18, gender: 'f' },
    { party: 'N', 'a/b~c': 1 },
  ],
  [
    { age: 65, gender: 'm', birthdate: '1961-04-23' },
    { party: 'D', score: '4' },
  ],
  [
    { age: 9.5, languages: ['en', 'es'] },
    { score: 4, volunteer: true, zip: '02134' },
  ],
  [{ gender: 'n' }, { score: '4.0', volunteer: 'true', zip: '2134' }],
  [{ birthdate: '2001-12-31' }, { party: '18', likes: ['x', 'y'] }],
];

const sources = [
  ...['/data/profile/age', '/data/profile/gender', '/data/profile/birthdate', '/data/profile/languages'],
  ...['/data/fields/party', '/data/fields/score', '/data/fields/volunteer', '/data/fields/zip', '/data/fields/nobody'],
  ...['/data/fields/a~1b~0c', '/data/fields/likes', '/data/notes', '/meta/resource', '/data/profile', '1'],
];
const scalar = fc.constantFrom<Json>(
  ...['18', 18, '65', 9.5, '9.50', 'f', 'm', 'N', 'D', '4', 4, '4.0', true, 'true', false, '02134', '2134'],
  ...['1961-04-23', '1970-01-01', '', 'x', 'contacts', '1', 1, '-1', 'Rings twice.'],
);
const clause = fc.oneof(
  fc.record({
    source: fc.constantFrom(...sources),
    operator: fc.constantFrom('eq', 'neq'),
    value: fc.oneof(scalar, fc.constant(null)),
  }),
  fc.record({
    source: fc.constantFrom(...sources),
    operator: fc.constantFrom('gt', 'gte', 'lt', 'lte'),
    value: scalar.filter((value) => typeof value !== 'boolean'),
  }),
  fc.record({
    source: fc.constantFrom(...sources),
    operator: fc.constant('in'),
    value: fc.oneof(
      fc.array(fc.oneof(scalar, fc.constant(null)), { maxLength: 4 }),
      fc.array(scalar, { minLength: 1, maxLength: 3 }).map((values) => values.join(' , ')),
      scalar,
    ),
  }),
);
const criteria = fc.record({
  filter: fc.constantFrom('any', 'all'),
  clauses: fc.array(clause, { minLength: 1, maxLength: 3 }),
});
type Criteria = typeof criteria extends fc.Arbitrary<infer T> ? T : never;

/** What a value is when it is compared. */
function settle(value: Json | undefined): Json {
  if (typeof value !== 'string') return value ?? null;
  if (value === 'true' || value === 'false') return value === 'true';
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value) ? Number(value) : value;
}

function attributeOf(contact: Row, source: string): Json {
  if (!source.startsWith('/')) return source;
  if (source === '/meta/resource') return 'contacts';
  const path = source
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return path.reduce<Json>((value, part) => (value as JsonObject | null)?.[part] ?? null, { data: contact.data });
}

function holds(contact: Row, { source, operator, value }: Criteria['clauses'][number]): boolean {
  const found = settle(attributeOf(contact, source));
  const same = (one: Json): boolean => JSON.stringify(settle(one)) === JSON.stringify(found);
  if (operator === 'eq') return same(value);
  if (operator === 'neq') return !same(value);
  if (operator === 'in') {
    const list = typeof value === 'string' ? value.split(',').map((one) => one.trim()) : [value].flat();
    return list.some(same);
  }
  const wanted = settle(value);
  if (found === null || typeof found !== typeof wanted || typeof found === 'object') return false;
  const order = found < wanted! ? -1 : found > wanted! ? 1 : 0;
  return { gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0 }[operator];
}

function decide(contact: Row, segments: readonly (readonly [Criteria, Row])[]): string | null {
  const found = segments.find(([{ filter, clauses }]) =>
    filter === 'all' ? clauses.every((one) => holds(contact, one)) : clauses.some((one) => holds(contact, one)),
  );
  return found?.[1].id ?? null;
}

interface Survey {
  readonly id: string;
}
type Decided = { readonly survey: Survey | null };

async function surveyOf(person: PersonName, contactId: string): Promise<string | null> {
  const query = 'query ($id: ID!, $campaignId: ID!) { contact(id: $id) { survey(campaignId: $campaignId) { id } } }';
  const { contact } = await dataOf<{ contact: Decided }>(ask(person, query, { id: contactId, campaignId }));
  return contact.survey?.id ?? null;
}

async function surveysOfWalk(person: PersonName): Promise<readonly (string | null)[]> {
  const query = `query ($id: ID!, $campaignId: ID!) { walklist(id: $id) { data { stops { household { contacts { nodes {
    id survey(campaignId: $campaignId) { id data { name } } } } } } } } }`;
  type Stop = { household: { contacts: { nodes: readonly (Decided & { id: string })[] } } };
  const answer = ask(person, query, { id: walklist.id, campaignId });
  const { stops } = (await dataOf<{ walklist: { data: { stops: Stop[] } } }>(answer)).walklist.data;
  const nodes = stops.flatMap(({ household }) => household.contacts.nodes);
  expect(nodes.map(({ id }) => id)).toEqual(contacts.map(({ id }) => id));
  return nodes.map(({ survey }) => survey?.id ?? null);
}

const segment = (precedence: number, given: JsonObject, surveyId: string, more: JsonObject = {}): Promise<Row> =>
  world.create('alice', 'segment', { campaignId, surveyId, precedence, criteria: given, ...more });

const everybody = { filter: 'any', clauses: [{ source: '1', operator: 'eq', value: '1' }] };

test('random criteria decide as the model does, for one contact and for a walklist', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(criteria, { minLength: 1, maxLength: 3 }), async (all) => {
      ({ id: campaignId } = await world.create('alice', 'campaign'));
      const segments = all.map((one, index) => [one, surveys[index % surveys.length]!] as const);
      // The rows are made in the other order: what counts is the precedence.
      for (const [index, [one, survey]] of [...segments.entries()].reverse()) await segment(index + 1, one, survey.id);
      const expected = contacts.map((contact) => decide(contact, segments));
      expect(await surveysOfWalk('frank')).toEqual(expected);
      for (const [index, contact] of contacts.entries()) {
        expect(await surveyOf('frank', contact.id)).toBe(expected[index]);
      }
    }),
    { numRuns: 60 },
  );
});

test('the segment of existing data that is true for nobody in particular is true for everybody', async () => {
  await segment(1, everybody, surveys[0]!.id);
  expect(await surveysOfWalk('frank')).toEqual(contacts.map(() => surveys[0]!.id));
});

const restSurvey = (person: PersonName, contactId: string) =>
  call(person, `GET /v1/campaigns/${campaignId}/contacts/${contactId}/survey`);

test('REST answers with the survey and its etag, as GraphQL decides', async () => {
  await segment(
    1,
    { filter: 'all', clauses: [{ source: '/data/profile/age', operator: 'gt', value: '18' }] },
    surveys[1]!.id,
  );
  for (const [index, contact] of contacts.entries()) {
    const answer = await restSurvey('frank', contact.id);
    const isOld = [false, true, false, false, false][index]!;
    expect(await surveyOf('frank', contact.id)).toBe(isOld ? surveys[1]!.id : null);
    expect(answer.status).toBe(isOld ? 200 : 404);
    if (!isOld) {
      expect(answer.problem).toMatchObject({
        code: 'NOT_FOUND',
        detail: expect.stringContaining('segments') as string,
      });
      continue;
    }
    const survey = await call('frank', `GET /v1/surveys/${surveys[1]!.id}`);
    expect([answer.text, answer.headers['etag']]).toEqual([survey.text, survey.headers['etag']]);
  }
});

test('a deleted segment, and one whose survey or campaign is deleted, decides nothing', async () => {
  const mine = await world.create('alice', 'survey');
  const first = await segment(1, everybody, mine.id);
  await segment(2, everybody, surveys[0]!.id);
  const [contact] = contacts;
  expect(await surveyOf('frank', contact!.id)).toBe(mine.id);
  await world.change('alice', 'segment', { kind: 'remove', id: first.id, etags: [first.etag] });
  expect(await surveyOf('frank', contact!.id)).toBe(surveys[0]!.id);
  const { meta } = (await call('alice', `GET /v1/campaigns/${campaignId}`)).row;
  await call('alice', `DELETE /v1/campaigns/${campaignId}`, { headers: { etag: meta.etag } });
  expect(await surveyOf('frank', contact!.id)).toBeNull();
  expect((await restSurvey('frank', contact!.id)).problem.detail).toContain(campaignId);
});

test('nothing is decided about, within, or with what the caller may not see', async () => {
  await segment(1, everybody, surveys[0]!.id);
  const [contact] = contacts;
  const statusOf = async (person: PersonName): Promise<readonly unknown[]> => {
    const query = 'query ($id: ID!, $campaignId: ID!) { contact(id: $id) { survey(campaignId: $campaignId) { id } } }';
    const { data } = await ask(person, query, { id: contact!.id, campaignId });
    const answer = await restSurvey(person, contact!.id);
    return [(data as { contact: unknown }).contact, answer.status, answer.problem.detail?.includes('campaigns row')];
  };
  // Erin's chapter sees the campaign above it, but not its contacts; chelsea and dora see neither.
  expect(await statusOf('erin')).toEqual([null, 404, false]);
  expect(await statusOf('chelsea')).toEqual([null, 404, true]);
  expect(await statusOf('dora')).toEqual([null, 404, true]);
  const { id: elsewhere } = await world.create('chelsea', 'campaign', { organizationId: world.ids.elsewhere });
  const answer = await call('alice', `GET /v1/campaigns/${elsewhere}/contacts/${contact!.id}/survey`);
  expect(answer.problem.detail).toContain(elsewhere);
});

test('ids that are none are answered like absent ones, in GraphQL with the place', async () => {
  expect((await call('frank', `GET /v1/campaigns/none/contacts/${contacts[0]!.id}/survey`)).status).toBe(404);
  expect((await call('frank', `GET /v1/campaigns/${campaignId}/contacts/none/survey`)).status).toBe(404);
  const query = `{ contact(id: "${contacts[0]!.id}") { survey(campaignId: "none") { id } } }`;
  const { errors } = await ask('frank', query);
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
});

test('clauses that nobody can have meant are refused by name when a segment is written', async () => {
  const faultsOf = async (one: JsonObject): Promise<unknown> => {
    const body = world.body('segment', { campaignId, criteria: { filter: 'any', clauses: [one] } });
    const { status, problem } = await call('alice', 'POST /v1/segments', { body: { data: body } });
    return status === 201 ? 'made' : problem.errors?.map(({ pointer }) => pointer);
  };
  const age = { source: '/data/profile/age', operator: 'gt', value: '18' };
  const at = (member: string) => [`/data/criteria/clauses/0/${member}`];
  expect(await faultsOf(age)).toBe('made');
  expect(await faultsOf({ ...age, source: '/data/fields/any thing' })).toBe('made');
  expect(await faultsOf({ source: '1', operator: 'eq', value: '1' })).toBe('made');
  expect(await faultsOf({ ...age, operator: 'in', value: ['18', 19] })).toBe('made');
  expect(await faultsOf({ ...age, source: '/data/profil/age' })).toEqual(at('source'));
  expect(await faultsOf({ ...age, source: 'age' })).toEqual(at('source'));
  expect(await faultsOf({ ...age, operator: 'like' })).toEqual(at('operator'));
  expect(await faultsOf({ ...age, value: [18] })).toEqual(at('value'));
  expect(await faultsOf({ ...age, value: null })).toEqual(at('value'));
  expect(await faultsOf({ ...age, operator: 'in', value: [{}] })).toEqual(at('value'));
});

test('what was stored by other hands cannot make a decision fail', async () => {
  await segment(2, everybody, surveys[0]!.id);
  const odd = await segment(1, everybody, surveys[1]!.id);
  const stored = [
    '[]',
    '1',
    '{"filter":"all"}',
    '{"filter":"any","clauses":"x"}',
    '{"filter":"any","clauses":[1,null,{}]}',
  ];
  for (const criteria of stored) {
    await world.database.transaction(async (tx) => {
      await tx.query({ text: 'SELECT doorstep_take_position($1)', values: [world.ids.customer] });
      await tx.query({ text: 'UPDATE segments SET criteria = $1::jsonb WHERE id = $2', values: [criteria, odd.id] });
    });
    expect([surveys[0]!.id, surveys[1]!.id]).toContain(await surveyOf('frank', contacts[0]!.id));
  }
});

test('the same ids of another customer decide nothing here', async () => {
  await segment(1, everybody, surveys[0]!.id);
  const [survey] = [surveys[1]!];
  const { otherOrganization: organizationId } = world.ids;
  await world.create('dora', 'campaign', { organizationId }, { id: campaignId });
  await world.create('dora', 'survey', { questions: [] }, { id: survey.id });
  const theirs = { campaignId, surveyId: survey.id, precedence: 0, criteria: everybody };
  await world.create('dora', 'segment', theirs);
  expect(await surveyOf('frank', contacts[0]!.id)).toBe(surveys[0]!.id);
});

test('who may not read segments, or surveys, is given none', async () => {
  await segment(1, everybody, surveys[0]!.id);
  const base = ['read@contacts', 'read@campaigns'];
  const memberships = await world.rows<{ id: string; etag: string; user_id: string }>('membership');
  let { id, etag } = memberships.find(({ user_id: userId }) => userId === world.people.frank.userId)!;
  for (const [more, expected] of [
    [['read@segments', 'read@surveys'], surveys[0]!.id],
    [['read@segments'], null],
    [['read@surveys'], null],
  ] as const) {
    const role = await world.create(null, 'role', { permissions: [...base, ...more] });
    const operations = () => [{ op: 'replace', path: '/roleId', value: role.id }] as const;
    const verdict = await world.change(null, 'membership', { kind: 'patch', id, etags: [etag], operations });
    ({ id, etag } = verdict as { id: string; etag: string });
    expect([more, await surveyOf('frank', contacts[0]!.id)]).toEqual([more, expected]);
  }
});
