/**
 * Checking out walklists: a lease that ends by itself, and no door that two people hold. Alice plans turfs; bob and frank
 * walk in her organization.
 */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/json.ts';
import { Late } from '../../../src/late.ts';
import { compare } from '../../../src/filter/tree.ts';
import { wholeEnvelope } from '../../../src/read/envelope.ts';
import { makeLog } from '../../../src/log.ts';
import { endLapsedLeases } from '../../../src/turf/end-lapsed-leases.ts';
import { findAction } from '../../../src/write/actions.ts';
import type { Change, Verdict } from '../../../src/write/change.ts';
import { makeWorld, type PersonName, type Row, type World } from '../../world.ts';
import {
  create,
  type Envelope,
  envelopeOf,
  expectProblem,
  outcomeOf,
  patch,
  remove,
  replace,
  restore,
} from './verdicts.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  const permissions = ['read@*', 'insert@walklists', 'modify@walklists', 'insert@interactions', 'modify@interactions'];
  const { id } = await world.create('alice', 'role', { name: 'walker', permissions });
  for (const person of ['bob', 'frank'] as const) await giveRole(person, id);
});
afterAll(() => world.close());

async function giveRole(person: PersonName, roleId: string): Promise<void> {
  const rows = await world.rows<{ id: string; etag: string; user_id: string }>('membership');
  const row = rows.find(({ user_id: userId }) => userId === world.people[person].userId)!;
  envelopeOf(await world.change(null, 'membership', patch(row, replace('/roleId', roleId))));
}

interface Door {
  readonly householdId: string;
  readonly contactId: string;
  readonly contactHouseholdId: string;
}

let doors = 0;
async function makeDoor(): Promise<Door> {
  const { id: addressId } = await world.create('alice', 'address', {
    number: `${++doors}`,
    streetName: 'Lease Street',
  });
  const { id: householdId } = await world.create('alice', 'household', { addressId });
  const { id: contactId } = await world.create('alice', 'contact', { primaryHouseholdId: householdId });
  const { id } = await world.create('alice', 'contactHousehold', { contactId, householdId });
  return { householdId, contactId, contactHouseholdId: id };
}

function makeDoors(count: number): Promise<readonly Door[]> {
  return Promise.all(Array.from({ length: count }, makeDoor));
}

function makeWalklist(stops: readonly Door[], data: JsonObject = {}): Promise<Row> {
  const items = stops.map(({ householdId, contactHouseholdId }) => {
    return { householdId, contactHouseholdIds: [contactHouseholdId] };
  });
  return world.create('alice', 'walklist', { stops: items, ...data });
}

interface Version {
  readonly id: string;
  readonly etag: string;
}

function act({ id, etag }: Version, action: string, params: JsonObject = {}): Change {
  const asked = () => findAction(world.model.get('walklist'), { action, ...params });
  return { kind: 'patch', id, etags: [etag], operations: () => [], action: asked };
}

/** Does it in somebody's name, and answers with the walklist as it is then. */
async function done(
  person: PersonName,
  version: Version,
  action: string,
  params: JsonObject = {},
): Promise<Version & Envelope> {
  const envelope = envelopeOf(await world.change(person, 'walklist', act(version, action, params)));
  return { ...envelope, etag: envelope.meta.etag };
}

const tell = (person: PersonName, version: Version, action: string, params: JsonObject = {}): Promise<Verdict> =>
  world.change(person, 'walklist', act(version, action, params));

const hoursFromNow = (text: Json | undefined): number => (Date.parse(String(text)) - Date.now()) / 3_600_000;
const past = '2026-01-01T12:00:00.000Z';

/** Ends the lease behind everybody's back, as the hour does. */
async function letLapse(walklist: Version): Promise<Version & Envelope> {
  const verdict = await world.change(null, 'walklist', patch(walklist, replace('/expires', past)));
  return { ...envelopeOf(verdict), etag: envelopeOf(verdict).meta.etag };
}

