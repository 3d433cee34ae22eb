/** Cutting turf over GraphQL and REST. Alice plans in a small town of her own: streets in rows, houses on both sides. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/json.ts';
import { makeWorld, type PersonName, type World } from '../../world.ts';
import { makeCall } from '../rest/call.ts';

let world: World;
let campaignId: string;
let listId: string;
/** By household: who lives there, and where. */
const homes = new Map<string, { readonly link: string; readonly lat: number; readonly lng: number }>();

beforeAll(async () => {
  world = await makeWorld();
  listId = (await world.create('alice', 'list', {})).id;
  const sparedId = (await world.create('alice', 'list', {})).id;
  const lists = [{ listId }, { listId: sparedId, type: 'do-not-knock' }];
  campaignId = (await world.create('alice', 'campaign', { lists })).id;
  for (let street = 0; street < 4; street++) {
    for (let number = 1; number <= 12; number++) {
      const place = { lat: 40 + street * 0.001 + (number % 2) * 0.0002, lng: -83 + number * 0.0001 };
      await makeHome(place, { number: String(number), streetName: `Street ${street}` });
    }
  }
  const spared = await makeHome({ lat: 40.0015, lng: -83 }, { number: '99' });
  await world.create('alice', 'contactHouseholdList', { listId: sparedId, contactHouseholdId: spared.link });
  const asked = await makeHome({ lat: 40.0016, lng: -83 }, { number: '98' });
  const data = { campaignId, contactHouseholdId: asked.link, type: 'do-not-knock' };
  await world.create('alice', 'contactHouseholdCampaign', data);
  homes.delete(spared.householdId);
  homes.delete(asked.householdId);
  await makeHome(null, { number: '97' });
});
afterAll(() => world.close());

async function makeHome(coords: { lat: number; lng: number } | null, data: JsonObject) {
  const address = { streetName: 'Nowhere', ...data, coords: coords === null ? null : { ...coords } };
  const { id: addressId } = await world.create('alice', 'address', address);
  const { id: householdId } = await world.create('alice', 'household', { addressId });
  const { id: contactId } = await world.create('alice', 'contact', { externalId: makeId() });
  const { id: link } = await world.create('alice', 'contactHousehold', { contactId, householdId });
  await world.create('alice', 'contactHouseholdList', { listId, contactHouseholdId: link });
  if (coords !== null) homes.set(householdId, { link, ...coords });
  return { householdId, link };
}

interface Answer {
  readonly data: { readonly cutTurf: CutTurf } | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string; readonly errors?: Json } }[];
}
interface CutTurf {
  readonly pieces: readonly { turfId: string; walklistId: string; name: string; doors: number; metres: number }[];
  readonly withoutCoords: number;
  readonly taken: number;
}

async function cut(person: PersonName, more: JsonObject): Promise<Answer> {
  const query = `mutation ($campaignId: ID!, $doors: Int!, $boundary: JSON, $turfId: ID, $listIds: [ID!], $maximumDoors: Int,
    $states: [ContactHouseholdCampaignState!], $includeTaken: Boolean!) {
    cutTurf(campaignId: $campaignId, doors: $doors, boundary: $boundary, turfId: $turfId, listIds: $listIds,
      maximumDoors: $maximumDoors, states: $states, includeTaken: $includeTaken) {
      pieces { turfId walklistId name doors metres } withoutCoords taken } }`;
  const variables = { campaignId, doors: 12, includeTaken: false, ...more };
  const answer = await world.app.inject({
    ...{ method: 'POST', url: '/graphql', headers: world.as(person), payload: { query, variables } },
  });
  return answer.json<Answer>();
}

const codeOf = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code;
const countTurfs = async (): Promise<number> => (await world.rows('turf')).length;

test('every door is on one walklist, in walking order, with a turf round it; a second cut finds nothing left', async () => {
  const { data } = await cut('alice', {});
  const { pieces, withoutCoords } = data!.cutTurf;
  expect(withoutCoords).toBe(1);
  expect(pieces.map(({ doors }) => doors)).toEqual([12, 12, 12, 12]);
  const stops = await world.database.query<{ walklist_id: string; household_id: string }>({
    text: 'SELECT walklist_id, household_id FROM walklist_stops WHERE walklist_id = ANY($1) ORDER BY walklist_id, position',
    values: [pieces.map(({ walklistId }) => walklistId)],
  });
  expect(stops.map(({ household_id: id }) => id).sort()).toEqual([...homes.keys()].sort());
  const rows = await world.rows<{ id: string; turf_id: string; security_group_id: string }>('walklist');
  for (const { walklistId, turfId } of pieces) {
    const walk = rows.find(({ id }) => id === walklistId)!;
    expect([walk.turf_id, walk.security_group_id]).toEqual([turfId, world.ids.group]);
    // A piece is a street, whose northern side is walked one way and its southern one the other.
    const sides = stops
      .filter((stop) => stop.walklist_id === walklistId)
      .map((stop) => homes.get(stop.household_id)!.lat);
    expect(new Set(sides).size).toBe(2);
    expect(sides.filter((lat, at) => at > 0 && lat !== sides[at - 1])).toHaveLength(1);
  }
  const again = await cut('alice', {});
  expect(codeOf(again)).toBe('INVALID_INPUT');
});

