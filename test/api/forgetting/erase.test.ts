/** A person is forgotten everywhere, and nothing that is counted changes. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeErasers } from '../../../src/cli/forget/erasers.ts';
import { assignmentsOf } from '../../../src/forgetting/empty-rows.ts';
import { eraseContact } from '../../../src/forgetting/erase-contact.ts';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type Row, type World } from '../../world.ts';
import { briefly, type Call, makeCall } from '../rest/call.ts';
import { patch, remove, replace } from '../write/verdicts.ts';

/** Something that stands nowhere else. */
const secret = 'Zyxwvutsrq';

let world: World;
let call: Call;
beforeAll(async () => {
  world = await makeWorld({ env: { BULK_READ_ROWS: '1' } });
  call = makeCall(world);
});
afterAll(() => world.close());

const query = <R>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
  world.database.query<R>({ text, values });

const erase = (contactId: string, customerId = world.ids.customer) =>
  eraseContact({ ...world, erasers: makeErasers() }, { customerId, contactId, client: 'test' });

const tables = async (): Promise<readonly string[]> => {
  const rows = await query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace ORDER BY 1",
  );
  return rows.map(({ name }) => name);
};

/** The tables in which a text stands, in whatever column. */
async function placesOf(text: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of await tables()) {
    const [row] = await query<{ rows: string }>(
      `SELECT count(*) AS rows FROM "${table}" row WHERE position(lower($1) IN lower(row::text)) > 0`,
      [text],
    );
    if (row!.rows !== '0') found.push(table);
  }
  return found;
}

interface Person {
  readonly contact: Row;
  readonly visit: Row;
  readonly contactHouseholdId: string;
}

/** A person about whom everything is known that can be. */
async function makePerson(): Promise<Person> {
  const { household: householdId, question, campaign: campaignId, list: listId, survey: surveyId } = world.ids;
  const contact = await world.create('alice', 'contact', {
    profile: {
      name: { anglican: { given: secret, surname: `${secret}son` } },
      emails: [{ email: `${secret}@example.org` }],
      birthdate: '1961-04-23',
    },
    notes: `${secret} rings twice`,
    fields: { [secret]: secret },
    externalId: `${secret}-${makeId()}`,
    primaryHouseholdId: householdId,
  });
  const contactId = contact.id;
  // The same person under an id of a device's own.
  await world.create('alice', 'contact', { ...contact.data, notes: null }, { id: makeId() });
  const { id: contactHouseholdId } = await world.create('alice', 'contactHousehold', { contactId, householdId });
  await world.create('alice', 'contactHouseholdList', { listId, contactHouseholdId });
  await world.create('alice', 'note', { contactId, text: `${secret} has a dog` });
  const visit = await world.create('alice', 'interaction', {
    ...{ campaignId, contactId, householdId, unavailable: true, successful: false },
    unavailableReason: `gone to ${secret}`,
    survey: { surveyId, responses: { [question]: { questionId: question, fields: { answer: secret } } } },
  });
  await world.create('alice', 'interaction', {
    ...{ campaignId, contactId, householdId, unavailable: true, successful: false, unavailableReason: 'Not Home' },
    timestamp: '2020-01-01T00:00:00.000Z',
  });
  await call('alice', `GET /v2/contacts?filter=${encodeURIComponent(`/data/notes like "*${secret}*"`)}`);
  await world.bulkReads.flush();
  return { contact, visit, contactHouseholdId };
}

test('nothing that is known of the person is left in any table, and everything was there before', async () => {
  const { contact } = await makePerson();
  expect(await placesOf(secret)).toEqual([
    'change_log',
    'contact_household_campaigns',
    'contacts',
    'interactions',
    'notes',
    'read_log',
  ]);
  const erased = await erase(contact.id);
  expect(erased!.counts).toMatchObject({ contacts: 1, notes: 1, interactions: 2, 'filters in the read log': 1 });
  expect(await placesOf(secret)).toEqual([]);
});

