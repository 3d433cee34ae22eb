/** What is over goes for good, and whoever was away for longer is told so. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { purge } from '../../../src/forgetting/purge.ts';
import { findRetentionHorizon } from '../../../src/store/retention.ts';
import { makeWorld, type Row, type World } from '../../world.ts';
import { create, envelopeOf, outcomeOf, patch, remove, replace } from '../write/verdicts.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const query = <R>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
  world.database.query<R>({ text, values });

/** Everything that has happened until now. */
const purgeAll = (customerId: string | null = null) =>
  purge(world, { before: new Date(Date.now() + 86_400_000).toISOString(), customerId });

async function makeDeleted(resource: string, data = {}): Promise<Row & { readonly position: number }> {
  const row = await world.create('alice', resource, data);
  await world.change('alice', resource, remove(row));
  const { table } = world.model.get(resource);
  const [found] = await query<{ position: string }>(`SELECT sync_seq AS position FROM ${table} WHERE id = $1`, [
    row.id,
  ]);
  return { ...row, position: Number(found!.position) };
}

const isThere = async (resource: string, id: string): Promise<boolean> =>
  (await query(`SELECT FROM ${world.model.get(resource).table} WHERE id = $1`, [id])).length > 0;

test('deleted rows go, live ones stay, and the horizon moves to the last that went', async () => {
  const [gone, kept] = [await makeDeleted('note'), await world.create('alice', 'note')];
  const counts = await purgeAll();
  expect([await isThere('note', gone.id), await isThere('note', kept.id)]).toEqual([false, true]);
  expect(counts['notes']).toBeGreaterThanOrEqual(1);
  expect(Number(await findRetentionHorizon(world.database, world.ids.customer))).toBeGreaterThanOrEqual(gone.position);
  expect(await findRetentionHorizon(world.database, makeId())).toBe('0');
});

test('what was deleted lately stays', async () => {
  const { id } = await makeDeleted('note');
  expect(await purge(world, { before: '2020-01-01T00:00:00.000Z', customerId: null })).toEqual({});
  expect(await isThere('note', id)).toBe(true);
});

test('a deleted row that live ones refer to stays until they are gone too', async () => {
  const contact = await world.create('alice', 'contact', { externalId: makeId(), primaryHouseholdId: null });
  const note = await world.create('alice', 'note', { contactId: contact.id });
  await world.change('alice', 'contact', remove(contact));
  await purgeAll();
  expect(await isThere('contact', contact.id)).toBe(true);
  await world.change('alice', 'note', remove(note));
  await purgeAll();
  expect([await isThere('contact', contact.id), await isThere('note', note.id)]).toEqual([false, false]);
});

test('items go with their row, and before the horizon without it', async () => {
  const stops = [{ householdId: world.ids.household, contactHouseholdIds: [] }];
  const walklist = await world.create('alice', 'walklist', { stops });
  await world.change('alice', 'walklist', patch(walklist, replace('/stops', [])));
  const left = await world.create('alice', 'walklist', { stops });
  await world.change('alice', 'walklist', remove(left));
  await makeDeleted('note');
  await purgeAll();
  expect(await query('SELECT FROM walklist_stops WHERE walklist_id = ANY($1)', [[walklist.id, left.id]])).toEqual([]);
  expect([await isThere('walklist', walklist.id), await isThere('walklist', left.id)]).toEqual([true, false]);
});

test('ids that led to what is gone go, and the history and the read log with it', async () => {
  const externalId = makeId();
  const contact = await world.create('alice', 'contact', { externalId, primaryHouseholdId: null });
  const alias = makeId();
  const body = world.body('contact', { externalId, primaryHouseholdId: null });
  const verdict = await world.change('alice', 'contact', create({ ...body, notes: 'twice' }, { id: alias }));
  expect(outcomeOf(verdict)).toBe('existing');
  await world.change('alice', 'contact', remove({ ...contact, etag: envelopeOf(verdict).meta.etag }));
  const { viewer } = world.people.alice;
  const read = { viewer, transport: 'export', resource: 'contacts', filter: null, rows: 1, requestId: null } as const;
  world.bulkReads.record(read);
  await world.bulkReads.flush();
  const counts = await purgeAll(world.ids.customer);
  expect(await query('SELECT FROM id_aliases WHERE alias_id = $1', [alias])).toEqual([]);
  expect(counts['change log']).toBeGreaterThan(0);
  expect(counts['read log']).toBe(1);
  expect(await query('SELECT FROM change_log WHERE customer_id = $1', [world.ids.customer])).toEqual([]);
});

test('one customer is purged without the others, and months that are over go as tables', async () => {
  await query('SELECT doorstep_prepare_change_log($1::timestamptz)', ['2019-05-17T00:00:00Z']);
  const theirs = 'SELECT FROM change_log WHERE customer_id = $1';
  const before = await query(theirs, [world.ids.otherCustomer]);
  await purgeAll(world.ids.customer);
  expect(await query(theirs, [world.ids.otherCustomer])).toHaveLength(before.length);
  const month = "SELECT FROM pg_class WHERE relname = 'change_log_2019_05'";
  expect(await query(month)).toHaveLength(1);
  await purge(world, { before: '2019-06-01T00:00:00.000Z', customerId: null });
  expect(await query(month)).toHaveLength(0);
});
