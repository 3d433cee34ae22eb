/** What a campaign knows of a door follows from its latest event, in whatever order the events arrive. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type Row, type World } from '../../world.ts';
import { create, envelopeOf, expectProblem, patch, remove, replace, restore } from './verdicts.ts';

interface DoorRow {
  readonly id: string;
  readonly etag: string;
  readonly contact_household_id: string;
  readonly contacted: boolean;
  readonly successful: boolean | null;
  readonly state: string;
  readonly status_id: string | null;
  readonly availability_available: boolean | null;
  readonly availability_unavailable_reason: string | null;
}

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

/** A door that nobody has been at. */
async function makeDoor(): Promise<{ contactId: string; contactHouseholdId: string }> {
  const contact = await world.create('alice', 'contact', { externalId: makeId(), primaryHouseholdId: null });
  const link = await world.create('alice', 'contactHousehold', { contactId: contact.id });
  return { contactId: contact.id, contactHouseholdId: link.id };
}

function visit(door: { contactId: string }, day: number, result: JsonObject, more = {}): Promise<Row> {
  const timestamp = `2026-05-${String(day).padStart(2, '0')}T18:00:00.000Z`;
  return world.create(
    'frank',
    'interaction',
    { contactId: door.contactId, timestamp, successful: null, ...result },
    more,
  );
}

async function doorOf({ contactHouseholdId }: { contactHouseholdId: string }): Promise<DoorRow | undefined> {
  const doors = await world.rows<DoorRow>('contactHouseholdCampaign');
  return doors.find((door) => door.contact_household_id === contactHouseholdId);
}

const notHome = { unavailable: true, unavailableReason: 'Not Home' };
const comeBack = { unavailable: true, unavailableReason: 'Come Back' };
const talked = { unavailable: false, successful: true };

test.each([
  [notHome, 'contacted-unavailable-not-home', false],
  [comeBack, 'come-back', false],
  [{ unavailable: true, unavailableReason: 'Moved' }, 'contacted-unavailable-other', false],
  [{ unavailable: true }, 'contacted-unavailable-other', false],
  [talked, 'contacted-available-successful', true],
  [{ unavailable: false, successful: false }, 'contacted-available-not-successful', false],
  [{ unavailable: false, unavailableReason: 'Come Back', successful: true }, 'contacted-available-successful', true],
  [{ unavailable: true, unavailableReason: 'Not Home', successful: true }, 'contacted-unavailable-not-home', false],
])('a visit with %j makes the door %s', async (result, state, successful) => {
  const door = await makeDoor();
  await visit(door, 1, result);
  expect(await doorOf(door)).toMatchObject({ contacted: true, state, successful });
});

test('the event time decides, not the order of arrival', async () => {
  const door = await makeDoor();
  await visit(door, 9, talked);
  await visit(door, 3, notHome);
  expect(await doorOf(door)).toMatchObject({ state: 'contacted-available-successful' });
});

test('every order of arrival and any retry ends in the same state', async () => {
  const events = [1, 2, 3].map((day) => ({ day, result: [notHome, comeBack, talked][day - 1]!, id: makeId() }));
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  for (const order of orders) {
    const door = await makeDoor();
    const own = events.map((event) => ({ ...event, id: makeId() }));
    for (const index of [...order, ...order])
      await visit(door, own[index]!.day, own[index]!.result, { id: own[index]!.id });
    expect(await doorOf(door)).toMatchObject({ state: 'contacted-available-successful' });
    const visits = await world.rows<{ contact_id: string }>('interaction');
    expect(visits.filter(({ contact_id }) => contact_id === door.contactId)).toHaveLength(3);
  }
});

test('a device clock from the future cannot pin a door', async () => {
  const door = await makeDoor();
  await world.create('frank', 'interaction', {
    contactId: door.contactId,
    timestamp: '2099-01-01T00:00:00Z',
    ...notHome,
  });
  await world.create('frank', 'interaction', {
    contactId: door.contactId,
    timestamp: '2099-01-01T00:00:00Z',
    ...talked,
  });
  expect(await doorOf(door)).toMatchObject({ state: 'contacted-available-successful' });
});