/** What the campaign says of the contact at the door, as a client reads it. */
async function reservationOf({ contactHouseholdId }: Door): Promise<Json | undefined> {
  const resource = world.model.get('contactHouseholdCampaign');
  const filter = compare(['data', 'contactHouseholdId'], 'eq', Late.value('link'));
  const members = wholeEnvelope(resource);
  const question = { resource, members, spelling: 'rest', deleted: 'exclude', filter } as const;
  const given = { link: contactHouseholdId };
  const row = await world.reader.findRow(world.people.alice.viewer, question, { given });
  return row === null ? undefined : (JSON.parse(row.text.toString()) as Envelope).data['reservation'];
}

describe('the lease', () => {
  test('checking out gives the walklist to whoever asks, for twelve hours or as many as they say', async () => {
    const walk = await makeWalklist(await makeDoors(1));
    const mine = await done('bob', walk, 'checkOut');
    expect(mine.data).toMatchObject({ status: 'checked-out', userId: world.people.bob.userId });
    expect(hoursFromNow(mine.data['expires'])).toBeCloseTo(12, 1);
    const longer = await done('bob', mine, 'renew', { hours: 30 });
    expect(hoursFromNow(longer.data['expires'])).toBeCloseTo(30, 1);
  });

  test('whoever has it hands it over, and then has it no more', async () => {
    const walk = await done('bob', await makeWalklist(await makeDoors(1)), 'checkOut');
    const franks = await done(
      'frank',
      await done('bob', walk, 'handOver', { userId: world.people.frank.userId }),
      'renew',
    );
    expect(franks.data).toMatchObject({ status: 'checked-out', userId: world.people.frank.userId });
    expectProblem(await tell('bob', franks, 'renew'), 'FORBIDDEN');
    expectProblem(await tell('bob', franks, 'checkOut'), 'LEASE_HELD');
    const leases = await world.database.query<{ user_id: string; ended: string | null }>({
      text: 'SELECT user_id, ended FROM walklist_leases WHERE walklist_id = $1 ORDER BY id',
      values: [walk.id],
    });
    expect(leases.map(({ user_id: userId, ended }) => [userId, ended === null])).toEqual([
      [world.people.bob.userId, false],
      [world.people.frank.userId, true],
    ]);
  });

  test('what is finished or given back cannot be renewed, handed over, or finished again', async () => {
    const finished = await done('bob', await done('bob', await makeWalklist(await makeDoors(1)), 'checkOut'), 'finish');
    expect(finished.data).toMatchObject({ status: 'done', userId: world.people.bob.userId });
    expect(finished.data).not.toHaveProperty('expires');
    const back = await done('bob', await done('bob', await makeWalklist(await makeDoors(1)), 'checkOut'), 'giveBack');
    expect(back.data).toMatchObject({ status: 'open' });
    expect(back.data).not.toHaveProperty('userId');
    for (const walk of [finished, back]) {
      for (const action of ['renew', 'giveBack', 'finish'])
        expectProblem(await tell('bob', walk, action), 'LEASE_ENDED');
      const to = { userId: world.people.frank.userId };
      expectProblem(await tell('bob', walk, 'handOver', to), 'LEASE_ENDED');
    }
    expectProblem(await tell('bob', finished, 'checkOut'), 'LEASE_ENDED');
    expect(outcomeOf(await tell('frank', back, 'checkOut'))).toBe('changed');
  });

  test('a lease that has run out can be renewed by whoever had it, or taken by somebody else', async () => {
    const doors = await makeDoors(2);
    const walk = await letLapse(await done('bob', await makeWalklist(doors), 'checkOut'));
    const renewed = await letLapse(await done('bob', walk, 'renew'));
    const taken = await done('frank', renewed, 'checkOut');
    expect(taken.data['userId']).toBe(world.people.frank.userId);
    expectProblem(await tell('bob', taken, 'renew'), 'FORBIDDEN');
  });

  test('a lease that has run out is not renewed once somebody else is on the way to a door of it', async () => {
    const [here, there] = await makeDoors(2);
    const lapsed = await letLapse(await done('bob', await makeWalklist([here!, there!]), 'checkOut'));
    const franks = await done('frank', await makeWalklist([there!]), 'checkOut');
    const problem = expectProblem(await tell('bob', lapsed, 'renew'), 'LEASE_HELD');
    expect(problem.facts.errors).toEqual([
      { pointer: '/stops/1/householdId', message: 'is a door that somebody else holds' },
    ]);
    await done('frank', franks, 'giveBack');
    expect(outcomeOf(await tell('bob', lapsed, 'renew'))).toBe('changed');
  });

  test('a lease ends with its walklist, which comes back open', async () => {
    const [door] = await makeDoors(1);
    const walk = await done('bob', await makeWalklist([door!]), 'checkOut');
    const gone = envelopeOf(await world.change('alice', 'walklist', remove(walk)));
    const other = await done('frank', await makeWalklist([door!]), 'checkOut');
    const back = envelopeOf(await world.change('alice', 'walklist', restore({ id: walk.id, etag: gone.meta.etag })));
    expect(back.data['status']).toBe('open');
    expectProblem(await tell('bob', { id: walk.id, etag: back.meta.etag }, 'checkOut'), 'LEASE_HELD');
    await done('frank', other, 'finish');
    expect(outcomeOf(await tell('bob', { id: walk.id, etag: back.meta.etag }, 'checkOut'))).toBe('changed');
  });

  test('what an action takes is checked, and named where it is wrong', async () => {
    const [door, foreign] = await makeDoors(2);
    const walk = await done('bob', await makeWalklist([door!]), 'checkOut');
    const cases: readonly (readonly [string, JsonObject, string])[] = [
      ['renew', { hours: 0 }, '/params/hours'],
      ['renew', { hours: '3' }, '/params/hours'],
      ['renew', { hours: 100_000 }, '/params/hours'],
      ['checkOut', { userId: 'bob' }, '/params/userId'],
      ['handOver', {}, '/params/userId'],
      ['handOver', { userId: makeId() }, '/userId'],
      ['giveBack', { householdIds: [] }, '/params/householdIds'],
      ['giveBack', { householdIds: 'all' }, '/params/householdIds'],
      ['giveBack', { householdIds: [door!.householdId, foreign!.householdId] }, '/params/householdIds/1'],
    ];
    for (const [action, params, pointer] of cases) {
      const problem = expectProblem(await tell('bob', walk, action, params), 'INVALID_INPUT');
      expect([action, params, problem.facts.errors?.[0]?.pointer]).toEqual([action, params, pointer]);
    }
  });
});

