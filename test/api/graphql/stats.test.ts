/**
 * Numbers about groups of rows must be those that somebody would find who counts the rows one by one: here it is done in
 * JavaScript, of rows that PostgreSQL lists by itself.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/json.ts';
import type { PersonName, World } from '../../world.ts';
import { makeWorld } from '../../world.ts';
import { makeRandom } from '../../../seed/random.ts';
import { type Ask, dataOf, makeAsk } from './ask.ts';

let world: World;
let ask: Ask;
let otherCampaign: string;

interface Visit {
  readonly campaignId: string;
  readonly createdBy: string;
  readonly timestamp: number;
  readonly successful: boolean | null;
  readonly unavailable: boolean;
  readonly unavailableReason: string | null;
  readonly distance: number | null;
  readonly contactId: string;
}

interface Group {
  readonly key: JsonObject;
  readonly [measure: string]: Json;
}

const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'];

beforeAll(async () => {
  world = await makeWorld();
  ask = makeAsk(world);
  await makeVisits();
});
afterAll(() => world.close());

async function makeVisits(): Promise<void> {
  const { ids, create, changeAll, body } = world;
  otherCampaign = (await create('alice', 'campaign', { timeZone: 'Asia/Kathmandu' })).id;
  const contacts = [ids.contact];
  for (const surname of ['Ash', 'Birch']) {
    const profile = { name: { anglican: { given: 'Ann', surname } }, age: surname.length * 10 };
    const { id } = await create('alice', 'contact', {
      profile,
      externalId: surname,
      fields: { party: surname },
      primaryHouseholdId: ids.household,
    });
    await create('alice', 'contactHousehold', { contactId: id, householdId: ids.household });
    contacts.push(id);
  }
  const random = makeRandom(7);
  const { pick } = random;
  for (const person of ['alice', 'bob', 'frank'] as const) {
    const changes = Array.from({ length: 60 }, () => {
      const unavailable = random.next() < 0.4;
      // Around the nights in which the clocks of New York, Berlin and Lord Howe change.
      const day = pick(['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01', '2026-04-05', '2026-06-30']);
      const data = body('interaction', {
        campaignId: pick([ids.campaign, otherCampaign]),
        contactId: pick(contacts),
        timestamp: new Date(Date.parse(day) + Math.floor(random.next() * 36) * 1_800_000 - 14_400_000).toISOString(),
        unavailable,
        unavailableReason: unavailable ? pick(['Not Home', 'Come Back', null]) : null,
        successful: pick([true, false, null]),
        location: random.next() < 0.3 ? null : { lat: 40 + random.next(), lng: -83 },
      });
      return { kind: 'create', id: null, securityGroupId: null, data, params: {} } as const;
    });
    const verdicts = await changeAll(person, 'interaction', changes);
    for (const [index, verdict] of verdicts.entries()) {
      if ('problem' in verdict) throw verdict.problem;
      if (index % 20 === 0)
        await world.change('alice', 'interaction', { kind: 'remove', id: verdict.id, etags: [verdict.etag] });
    }
  }
  await create('chelsea', 'campaign', {}, {});
}

async function visits(): Promise<readonly Visit[]> {
  const rows = await world.rows<Record<string, never>>('interaction');
  return rows.map((row) => ({
    campaignId: row['campaign_id']!,
    createdBy: row['created_by']!,
    timestamp: Date.parse(row['timestamp']!),
    successful: row['successful']!,
    unavailable: row['unavailable']!,
    unavailableReason: row['unavailable_reason']!,
    distance: row['distance']!,
    contactId: row['contact_id']!,
  }));
}

async function groupsOf(
  person: PersonName,
  given: string,
  asked: string,
  variables?: JsonObject,
): Promise<readonly Group[]> {
  const query = `query ($campaignId: ID) { interactionStats(${given}) { groups { ${asked} } groupCount }
    interactions(limit: 0, filter: { campaignId: { eq: $campaignId } }) { nodes { id } } }`;
  const { interactionStats } = await dataOf<{ interactionStats: { groups: Group[]; groupCount: number } }>(
    ask(person, query, { campaignId: world.ids.campaign, ...variables }),
  );
  return interactionStats.groups;
}

/** The rows by the text of what `key` makes of them. */
function group<T>(rows: readonly T[], key: (row: T) => Json): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const name = JSON.stringify(key(row));
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return groups;
}