test('a correction, a deletion and a restoration derive the door anew', async () => {
  const door = await makeDoor();
  await visit(door, 1, notHome);
  const latest = await visit(door, 2, talked);
  const corrected = envelopeOf(
    await world.change('frank', 'interaction', patch(latest, replace('/successful', false))),
  );
  expect(await doorOf(door)).toMatchObject({ state: 'contacted-available-not-successful' });
  const version = { id: corrected.id, etag: corrected.meta.etag };
  const removed = envelopeOf(await world.change('frank', 'interaction', remove(version)));
  expect(await doorOf(door)).toMatchObject({ state: 'contacted-unavailable-not-home' });
  await world.change('frank', 'interaction', restore({ id: removed.id, etag: removed.meta.etag }));
  expect(await doorOf(door)).toMatchObject({ state: 'contacted-available-not-successful' });
});

test('a door whose only visit is deleted was never contacted', async () => {
  const door = await makeDoor();
  const only = await visit(door, 1, talked);
  await world.change('frank', 'interaction', remove(only));
  expect(await doorOf(door)).toMatchObject({ contacted: false, state: 'not-contacted-normal', successful: null });
});

test('a visit that moves to another contact moves both doors', async () => {
  const [from, to] = [await makeDoor(), await makeDoor()];
  const moved = await visit(from, 1, talked);
  const verdict = await world.change('frank', 'interaction', patch(moved, replace('/contactId', to.contactId)));
  expect(envelopeOf(verdict).data).toMatchObject({ contactHouseholdId: to.contactHouseholdId });
  expect(await doorOf(from)).toMatchObject({ state: 'not-contacted-normal' });
  expect(await doorOf(to)).toMatchObject({ state: 'contacted-available-successful' });
});

test('a status set by hand counts from the moment it is set, until a later visit', async () => {
  const door = await makeDoor();
  await visit(door, 1, notHome);
  const appointment = await world.create('alice', 'status', { name: 'Tea', contactState: 'appointment' });
  const before = (await doorOf(door))!;
  const byHand = await world.change(
    'alice',
    'contactHouseholdCampaign',
    patch(before, replace('/statusId', appointment.id)),
  );
  expect(envelopeOf(byHand).data).toMatchObject({ state: 'appointment', contacted: true });
  // It happened in May, so it comes before what was set by hand just now.
  const late = await visit(door, 2, talked);
  expect(await doorOf(door)).toMatchObject({ state: 'appointment', status_id: appointment.id });
  await world.create('frank', 'interaction', {
    contactId: door.contactId,
    timestamp: '2099-01-01T00:00:00Z',
    ...talked,
  });
  expect(await doorOf(door)).toMatchObject({ state: 'contacted-available-successful', status_id: null });
  const newest = (await world.rows<{ id: string; etag: string; timestamp: string }>('interaction')).filter(
    ({ timestamp }) => timestamp.startsWith('2099'),
  );
  for (const row of newest) await world.change('frank', 'interaction', remove(row));
  expect(await doorOf(door)).toMatchObject({ state: 'appointment', status_id: appointment.id });
  await world.change('frank', 'interaction', remove(late));
  expect(await doorOf(door)).toMatchObject({ state: 'appointment' });
});

test('a status whose contactState is another is refused, at the door and at the visit', async () => {
  const door = await makeDoor();
  await visit(door, 1, notHome);
  const row = (await doorOf(door))!;
  const verdict = await world.change(
    'alice',
    'contactHouseholdCampaign',
    patch(row, replace('/statusId', world.ids.status), replace('/state', 'come-back')),
  );
  expect(expectProblem(verdict, 'INVALID_INPUT').facts.errors).toMatchObject([{ pointer: '/statusId' }]);
  const body = world.body('interaction', { contactId: door.contactId, ...notHome, statusId: world.ids.status });
  const refused = await world.change('frank', 'interaction', create(body));
  expect(expectProblem(refused, 'INVALID_INPUT').facts.errors).toMatchObject([{ pointer: '/statusId' }]);
});

test('canvassers who report on one door at once leave the state of the latest event', async () => {
  const door = await makeDoor();
  const results = [notHome, comeBack, talked, notHome, comeBack, talked, notHome, comeBack];
  await Promise.all(results.map((result, index) => visit(door, index + 1, result)));
  expect(await doorOf(door)).toMatchObject({ state: 'come-back' });
  const doors = await world.rows<DoorRow>('contactHouseholdCampaign');
  expect(doors.filter((row) => row.contact_household_id === door.contactHouseholdId)).toHaveLength(1);
});