describe('giving back some of it', () => {
  test('the doors that are given back are an open walklist of their own, in their order', async () => {
    const doors = await makeDoors(4);
    const walk = await done(
      'bob',
      await makeWalklist(doors, { name: 'Four doors', turfId: world.ids.turf }),
      'checkOut',
    );
    const returned = [doors[3]!, doors[1]!].map(({ householdId }) => householdId);
    const rest = await done('bob', walk, 'giveBack', { householdIds: returned });
    const households = ({ stops }: JsonObject): readonly (Json | undefined)[] =>
      (stops as readonly JsonObject[]).map(({ householdId }) => householdId);
    expect(households(rest.data)).toEqual([doors[0]!.householdId, doors[2]!.householdId]);
    expect(rest.data).toMatchObject({ status: 'checked-out', userId: world.people.bob.userId });
    const open = await world.rows<{
      id: string;
      name: string;
      status: string;
      turf_id: string;
      etag: string;
      created_by: string;
    }>('walklist');
    const [made] = open.filter(({ id, name }) => name === 'Four doors' && id !== walk.id);
    expect(made).toMatchObject({ status: 'open', turf_id: world.ids.turf, created_by: world.people.bob.userId });
    const franks = await done('frank', made!, 'checkOut');
    expect(households(franks.data)).toEqual([doors[1]!.householdId, doors[3]!.householdId]);
    expect(await reservationOf(doors[1]!)).toEqual({ reserved: true, walklistId: made!.id });
    expect(await reservationOf(doors[0]!)).toEqual({ reserved: true, walklistId: walk.id });
  });
});