const distances = (rows: readonly Visit[]): readonly number[] =>
  rows.flatMap(({ distance }) => (distance === null ? [] : [distance])).sort((a, b) => a - b);

function percentile(sorted: readonly number[], at: number): number | null {
  if (sorted.length === 0) return null;
  const place = at * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
}

const mean = (numbers: readonly number[]): number | null =>
  numbers.length === 0 ? null : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

const expectNear = (found: Json | undefined, expected: number | null): void => {
  if (expected === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(expected, 9);
};

const dimensions = ['campaignId', 'createdBy', 'successful', 'unavailable', 'unavailableReason', 'contactId'] as const;

describe('groups', () => {
  const random = makeRandom(11);
  const groupings = Array.from({ length: 12 }, () => dimensions.filter(() => random.next() < 0.4));

  test.each(groupings.map((keys) => [keys.join() || 'nothing', keys] as const))(
    'by %s are those of the rows',
    async (_, keys) => {
      const found = await groupsOf(
        'alice',
        `groupBy: [${keys.join(' ')}] limit: 1000`,
        `key { ${keys.join(' ') || '__typename'} } count met: count(filter: { unavailable: { eq: false } }) share(where: "/data/successful eq true")
       people: countDistinct(of: contactId) some: countDistinct(of: contactId, where: "/data/unavailable eq true")
       sum(of: distance) average(of: distance) min(of: distance) max(of: distance)
       median: percentile(of: distance, at: 0.5) high: percentile(of: distance, at: 0.9) earliest(of: timestamp) latest(of: timestamp)`,
      );
      const expected = group(await visits(), (row) => keys.map((key) => row[key]));
      expect(new Set(found.map(({ key }) => JSON.stringify(keys.map((name) => key[name]!))))).toEqual(
        new Set(expected.keys()),
      );
      for (const one of found) {
        const rows = expected.get(JSON.stringify(keys.map((name) => one.key[name]!)))!;
        const [numbers, times] = [distances(rows), rows.map(({ timestamp }) => timestamp)];
        expect(one['count']).toBe(rows.length);
        expect(one['met']).toBe(rows.filter(({ unavailable }) => !unavailable).length);
        expectNear(one['share'], rows.filter(({ successful }) => successful === true).length / rows.length);
        expect(one['people']).toBe(new Set(rows.map(({ contactId }) => contactId)).size);
        expect(one['some']).toBe(
          new Set(rows.filter(({ unavailable }) => unavailable).map(({ contactId }) => contactId)).size,
        );
        expectNear(one['sum'], numbers.length === 0 ? null : numbers.reduce((sum, each) => sum + each, 0));
        expectNear(one['average'], mean(numbers));
        expectNear(one['min'], numbers[0] ?? null);
        expectNear(one['max'], numbers.at(-1) ?? null);
        expectNear(one['median'], percentile(numbers, 0.5));
        expectNear(one['high'], percentile(numbers, 0.9));
        expect(one['earliest']).toBe(new Date(Math.min(...times)).toISOString());
        expect(one['latest']).toBe(new Date(Math.max(...times)).toISOString());
      }
    },
  );

  test('come in the order of their keys, with what is not set last', async () => {
    const found = await groupsOf('alice', 'groupBy: [unavailableReason]', 'key { unavailableReason }');
    expect(found.map(({ key }) => key['unavailableReason'])).toEqual(['Come Back', 'Not Home', null]);
  });

  test('that nobody belongs to do not exist, but nothing at all is one group of none', async () => {
    const none = '/data/distance gt 100000';
    expect(await groupsOf('alice', `where: "${none}" groupBy: [successful]`, 'count')).toEqual([]);
    const asked =
      'count share(where: "/data/successful eq true") countDistinct(of: contactId) sum(of: distance) average(of: distance) percentile(of: distance, at: 1) latest(of: timestamp)';
    expect(await groupsOf('alice', `where: "${none}"`, asked)).toEqual([
      { count: 0, share: null, countDistinct: 0, sum: null, average: null, percentile: null, latest: null },
    ]);
  });

  test('are counted in all pages, also behind the last one', async () => {
    const all = group(await visits(), ({ contactId, successful }) => [contactId, successful]).size;
    const query = `{ interactionStats(groupBy: [contactId, successful], skip: 1000, limit: 1) { groupCount groups { count } } }`;
    expect((await dataOf(ask('alice', query)))['interactionStats']).toEqual({ groupCount: all, groups: [] });
  });

  test('are those of deleted rows where they are asked for', async () => {
    const [{ count }] = (await groupsOf('alice', 'deleted: ONLY', 'count')) as [Group];
    expect(count).toBe(9);
  });

  test('are read beside rows that their key refers to', async () => {
    const found = await groupsOf(
      'alice',
      `groupBy: [campaignId, createdBy] limit: 1 filter: { campaignId: { eq: $campaignId } }`,
      'key { campaignId campaign { id data { timeZone } } createdByUser { data { email } } } count',
    );
    expect(found[0]!.key).toMatchObject({
      campaign: { id: world.ids.campaign, data: { timeZone: 'America/New_York' } },
    });
    expect(JSON.stringify(found[0]!.key)).toMatch(/@doorstep\.example/);
  });

  test('are made by places in documents, and in rows that are referred to', async () => {
    const found = await groupsOf(
      'alice',
      'pointers: ["/data/contact/data/fields/party", "/data/successful"]',
      'key { pointers } count',
    );
    expect(found.reduce((sum, { count }) => sum + Number(count), 0)).toBe((await visits()).length);
    expect(new Set(found.map(({ key }) => (key['pointers'] as readonly Json[])[0]))).toEqual(
      new Set(['Ash', 'Birch', 'N']),
    );
  });

  test('measure numbers in documents, and leave out what is none', async () => {
    const query = `{ contactStats { groups { count average(pointer: "/data/profile/age") sum(pointer: "/data/fields/party") } } }`;
    const { contactStats } = await dataOf<{ contactStats: { groups: readonly Group[] } }>(ask('alice', query));
    expect(contactStats.groups).toEqual([{ count: 3, average: expect.any(Number) as number, sum: null }]);
  });
});

describe('time', () => {
  const parts = (time: number, timeZone: string): Readonly<Record<string, string>> => {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
    const day = format.format(time);
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
    const week = new Date(Date.parse(day) - weekday * 86_400_000).toISOString().slice(0, 10);
    return { Day: day, Week: week, Month: `${day.slice(0, 7)}-01` };
  };

  test.each(zones)('is divided into days, weeks and months as the clocks in %s show', async (zone) => {
    for (const bucket of ['Day', 'Week', 'Month']) {
      const found = await groupsOf(
        'alice',
        `groupBy: [timestamp${bucket}] timeZone: "${zone}"`,
        `key { at: timestamp${bucket} } count`,
      );
      const expected = group(await visits(), ({ timestamp }) => parts(timestamp, zone)[bucket]!);
      expect(Object.fromEntries(found.map(({ key, count }) => [JSON.stringify(key['at']), count]))).toEqual(
        Object.fromEntries([...expected].map(([key, rows]) => [key, rows.length])),
      );
    }
  });

  test('is divided into hours that begin as clocks show, an hour that they show twice being two', async () => {
    const found = await groupsOf(
      'alice',
      'groupBy: [timestampHour] timeZone: "Asia/Kathmandu" limit: 1000',
      'key { timestampHour } count',
    );
    expect(new Set(found.map(({ key }) => new Date(String(key['timestampHour'])).getUTCMinutes()))).toEqual(
      new Set([15]),
    );
    for (const timestamp of ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z']) {
      await world.create('bob', 'interaction', { timestamp, unavailableReason: 'Twice' });
    }
    const twice = await groupsOf(
      'alice',
      'groupBy: [timestampHour] timeZone: "America/New_York" where: "/data/unavailableReason eq \\"Twice\\""',
      'key { timestampHour } count',
    );
    expect(twice.map(({ key }) => key['timestampHour'])).toEqual([
      '2026-11-01T05:00:00.000Z',
      '2026-11-01T06:00:00.000Z',
    ]);
  });

  test('is that of each campaign when no zone is given, whether one campaign is asked about or several', async () => {
    const zoneOf = (campaignId: string): string =>
      campaignId === otherCampaign ? 'Asia/Kathmandu' : 'America/New_York';
    const expected = group(await visits(), (row) => [
      row.campaignId,
      parts(row.timestamp, zoneOf(row.campaignId))['Day']!,
    ]);
    const counts = Object.fromEntries([...expected].map(([key, rows]) => [key, rows.length]));
    const asked = 'key { campaignId timestampDay } count';
    const toCounts = (found: readonly Group[]): object =>
      Object.fromEntries(
        found.map(({ key, count }) => [JSON.stringify([key['campaignId'], key['timestampDay']]), count]),
      );
    expect(toCounts(await groupsOf('alice', 'groupBy: [campaignId, timestampDay]', asked))).toEqual(counts);
    const one = await groupsOf(
      'alice',
      'groupBy: [campaignId, timestampDay] filter: { campaignId: { eq: $campaignId } }',
      asked,
    );
    expect(toCounts(one)).toEqual(
      Object.fromEntries(Object.entries(counts).filter(([key]) => key.includes(world.ids.campaign))),
    );
    expect(
      toCounts(
        await groupsOf(
          'alice',
          `groupBy: [campaignId, timestampDay] where: "/data/campaignId eq \\"${otherCampaign}\\""`,
          asked,
        ),
      ),
    ).toEqual(Object.fromEntries(Object.entries(counts).filter(([key]) => key.includes(otherCampaign))));
  });

  test('is UTC where the stored zone is none that PostgreSQL knows', async () => {
    const { id } = await world.create('alice', 'campaign', {});
    await world.create('bob', 'interaction', {
      campaignId: id,
      timestamp: '2026-05-01T01:00:00Z',
      unavailableReason: 'Odd',
    });
    await world.database.transaction((tx) =>
      tx.exec(
        `SELECT doorstep_take_position('${world.ids.customer}'); UPDATE campaigns SET time_zone = 'Mars/Olympus' WHERE id = '${id}'`,
      ),
    );
    const found = await groupsOf(
      'alice',
      'groupBy: [timestampDay] where: "/data/unavailableReason eq \\"Odd\\""',
      'key { timestampDay }',
    );
    expect(found).toEqual([{ key: { timestampDay: '2026-05-01' } }]);
  });

  test('in every zone that Node knows is known to PostgreSQL', async () => {
    const rows = await world.database.query<{ readonly zone: string }>({
      text: `SELECT zone FROM unnest($1::text[]) zone WHERE NOT pg_input_is_valid('2000-01-01 00:00 ' || zone, 'timestamptz')`,
      values: [Intl.supportedValuesOf('timeZone')],
    });
    expect(rows).toEqual([]);
  });
});

describe('having and sort', () => {
  test('are about the groups as they are answered, under the names that they are given', async () => {
    const all = await groupsOf(
      'alice',
      'groupBy: [contactId, successful]',
      'key { contactId successful } visits: count far: max(of: distance)',
    );
    const found = await groupsOf(
      'alice',
      'groupBy: [contactId, successful] having: "visits gte 10 and not /key/successful eq nil or far gt 1" sort: [{ pointer: "/visits", order: DESC }]',
      'key { contactId successful } visits: count far: max(of: distance)',
    );
    const expected = all.filter(
      ({ visits, far, key }) => (Number(visits) >= 10 && key['successful'] !== null) || Number(far) > 1,
    );
    expect(new Set(found.map((one) => JSON.stringify(one)))).toEqual(
      new Set(expected.map((one) => JSON.stringify(one))),
    );
    expect(found.map(({ visits }) => visits)).toEqual(
      [...found.map(({ visits }) => Number(visits))].sort((a, b) => b - a),
    );
  });

  test.each([
    ['a measure that is not asked for', 'having: "sum gt 1"', 'INVALID_FILTER', /There is no attribute \/sum/],
    [
      'a key that is not grouped by',
      'having: "/key/successful eq true"',
      'INVALID_FILTER',
      /There is no attribute \/key\/successful/,
    ],
    ['a text for a number', 'having: "count gt \\"3\\""', 'INVALID_FILTER', /expected a whole number/],
    ['nonsense', 'having: "count gt"', 'INVALID_FILTER', /./],
    [
      'an order by nothing there is',
      'sort: [{ pointer: "/visits" }]',
      'INVALID_SORT',
      /There is no attribute \/visits/,
    ],
    [
      'an order by a pointer that is none',
      'sort: [{ pointer: "" }]',
      'INVALID_SORT',
      /expected a pointer into a group/,
    ],
    ['a zone that is none', 'timeZone: "Mars/Olympus"', 'INVALID_INPUT', /expected an IANA time zone/],
    ['a place that is none', 'pointers: ["/data/nothing"]', 'INVALID_INPUT', /There is no attribute \/data\/nothing/],
    [
      'a place in a row that is none',
      'pointers: ["/data/contact/data/nothing"]',
      'INVALID_INPUT',
      /There is no attribute/,
    ],
    ['a group of attributes as a place', 'pointers: ["/data/location"]', 'INVALID_INPUT', /holds one value/],
    ['a page that is too large', 'limit: 1001', 'INVALID_PAGE', /expected 0 to 1000/],
    ['a page that begins before the first', 'skip: -1', 'INVALID_PAGE', /0 or more/],
    ['too many keys', `pointers: [${'"/id" '.repeat(9)}]`, 'INVALID_INPUT', /may be made by 8 things/],
  ])('%s is refused', async (_, given, code, message) => {
    const { errors } = await ask('alice', `{ interactionStats(${given}) { groups { count } } }`);
    expect(errors?.[0]?.extensions.code).toBe(code);
    expect(errors?.[0]?.message).toMatch(message);
  });

  test.each([
    ['a key that the groups were not made by', 'key { successful }', /only there where the groups are made by it/],
    ['a row that the groups do not refer to', 'key { campaign { id } }', /only there where the groups are made by it/],
    ['no number at all', 'sum', /one of the two, of or pointer/],
    ['two numbers at once', 'sum(of: distance, pointer: "/data/distance")', /one of the two/],
    ['more than all of them', 'percentile(of: distance, at: 1.1)', /from 0 to 1/],
    ['a condition on nothing there is', 'count(where: "/data/nothing eq 1")', /no attribute/],
  ])('%s is refused', async (_, asked, message) => {
    const { errors } = await ask('alice', `{ interactionStats { groups { ${asked} } } }`);
    expect(errors?.[0]?.message).toMatch(message);
    expect(errors?.[0]?.extensions.status).toBe(400);
  });
});

describe('scope', () => {
  const counted = async (person: PersonName): Promise<Json> =>
    (await groupsOf(person, 'limit: 1', 'count'))[0]!['count']!;

  test('is that of the rows themselves: who sees none counts none', async () => {
    const all = (await visits()).length;
    expect(await Promise.all((['alice', 'bob', 'frank', 'chelsea', 'dora', 'erin'] as const).map(counted))).toEqual([
      all,
      all,
      all,
      0,
      0,
      0,
    ]);
  });

  test('holds for what keys refer to, for places in other rows and for the zone of a campaign', async () => {
    const { campaign } = world.ids;
    const { id } = await world.create('chelsea', 'contact', { fields: { party: 'Chelsea' } });
    expect(
      await groupsOf(
        'alice',
        `pointers: ["/data/contact/data/fields/party"] filter: { contactId: { eq: "${id}" } }`,
        'count',
      ),
    ).toEqual([]);
    const query = '{ interactionStats(groupBy: [campaignId]) { groups { key { campaign { id } } count } groupCount } }';
    expect((await dataOf(ask('chelsea', query)))['interactionStats']).toEqual({ groups: [], groupCount: 0 });
    expect(JSON.stringify((await dataOf(ask('alice', query)))['interactionStats'])).toContain(campaign);
  });
});

test('a sum that no double can hold is refused, not a failure of the server', async () => {
  // No transport takes such numbers, but other writers may.
  await world.database.transaction((tx) =>
    tx.exec(`SELECT doorstep_take_position('${world.ids.customer}'); UPDATE interactions SET distance = 1.7e308`),
  );
  const { errors } = await ask('alice', '{ interactionStats { groups { sum(of: distance) } } }');
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', status: 400 });
});

test('groups cost more than rows, and their cost is told before anything is read', async () => {
  const { text } = await ask('alice', '{ interactionStats(limit: 10) { groups { count } } }');
  expect(text).toMatch(/"extensions":\{"cost":20010\}/);
  const many = Array.from(
    { length: 50 },
    (_, index) => `a${index}: interactionStats { groups { countDistinct(of: contactId) } }`,
  );
  const { errors } = await ask('alice', `{ ${many.join(' ')} }`);
  expect(errors?.[0]?.extensions.code).toBe('TOO_COSTLY');
});