test('what is counted stays as it was', async () => {
  const { contact } = await makePerson();
  const count = async (): Promise<unknown> => [
    await query(`SELECT campaign_id, unavailable, successful, count(*) FROM interactions
      WHERE NOT is_deleted GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`),
    await query(`SELECT campaign_id, state, contacted, count(*) FROM contact_household_campaigns
      WHERE NOT is_deleted GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`),
    await query('SELECT count(*) FROM households WHERE NOT is_deleted'),
    (await query<{ n: string }>('SELECT count(*) AS n FROM read_log'))[0],
  ];
  const before = await count();
  await erase(contact.id);
  expect(await count()).toEqual(before);
});

test('a knock keeps its door, its time and its result, and says nothing else', async () => {
  const { contact, visit, contactHouseholdId } = await makePerson();
  await erase(contact.id);
  const { row } = await call('alice', `GET /v2/interactions/${visit.id}`);
  const { campaignId, householdId, timestamp } = visit.data;
  expect(row.data).toEqual({
    ...{ campaignId, householdId, timestamp, contactHouseholdId, contactId: contact.id },
    ...{ unavailable: true, successful: false, distance: visit.data['distance'] },
    survey: { surveyId: world.ids.survey },
  });
  expect(briefly(await call('alice', `GET /v2/contacts/${contact.id}`))).toBe('404 NOT_FOUND');
  const [reason] = await query<{ reason: string }>(
    'SELECT unavailable_reason AS reason FROM interactions WHERE contact_id = $1 AND unavailable_reason IS NOT NULL',
    [contact.id],
  );
  expect(reason).toEqual({ reason: 'Not Home' });
});

test('the rows move in the order of changes, so that whoever follows it learns of it', async () => {
  const { contact } = await makePerson();
  const positions = () =>
    query<{ position: string; deleted: boolean }>(
      `SELECT sync_seq AS position, is_deleted AS deleted FROM contacts WHERE id = $1
       UNION ALL SELECT sync_seq, is_deleted FROM interactions WHERE contact_id = $1`,
      [contact.id],
    );
  const before = await positions();
  await erase(contact.id);
  const after = await positions();
  expect(after[0]!.deleted).toBe(true);
  expect(new Set(after.map(({ position }) => position)).size).toBe(1);
  expect(Number(after[0]!.position)).toBeGreaterThan(Math.max(...before.map(({ position }) => Number(position))));
});

test('the history says that it was done and by what, and nothing of what there was', async () => {
  const { contact } = await makePerson();
  await erase(contact.id);
  const entries = (await call('alice', `GET /v2/contacts/${contact.id}/history`)).rows as unknown as JsonObject[];
  expect(entries.map(({ verb }) => verb)).toEqual(['erase', 'create']);
  expect(entries[0]).toMatchObject({ client: 'test' });
  expect(entries.filter((entry) => entry['patch'] !== undefined)).toEqual([]);
});

test('a device that sends the same person again does not bring them back under the same id', async () => {
  const id = makeId();
  const body = { ...world.body('contact', { externalId: makeId(), primaryHouseholdId: null }), id };
  expect((await call('alice', 'POST /v2/contacts', { body })).status).toBe(201);
  await erase(id);
  expect(briefly(await call('alice', 'POST /v2/contacts', { body }))).toBe('409 ID_TAKEN');
});

test('a rejection that a phone was told of is forgotten too', async () => {
  const { contact } = await makePerson();
  const rejected = {
    userId: world.people.erin.userId,
    collection: 'interaction',
    code: 'INVALID_INPUT',
    status: 'open',
  };
  const payload = JSON.stringify({ contactId: contact.id.toUpperCase(), notes: secret });
  const row = { ...rejected, documentId: makeId(), reason: `not ${secret}`, payload };
  await world.create(null, 'syncRejection', row);
  await world.create(null, 'syncRejection', { ...row, payload: '{}', reason: 'of somebody else' });
  await erase(contact.id);
  expect(await placesOf(secret)).toEqual([]);
  expect(await world.rows('syncRejection')).toMatchObject([{ reason: 'of somebody else' }]);
});

