/** Ways to more than one was given, each tried and refused. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';
import { create, envelopeOf, expectProblem, outcomeOf, patch, remove, replace, restore } from './verdicts.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

test('a new organization cannot be given a group that is there already', async () => {
  const params = { securityGroupId: world.ids.group };
  const made = await world.change(
    'chelsea',
    'organization',
    create({ name: 'Takeover', discoverable: false }, { params }),
  );
  const [row] = await world.database.query<{ group: string }>({
    text: 'SELECT security_group_id AS group FROM organizations WHERE id = $1',
    values: [envelopeOf(made).id],
  });
  expect(row!.group).not.toBe(world.ids.group);
});

test('nobody founds an organization below one that is not theirs, or moves one there', async () => {
  const body = { name: 'Cuckoo', discoverable: false };
  const below = { ...body, parentId: world.ids.organization };
  expectProblem(await world.change('chelsea', 'organization', create(below)), 'INVALID_INPUT');
  const own = envelopeOf(await world.change('chelsea', 'organization', create(body)));
  expect(own.data).toMatchObject({ parentId: world.ids.elsewhere });
});

test('nobody makes members of an organization that is not theirs', async () => {
  const body = { organizationId: world.ids.organization, userId: world.people.chelsea.userId, roleId: world.ids.role };
  const verdict = await world.change('chelsea', 'membership', create({ ...body, status: 'active' }));
  expect(expectProblem(verdict, 'INVALID_INPUT').facts.errors).toMatchObject([{ pointer: '/organizationId' }]);
});

test('a duplicate that the caller may not read is neither answered with nor named', async () => {
  const permissions = ['insert@contacts'];
  const role = await world.create('alice', 'role', { name: 'data entry', permissions });
  const { id: userId } = await world.create('alice', 'user', { email: 'entry@doorstep.example', status: 'active' });
  const organizationId = world.ids.organization;
  await world.create('alice', 'membership', { organizationId, userId, roleId: role.id, status: 'active' });
  const claims = { customerId: world.ids.customer, userId, organizationId, client: null };
  const viewer = (await world.viewers.find(claims))!;
  const secret = await world.create('alice', 'contact', { externalId: 'V-secret', primaryHouseholdId: null });
  const body: JsonObject = { profile: {}, fields: {}, externalId: 'V-secret' };
  const options = { onError: 'continue', members: [], spelling: 'rest', requestId: null } as const;
  const [verdict] = await world.writer.write(viewer, world.model.get('contact'), [create(body)], options);
  expect(expectProblem(verdict, 'DUPLICATE').detail).not.toContain(secret.id);
});

test('one row in two spellings of its id is one row', async () => {
  const note = await world.create('alice', 'note', { text: 'start' });
  const shouted = { ...note, id: note.id.toUpperCase() };
  const verdicts = await world.changeAll('alice', 'note', [
    patch(note, replace('/text', 'x')),
    patch(shouted, replace('/text', 'y')),
  ]);
  expect(verdicts.map(outcomeOf)).toEqual(['changed', 'ETAG_STALE']);
});

test('a door that comes back with its contact is what its visits say now', async () => {
  const contact = await world.create('alice', 'contact', { externalId: makeId(), primaryHouseholdId: null });
  await world.create('alice', 'contactHousehold', { contactId: contact.id });
  const visit = await world.create('alice', 'interaction', { contactId: contact.id });
  const gone = envelopeOf(await world.change('alice', 'contact', remove(contact)));
  await world.change('alice', 'interaction', remove(visit));
  await world.change('alice', 'contact', restore({ id: gone.id, etag: gone.meta.etag }));
  const doors = await world.rows<{ contact_household_id: string; state: string }>('contactHouseholdCampaign');
  const link = visit.data['contactHouseholdId'];
  expect(doors.find((door) => door.contact_household_id === link)).toMatchObject({ state: 'not-contacted-normal' });
});

test('a measured distance goes with the place that it was measured from', async () => {
  const visit = await world.create('alice', 'interaction');
  expect(visit.data['distance']).toBeGreaterThanOrEqual(0);
  const moved = await world.change('alice', 'interaction', patch(visit, { op: 'remove', path: '/location' }));
  expect(envelopeOf(moved).data).not.toHaveProperty('distance');
});

test('a status keeps serving the visits that have it when its meaning changes', async () => {
  const status = await world.create('alice', 'status', { name: 'Sign' });
  const visit = await world.create('alice', 'interaction', { statusId: status.id });
  await world.change('alice', 'status', patch(status, replace('/contactState', 'come-back')));
  const patched = await world.change('alice', 'interaction', patch(visit, replace('/unavailableReason', null)));
  expect(outcomeOf(patched)).toBe('unchanged');
  const corrected = await world.change('alice', 'interaction', patch(visit, { op: 'remove', path: '/location' }));
  expect(outcomeOf(corrected)).toBe('changed');
});

test.each(['2023-02-30T00:00:00Z', '2020-01-01T00:00:00+16:00', '0000-01-01T00:00:00Z'])(
  'a filter by the impossible moment %s finds nothing',
  async (moment) => {
    const query = new URLSearchParams([['filter[/data/timestamp]', moment]]);
    const response = await world.app.inject({
      url: `/v2/interactions?${query.toString()}`,
      headers: world.as('alice'),
    });
    expect([response.statusCode, response.json<{ data: unknown[] }>().data]).toEqual([200, []]);
  },
);

test('what comes behind the id in a sort has nothing left to decide', async () => {
  await Promise.all(['b', 'a', 'c'].map((text) => world.create('alice', 'note', { text })));
  const query = new URLSearchParams({ sort: '["/id","DESC","/data/text","ASC"]' });
  const response = await world.app.inject({ url: `/v2/notes?${query.toString()}`, headers: world.as('alice') });
  const ids = response.json<{ data: { id: string }[] }>().data.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort().reverse());
});

test('a cursor that was made by hand is refused, also inside documents', async () => {
  for (const value of ['\\ud800', '\\u0000']) {
    const cursor = `["/data/profile/age ASC","${value}","${makeId()}"]`;
    const query = new URLSearchParams({ sort: '/data/profile/age', after: Buffer.from(cursor).toString('base64url') });
    const response = await world.app.inject({ url: `/v2/contacts?${query.toString()}`, headers: world.as('alice') });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([400, 'INVALID_PAGE']);
  }
});

test('a status set by hand leaves nothing that contradicts it', async () => {
  const contact = await world.create('alice', 'contact', { externalId: makeId(), primaryHouseholdId: null });
  await world.create('alice', 'contactHousehold', { contactId: contact.id });
  await world.create('alice', 'interaction', { contactId: contact.id });
  const moved = await world.create('alice', 'status', { name: 'Moved', contactState: 'contacted-unavailable-other' });
  const doors = await world.rows<{ id: string; etag: string; created: string }>('contactHouseholdCampaign');
  const door = [...doors].sort((one, other) => (one.created < other.created ? 1 : -1))[0]!;
  const verdict = await world.change('alice', 'contactHouseholdCampaign', patch(door, replace('/statusId', moved.id)));
  expect(envelopeOf(verdict).data).toMatchObject({
    state: 'contacted-unavailable-other',
    successful: false,
    availability: { available: false },
  });
});

test('the id may be written /data/id, and an address needs no country', async () => {
  const { id } = await world.create('alice', 'address', { streetName: `Street ${makeId()}`, country: null });
  const payload = { query: `{ addresses(where: "/data/id eq \\"${id}\\"") { nodes { id } } }` };
  const response = await world.app.inject({ method: 'POST', url: '/graphql', headers: world.as('alice'), payload });
  expect(response.json()).toMatchObject({ data: { addresses: { nodes: [{ id }] } } });
});

test('a compressed body is refused as such', async () => {
  const headers = { ...world.as('alice'), 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const response = await world.app.inject({
    method: 'POST',
    url: '/v2/notes',
    headers,
    payload: Buffer.from([31, 139, 8]),
  });
  expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
});