describe('no door is held by two', () => {
  test('a walklist with a door that somebody holds cannot be checked out, and the refusal names the door', async () => {
    const [one, both, other] = await makeDoors(3);
    await done('bob', await makeWalklist([one!, both!]), 'checkOut');
    const problem = expectProblem(await tell('frank', await makeWalklist([other!, both!]), 'checkOut'), 'LEASE_HELD');
    expect(problem.facts.errors).toMatchObject([{ pointer: '/stops/1/householdId' }]);
  });

  test('another campaign may knock at the same door', async () => {
    const doors = await makeDoors(1);
    const { id: campaignId } = await world.create('alice', 'campaign', {});
    await done('bob', await makeWalklist(doors), 'checkOut');
    expect(outcomeOf(await tell('frank', await makeWalklist(doors, { campaignId }), 'checkOut'))).toBe('changed');
  });

  test('neither a create nor a plain patch goes around it', async () => {
    const [door, free] = await makeDoors(2);
    await done('bob', await makeWalklist([door!]), 'checkOut');
    const stops = [{ householdId: door!.householdId }];
    const body = world.body('walklist', { stops, status: 'checked-out' });
    expectProblem(await world.change('frank', 'walklist', create(body)), 'LEASE_HELD');
    const open = await makeWalklist([door!]);
    expectProblem(
      await world.change('frank', 'walklist', patch(open, replace('/status', 'checked-out'))),
      'LEASE_HELD',
    );
    const franks = await done('frank', await makeWalklist([free!]), 'checkOut');
    expectProblem(await world.change('frank', 'walklist', patch(franks, replace('/stops', stops))), 'LEASE_HELD');
  });

  test('within one batch the first has the door', async () => {
    const doors = await makeDoors(1);
    const [one, two] = [await makeWalklist(doors), await makeWalklist(doors)];
    const verdicts = await world.changeAll('bob', 'walklist', [act(one, 'checkOut'), act(two, 'checkOut')]);
    expect(verdicts.map(outcomeOf)).toEqual(['changed', 'LEASE_HELD']);
    const held = envelopeOf(verdicts[0]);
    const swapped = await world.changeAll('bob', 'walklist', [
      act(two, 'checkOut'),
      act({ id: held.id, etag: held.meta.etag }, 'giveBack'),
    ]);
    expect(swapped.map(outcomeOf)).toEqual(['changed', 'changed']);
  });

  test('of twenty who check out overlapping walklists at once, exactly one has each door', async () => {
    const doors = await makeDoors(10);
    const walks = await Promise.all(
      Array.from({ length: 20 }, (_, index) => makeWalklist([0, 3, 7].map((step) => doors[(index + step) % 10]!))),
    );
    const verdicts = await Promise.all(
      walks.map((walk, index) => tell(index % 2 === 0 ? 'bob' : 'frank', walk, 'checkOut')),
    );
    const won = verdicts.filter((verdict) => !('problem' in verdict)).map(envelopeOf);
    for (const verdict of verdicts) if ('problem' in verdict) expectProblem(verdict, 'LEASE_HELD');
    const held = won.flatMap(({ data }) =>
      (data['stops'] as readonly JsonObject[]).map(({ householdId }) => householdId),
    );
    expect(won.length).toBeGreaterThan(1);
    expect(new Set(held).size).toBe(held.length);
    // Nobody was refused without a reason: each of the others wants a door that is held.
    for (const walk of walks.filter(({ id }) => !won.some((one) => one.id === id))) {
      const wanted = (walk.data['stops'] as readonly JsonObject[]).map(({ householdId }) => householdId);
      expect(wanted.some((household) => held.includes(household))).toBe(true);
    }
  });

  test('the database refuses a second holder whoever writes', async () => {
    const doors = await makeDoors(1);
    const walk = await done('bob', await makeWalklist(doors), 'checkOut');
    const again = world.database.query({
      text: `INSERT INTO held_doors SELECT customer_id, campaign_id, household_id, uuidv7() FROM held_doors
        WHERE walklist_id = $1`,
      values: [walk.id],
    });
    await expect(again).rejects.toMatchObject({ code: '23505' });
  });
});