test('exports that may hold the person end, whether they are finished or not', async () => {
  const { contact } = await makePerson();
  const job = async (customerId: string, state: string, isEnded: boolean): Promise<string> => {
    const id = makeId();
    await query(
      `INSERT INTO export_jobs (customer_id, id, organization_group_id, way, state, request, scopes, manifest, created, seen, ended, expires)
       VALUES ($1, $2, $3, 'job', $4, $5, '{}', $5, now(), now(), CASE WHEN $6 THEN now() END, now() + interval '1 day')`,
      [customerId, id, world.ids.group, state, JSON.stringify({ filter: `/data/notes eq "${secret}"` }), isEnded],
    );
    return id;
  };
  const { customer, otherCustomer } = world.ids;
  const [done, running] = [await job(customer, 'complete', true), await job(customer, 'running', false)];
  await erase(contact.id);
  const ended = await query<{ id: string; over: boolean; cancelled: boolean }>(
    'SELECT id, expires <= now() AS over, is_cancelled AS cancelled FROM export_jobs ORDER BY is_cancelled',
  );
  expect(ended).toEqual([
    { id: done, over: true, cancelled: false },
    { id: running, over: true, cancelled: true },
  ]);
  expect(await placesOf(secret)).toEqual([]);
  const theirs = await job(otherCustomer, 'complete', true);
  await erase(contact.id);
  expect(await query('SELECT FROM export_jobs WHERE id = $1 AND expires > now()', [theirs])).toHaveLength(1);
  await query('DELETE FROM export_jobs');
});

test('a deleted contact is forgotten as well, and one who was forgotten may be forgotten again', async () => {
  const { contact } = await makePerson();
  await world.change('alice', 'contact', remove(contact));
  expect(await erase(contact.id)).not.toBeNull();
  expect(await erase(contact.id)).not.toBeNull();
  expect(await placesOf(secret)).toEqual([]);
});

test('another customer’s contact of the same id stays', async () => {
  const { id } = await world.create('alice', 'contact', { externalId: makeId(), primaryHouseholdId: null });
  const data = { ...world.body('contact', { notes: 'theirs', externalId: makeId() }), primaryHouseholdId: null };
  await world.create('dora', 'contact', data, { id });
  expect(await erase(makeId())).toBeNull();
  await erase(id);
  const rows = await query('SELECT notes, is_deleted FROM contacts WHERE id = $1 AND customer_id = $2', [
    ...[id, world.ids.otherCustomer],
  ]);
  expect(rows).toEqual([{ notes: 'theirs', is_deleted: false }]);
});

test('a correction of an erased visit brings nothing back', async () => {
  const { contact, visit } = await makePerson();
  await erase(contact.id);
  const stale = await world.change('alice', 'interaction', patch(visit, replace('/successful', true)));
  expect(stale).toMatchObject({ problem: { code: 'ETAG_STALE' } });
});

test('every resource that leads to a contact says what is left of it, and can be emptied', () => {
  const people = new Set(['contact']);
  for (let size = 0; size !== people.size;) {
    size = people.size;
    for (const { name, attributes } of world.model.resources) {
      if (attributes.some(({ field, required }) => required && people.has(field.reference?.to ?? ''))) people.add(name);
    }
  }
  for (const { name, declaration, ...resource } of world.model.resources) {
    const { erasure } = declaration;
    if (people.has(name)) expect([name, erasure]).not.toEqual([name, undefined]);
    if (erasure !== undefined) expect(assignmentsOf({ name, declaration, ...resource }, erasure)).not.toEqual([]);
  }
});

/** Tables beside those of resources, each with why it holds nothing of a contact, or who empties it. */
const others: Readonly<Record<string, string>> = {
  _prisma_migrations: 'no data',
  access_positions: 'of users',
  change_log: 'emptied with the rows',
  export_jobs: 'an eraser',
  group_set_members: 'ids of groups',
  group_sets: 'ids of groups',
  held_doors: 'of households and walklists',
  id_aliases: 'digests are emptied with the rows',
  integration_credentials: 'of integrations',
  oauth_clients: 'of applications',
  oauth_records: 'of users',
  password_resets: 'of users',
  read_log: 'an eraser',
  retention_horizons: 'positions',
  sign_in_attempts: 'of users',
  signing_keys: 'keys',
  walklist_assignments: 'of users',
  walklist_leases: 'of users',
};

test('every table is one of a resource, or somebody has thought of it', async () => {
  const ofResources = world.model.resources.flatMap(({ table, rows }) => [table, ...rows.map((each) => each.table)]);
  const known = new Set([...ofResources, ...Object.keys(others)]);
  expect((await tables()).filter((table) => !known.has(table))).toEqual([]);
});