test('a polygon, a turf, states and a maximum choose among the doors', async () => {
  const ring = [
    [-83.1, 39.9],
    [-82.9, 39.9],
    [-82.9, 40.0005],
    [-83.1, 40.0005],
    [-83.1, 39.9],
  ];
  const boundary = { type: 'Polygon', coordinates: [ring] };
  const first = (await cut('alice', { boundary, includeTaken: true })).data!.cutTurf.pieces;
  expect(first.map(({ doors }) => doors)).toEqual([12]);
  const turfs = await countTurfs();
  const inTurf = (await cut('alice', { turfId: first[0]!.turfId, doors: 6, includeTaken: true })).data!.cutTurf.pieces;
  expect(inTurf.map(({ turfId, doors }) => [turfId, doors])).toEqual([
    [first[0]!.turfId, 6],
    [first[0]!.turfId, 6],
  ]);
  expect(await countTurfs()).toBe(turfs);
  const some = (await cut('alice', { maximumDoors: 1, includeTaken: true })).data!.cutTurf.pieces;
  expect(some.map(({ doors }) => doors)).toEqual([1]);
  expect(codeOf(await cut('alice', { states: ['come_back'], includeTaken: true }))).toBe('INVALID_INPUT');
  const fresh = await cut('alice', { states: ['not_contacted_normal'], includeTaken: true });
  expect(fresh.data!.cutTurf.pieces.reduce((sum, { doors }) => sum + doors, 0)).toBe(homes.size);
});

test('what cannot be cut is refused at its place, and nothing is made', async () => {
  const turfs = await countTurfs();
  const bowTie = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [2, 2],
        [2, 0],
        [0, 2],
        [0, 0],
      ],
    ],
  };
  const open = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [2, 2],
        [2, 0],
        [0, 2],
      ],
    ],
  };
  const { id: bare } = await world.create('alice', 'campaign', {});
  const cases: readonly (readonly [JsonObject, string])[] = [
    [{ doors: 0 }, '/doors'],
    [{ doors: 100_000 }, '/doors'],
    [{ maximumDoors: -1 }, '/maximumDoors'],
    [{ boundary: bowTie }, '/boundary/coordinates'],
    [{ boundary: open }, '/boundary/coordinates/0'],
    [{ boundary: { type: 'Point', coordinates: [1, 2] } }, '/boundary'],
    [{ boundary: 'everywhere' }, '/boundary'],
    [{ listIds: [world.ids.list] }, '/listIds/0'],
    [{ campaignId: bare }, '/listIds'],
  ];
  for (const [asked, pointer] of cases) {
    const answer = await cut('alice', { includeTaken: true, ...asked });
    expect([asked, codeOf(answer), answer.errors?.[0]?.extensions.errors]).toMatchObject([
      asked,
      'INVALID_INPUT',
      [{ pointer }],
    ]);
  }
  for (const asked of [{ campaignId: makeId() }, { turfId: makeId() }])
    expect(codeOf(await cut('alice', asked))).toBe('NOT_FOUND');
  expect(codeOf(await cut('dora', {}))).toBe('NOT_FOUND');
  expect(codeOf(await cut('frank', { includeTaken: true }))).toBe('FORBIDDEN');
  expect(await countTurfs()).toBe(turfs);
});

test('REST answers with the walklists, and names what is wrong below data', async () => {
  const call = makeCall(world);
  const url = `POST /v1/campaigns/${campaignId}/cut-turf` as const;
  const made = await call('alice', url, { body: { data: { doors: 24, includeTaken: true, namePrefix: 'Ward' } } });
  expect(made.status).toBe(201);
  expect(made.text).toContain('"name":"Ward 1, from ');
  const wrong = await call('alice', url, { body: { data: { doors: 24, listIds: [world.ids.list] } } });
  expect([wrong.status, wrong.problem.errors?.[0]?.pointer]).toEqual([400, '/data/listIds/0']);
  expect((await call('alice', url, { body: { data: { door: 24 } } })).status).toBe(400);
});

test('two who cut the same campaign at once do not get the same doors', async () => {
  const other = (await world.create('alice', 'campaign', { lists: [{ listId }] })).id;
  const cuts = await Promise.all([1, 2, 3].map(() => cut('alice', { campaignId: other, maximumDoors: 8 })));
  const ids = cuts.flatMap(({ data }) => data!.cutTurf.pieces.map(({ walklistId }) => walklistId));
  const stops = await world.database.query<{ household: string }>({
    text: 'SELECT household_id AS household FROM walklist_stops WHERE walklist_id = ANY($1) AND NOT is_deleted',
    values: [ids],
  });
  expect(stops).toHaveLength(24);
  expect(new Set(stops.map(({ household }) => household)).size).toBe(24);
});

test.each([{ campaignId: 'zz' }, { turfId: 'zz' }, { campaignId: makeId() }])('%j is not found', async (more) => {
  expect(codeOf(await cut('alice', more))).toBe('NOT_FOUND');
});

test('whoever may make no walklists is told so before anything is looked for', async () => {
  expect(codeOf(await cut('frank', { campaignId: makeId() }))).toBe('FORBIDDEN');
});