describe('who may', () => {
  test('who plans turfs gives a walklist to somebody, hands it over and takes it back', async () => {
    const { bob, frank } = world.people;
    const walk = await done('alice', await makeWalklist(await makeDoors(1)), 'checkOut', { userId: bob.userId });
    expect(walk.data['userId']).toBe(bob.userId);
    const franks = await done('alice', walk, 'handOver', { userId: frank.userId });
    expect((await done('alice', franks, 'giveBack')).data['status']).toBe('open');
  });

  test('others see to their own walks only', async () => {
    const { frank, alice } = world.people;
    const open = await makeWalklist(await makeDoors(1));
    expectProblem(await tell('bob', open, 'checkOut', { userId: frank.userId }), 'FORBIDDEN');
    const meant = await makeWalklist(await makeDoors(1), { userId: frank.userId });
    expectProblem(await tell('bob', meant, 'checkOut'), 'FORBIDDEN');
    const franks = await done('frank', meant, 'checkOut');
    for (const action of ['renew', 'giveBack', 'finish']) expectProblem(await tell('bob', franks, action), 'FORBIDDEN');
    expectProblem(await world.change('bob', 'walklist', patch(franks, replace('/name', 'Mine now'))), 'FORBIDDEN');
    expectProblem(await tell('bob', franks, 'checkOut'), 'LEASE_HELD');
    const body = world.body('walklist', { userId: alice.userId });
    expectProblem(await world.change('bob', 'walklist', create(body)), 'FORBIDDEN');
  });

  test('without modify@walklists nobody checks anything out, and strangers are told of nothing', async () => {
    const walk = await makeWalklist(await makeDoors(1));
    expectProblem(await tell('erin', walk, 'checkOut'), 'NOT_FOUND');
    expectProblem(await tell('chelsea', walk, 'checkOut'), 'NOT_FOUND');
    expectProblem(await tell('dora', walk, 'checkOut'), 'NOT_FOUND');
  });
});

describe('reservations', () => {
  test('a contact is reserved while the walklist is out, and no longer', async () => {
    const [door] = await makeDoors(1);
    expect(await reservationOf(door!)).toBeUndefined();
    const walk = await done('bob', await makeWalklist([door!]), 'checkOut');
    expect(await reservationOf(door!)).toEqual({ reserved: true, walklistId: walk.id });
    await done('bob', walk, 'giveBack');
    expect(await reservationOf(door!)).toEqual({ reserved: false });
  });

  test('a lease that runs out ends the reservation in the same moment, for reads and for filters', async () => {
    const [door] = await makeDoors(1);
    const walk = await done('bob', await makeWalklist([door!]), 'checkOut');
    // Not through the server, so that nothing could have been tidied up on the way.
    await world.database.transaction(async (tx) => {
      await tx.query({ text: 'SELECT doorstep_take_position($1)', values: [world.ids.customer] });
      await tx.query({ text: 'UPDATE walklists SET expires = $2 WHERE id = $1', values: [walk.id, past] });
    });
    expect(await reservationOf(door!)).toMatchObject({ reserved: false });
    const answer = await world.app.inject({
      url: `/v1/contact-household-campaigns?filter=${encodeURIComponent('/data/reservation/reserved eq true')}`,
      headers: world.as('alice'),
    });
    expect(answer.body).not.toContain(door!.contactHouseholdId);
  });

  test('everybody whom the campaign knows behind the door is reserved, and nobody is made up', async () => {
    const [door] = await makeDoors(1);
    const { id: contactId } = await world.create('alice', 'contact', { externalId: makeId() });
    const { id: known } = await world.create('alice', 'contactHousehold', {
      contactId,
      householdId: door!.householdId,
    });
    await world.create('alice', 'contactHouseholdCampaign', { contactHouseholdId: known });
    const stops = [{ householdId: door!.householdId, contactHouseholdIds: [makeId()] }];
    const walk = await done('bob', await world.create('alice', 'walklist', { stops }), 'checkOut');
    expect(await reservationOf({ ...door!, contactHouseholdId: known })).toEqual({
      reserved: true,
      walklistId: walk.id,
    });
    expect(await reservationOf(door!)).toBeUndefined();
  });
});

