import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';
import { type Ask, dataOf, makeAsk } from './ask.ts';

let world: World;
let ask: Ask;
/** The visits of these tests by their letters. */
const visits = new Map<string, string>();

const visit = async (letter: string, data: JsonObject): Promise<void> => {
  const { id } = await world.create('alice', 'interaction', { location: null, ...data });
  visits.set(letter, id);
};

beforeAll(async () => {
  world = await makeWorld();
  ask = makeAsk(world);
  const household = await world.create('alice', 'household', { unitNum: 'Apt 9', addressId: world.ids.address });
  const contact = await world.create('alice', 'contact', {
    profile: { name: { anglican: { given: 'Zeno', surname: 'Abara' } }, age: 71 },
    fields: { party: 'G' },
    externalId: 'voter-2',
  });
  const there = { contactId: contact.id, householdId: household.id };
  await world.create('alice', 'contactHousehold', there);
  const base = { successful: null, unavailable: true };
  await visit('a', { timestamp: '2026-05-01T10:00:00Z', successful: true, unavailable: false, distance: 0.5 });
  await visit('b', { ...base, timestamp: '2026-05-02T10:00:00Z', unavailableReason: 'Not Home', distance: 1.5 });
  await visit('c', { ...base, timestamp: '2026-05-03T10:00:00Z', unavailableReason: 'Come Back', distance: 2.5 });
  await visit('d', { ...there, timestamp: '2026-05-04T10:00:00Z', successful: false, unavailable: false });
});
afterAll(() => world.close());

/** The letters of the visits that the arguments find, in the order of the list. */
async function find(given: JsonObject): Promise<string> {
  const query = `query ($filter: InteractionFilter, $where: String, $sort: [InteractionSort!] = [{ timestamp: ASC }],
    $skip: Int, $limit: Int, $after: String) {
    interactions(filter: $filter, where: $where, sort: $sort, skip: $skip, limit: $limit, after: $after) {
      nodes { id } totalCount
    } }`;
  const { interactions } = await dataOf<{ interactions: { nodes: { id: string }[] } }>(ask('alice', query, given));
  const letters = new Map([...visits].map(([letter, id]) => [id, letter]));
  return interactions.nodes.map(({ id }) => letters.get(id)).join('');
}

const [one, two, three] = ['2026-05-01T10:00:00Z', '2026-05-02T12:00:00+02:00', '2026-05-03T10:00:00.000Z'] as const;

describe('a typed filter finds', () => {
  test.each<[JsonObject, string]>([
    [{}, 'abcd'],
    [{ timestamp: { eq: two } }, 'b'],
    [{ timestamp: { neq: two } }, 'acd'],
    [{ timestamp: { gt: two } }, 'cd'],
    [{ timestamp: { gte: two } }, 'bcd'],
    [{ timestamp: { lt: two } }, 'a'],
    [{ timestamp: { lte: two } }, 'ab'],
    [{ timestamp: { in: [one, three] } }, 'ac'],
    [{ timestamp: { nin: [one, three] } }, 'bd'],
    [{ timestamp: { between: [one, three] } }, 'abc'],
    [{ timestamp: { isNull: true } }, ''],
    [{ distance: { gte: 1.5 } }, 'bc'],
    [{ distance: { isNull: true } }, 'd'],
    [{ distance: { eq: null } }, 'd'],
    [{ distance: { neq: 0.5 } }, 'bcd'],
    [{ unavailableReason: { eq: 'Not Home' } }, 'b'],
    [{ unavailableReason: { like: '*o*e*' } }, 'bc'],
    [{ unavailableReason: { nin: ['Not Home'] } }, 'acd'],
    [{ unavailableReason: { gt: 'D' } }, 'b'],
    [{ successful: { eq: true } }, 'a'],
    [{ successful: { in: [true, false] } }, 'ad'],
    [{ successful: { isNull: false } }, 'ad'],
    [{ location: { isNull: true } }, 'abcd'],
    [{ location: { lat: { gt: 0 } } }, ''],
    [{ timestamp: { gt: one }, unavailable: { eq: true } }, 'bc'],
    [{ timestamp: { gt: one, lt: three } }, 'b'],
    [{ and: [{ timestamp: { gt: one } }, { unavailable: { eq: true } }] }, 'bc'],
    [{ or: [{ timestamp: { eq: one } }, { unavailableReason: { eq: 'Come Back' } }] }, 'ac'],
    [{ or: [] }, ''],
    [{ and: [] }, 'abcd'],
    [{ not: { unavailableReason: { eq: 'Not Home' } } }, 'acd'],
    [{ not: {} }, ''],
  ])('%j', async (filter, letters) => {
    expect(await find({ filter })).toBe(letters);
  });

  test('by ids, in the case of any client', async () => {
    const id = visits.get('b')!;
    expect(await find({ filter: { id: { eq: id.toUpperCase() } } })).toBe('b');
    expect(await find({ filter: { id: { in: [id, visits.get('d')!] } } })).toBe('bd');
    expect(await find({ filter: { contactId: { eq: world.ids.contact } } })).toBe('abc');
    expect(await find({ filter: { surveyId: { neq: world.ids.survey } } })).toBe('');
    expect(await find({ filter: { createdBy: { eq: world.people.alice.userId } } })).toBe('abcd');
  });

  test('through relations: to one, to many, and through links', async () => {
    expect(await find({ filter: { contact: { externalId: { eq: 'voter-2' } } } })).toBe('d');
    expect(await find({ filter: { not: { contact: { externalId: { eq: 'voter-2' } } } } })).toBe('abc');
    const busy = { interactions: { some: { unavailableReason: { eq: 'Not Home' } } } };
    expect(await find({ filter: { contact: busy } })).toBe('abc');
    expect(await find({ filter: { contact: { interactions: { none: { unavailable: { eq: true } } } } } })).toBe('d');
    expect(await find({ filter: { household: { contacts: { some: { externalId: { eq: 'voter-2' } } } } } })).toBe('d');
    expect(await find({ filter: { walklist: {} } })).toBe('');
  });

  test('choices, by their GraphQL names', async () => {
    const query = `query ($filter: ContactHouseholdCampaignFilter) {
      contactHouseholdCampaigns(filter: $filter) { nodes { data { state contactHouseholdId } } } }`;
    const states = async (filter: JsonObject): Promise<readonly unknown[]> => {
      type Found = { contactHouseholdCampaigns: { nodes: { data: { state: string } }[] } };
      const found = await dataOf<Found>(ask('alice', query, { filter }));
      return found.contactHouseholdCampaigns.nodes.map(({ data }) => data.state).sort();
    };
    const [successful, other] = ['contacted_available_not_successful', 'come_back'];
    expect(await states({})).toEqual([other, successful]);
    expect(await states({ state: { eq: 'come_back' } })).toEqual([other]);
    expect(await states({ state: { nin: ['come_back'] } })).toEqual([successful]);
    expect(await states({ availability: { available: { eq: true } } })).toEqual([successful]);
  });
});

describe('the filter language', () => {
  test('reaches into documents, and is ANDed with the typed filter', async () => {
    const query = `query ($where: String, $filter: ContactFilter) {
      contacts(where: $where, filter: $filter) { nodes { data { externalId } } } }`;
    const where = '/data/profile/age gte 70 and /data/fields/party eq "G"';
    expect(await dataOf(ask('alice', query, { where }))).toEqual({
      contacts: { nodes: [{ data: { externalId: 'voter-2' } }] },
    });
    const filter = { externalId: { eq: 'voter-000017' } };
    expect(await dataOf(ask('alice', query, { where, filter }))).toEqual({ contacts: { nodes: [] } });
  });

  test('of an empty text asks for nothing', async () => {
    expect(await find({ where: ' ' })).toBe('abcd');
  });
});

describe('a sort', () => {
  test.each<[string, JsonObject[], string]>([
    ['descends', [{ timestamp: 'DESC' }], 'dcba'],
    ['takes its keys in the order of the list', [{ unavailable: 'DESC' }, { timestamp: 'DESC' }], 'cbda'],
    ['puts what is not set last', [{ distance: 'ASC' }], 'abcd'],
    ['puts what is not set first when it descends', [{ distance: 'DESC' }], 'dcba'],
    ['takes a pointer', [{ by: { pointer: '/data/timestamp', order: 'DESC' } }], 'dcba'],
    ['ascends by a pointer without an order', [{ by: { pointer: 'data/timestamp' } }], 'abcd'],
    ['takes members of groups by their own name', [{ surveyId: 'ASC' }, { timestamp: 'ASC' }], 'abcd'],
  ])('%s', async (_, sort, letters) => {
    expect(await find({ sort })).toBe(letters);
  });

  test('reaches into documents', async () => {
    const query = `{ contacts(sort: [{ by: { pointer: "/data/profile/age", order: DESC } }]) {
      nodes { data { profile } } } }`;
    type Found = { contacts: { nodes: { data: { profile: { age: number } } }[] } };
    const { contacts } = await dataOf<Found>(ask('alice', query));
    expect(contacts.nodes.map(({ data }) => data.profile.age)).toEqual([71, 65]);
  });
});

test('skip and limit cut a page out of the list', async () => {
  expect(await find({ skip: 1, limit: 2 })).toBe('bc');
  expect(await find({ limit: 0 })).toBe('');
  expect(await find({ skip: 9 })).toBe('');
});