describe('housekeeping', () => {
  test('a walklist whose lease has run out is open again, one whose lease was renewed meanwhile is not', async () => {
    const [lapsed, renewed] = [await makeWalklist(await makeDoors(1)), await makeWalklist(await makeDoors(1))];
    await letLapse(await done('bob', lapsed, 'checkOut'));
    await done('bob', await letLapse(await done('bob', renewed, 'checkOut')), 'renew');
    const { database, writer, model } = world;
    const log = makeLog({ logLevel: 'silent', logFormat: 'json' });
    expect(await endLapsedLeases({ database, writer, model, log })).toBeGreaterThan(0);
    const rows = await world.rows<{ id: string; status: string; user_id: string | null; expires: string | null }>(
      'walklist',
    );
    const find = (id: string) => rows.find((row) => row.id === id);
    expect(find(lapsed.id)).toMatchObject({ status: 'open', user_id: null, expires: null });
    expect(find(renewed.id)).toMatchObject({ status: 'checked-out', user_id: world.people.bob.userId });
    expect(await endLapsedLeases({ database, writer, model, log })).toBe(0);
  });
});

describe('results that come late', () => {
  const visit = (person: PersonName, walklistId: string, { contactId, householdId }: Door) =>
    world.create(person, 'interaction', { walklistId, contactId, householdId });

  test('they are taken, and marked', async () => {
    const [door] = await makeDoors(1);
    const walk = await done('bob', await makeWalklist([door!]), 'checkOut');
    const inTime = await visit('bob', walk.id, door!);
    expect(inTime.data).not.toHaveProperty('late');
    await letLapse(walk);
    const late = await visit('bob', walk.id, door!);
    expect(late.data['late']).toBe(true);
    const corrected = envelopeOf(await world.change('bob', 'interaction', patch(late, replace('/unavailable', true))));
    expect(corrected.data['late']).toBe(true);
    const laterToo = envelopeOf(await world.change('bob', 'interaction', patch(inTime, replace('/unavailable', true))));
    expect(laterToo.data).not.toHaveProperty('late');
  });

  test('after a hand-over they are late for the first, and in time for the second', async () => {
    const [door] = await makeDoors(1);
    const walk = await done('bob', await makeWalklist([door!]), 'checkOut');
    await done('bob', walk, 'handOver', { userId: world.people.frank.userId });
    expect((await visit('bob', walk.id, door!)).data['late']).toBe(true);
    expect((await visit('frank', walk.id, door!)).data).not.toHaveProperty('late');
  });

  test('what arrives behind its own finish is not late, nor is the visit of somebody who never had the walklist', async () => {
    const [door] = await makeDoors(1);
    const walk = await done('bob', await makeWalklist([door!]), 'checkOut');
    expect((await visit('alice', walk.id, door!)).data).not.toHaveProperty('late');
    await done('bob', walk, 'finish');
    expect((await visit('bob', walk.id, door!)).data).not.toHaveProperty('late');
  });

  test('nobody says for themselves that they are late', async () => {
    const [door] = await makeDoors(1);
    const body = world.body('interaction', { contactId: door!.contactId, householdId: door!.householdId, late: true });
    const problem = expectProblem(await world.change('bob', 'interaction', create(body)), 'INVALID_INPUT');
    expect(problem.facts.errors).toMatchObject([{ pointer: '/late' }]);
  });
});
