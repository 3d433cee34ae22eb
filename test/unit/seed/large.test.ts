/** The benchmark seed: each row from its index alone, and yet the rows agree with one another. */
import { expect, test } from 'vitest';
import { makeLarge, type LargeTable } from '../../../seed/large.ts';
import { uuidsIn } from './demo-rows.ts';

const size = { contacts: 1_000_000, interactions: 5_000_000, today: '2026-03-29' };
const large = makeLarge(size);

function table(resource: string, from = large): LargeTable {
  const found = from.tables.find((candidate) => candidate.resource === resource);
  if (found === undefined) throw new Error(`There is no table ${resource}.`);
  return found;
}

test('the tables have as many rows as were asked for', () => {
  expect(large.tables.map(({ resource, count }) => [resource, count])).toEqual([
    ['address', 400_000],
    ['household', 400_000],
    ['contact', 1_000_000],
    ['contactHousehold', 1_000_000],
    ['contactHouseholdCampaign', 1_000_000],
    ['interaction', 5_000_000],
  ]);
});

test('any row can be made alone, and is the same every time', () => {
  const again = makeLarge(size);
  for (const { resource, count, rowAt } of large.tables) {
    for (const index of [0, 1, 2, Math.floor(count / 3), count - 1]) {
      expect(table(resource, again).rowAt(index)).toEqual(rowAt(index));
    }
  }
});

test('every reference points to the set-up or to a row of a table', () => {
  const few = makeLarge({ contacts: 50, interactions: 200, today: '2026-03-29' });
  const known = new Set<string>();
  for (const { rows } of few.setup()) for (const { id } of rows) known.add(id);
  for (const { count, rowAt } of few.tables) {
    const rows = Array.from({ length: count }, (_, index) => rowAt(index));
    expect(rows.flatMap(({ data }) => uuidsIn(data)).filter((id) => !known.has(id))).toEqual([]);
    for (const { id } of rows) known.add(id);
  }
});

test('the state of a contact is that of their last interaction', () => {
  const few = makeLarge({ contacts: 50, interactions: 200, today: '2026-03-29' });
  const last = new Map<unknown, unknown>();
  let before = '';
  for (let index = 0; index < 200; index++) {
    const { data } = table('interaction', few).rowAt(index);
    expect(String(data.timestamp) >= before).toBe(true);
    before = String(data.timestamp);
    last.set(data.contactHouseholdId, data.statusId);
  }
  for (let index = 0; index < 50; index++) {
    const { data } = table('contactHouseholdCampaign', few).rowAt(index);
    expect(data.statusId).toBe(last.get(data.contactHouseholdId));
    expect(data.contacted ?? false).toBe(last.has(data.contactHouseholdId));
  }
});

test('neither addresses nor people repeat', () => {
  const addresses = new Set<string>();
  for (let index = 0; index < 50_000; index++) {
    const { number, streetName, city } = table('address').rowAt(index).data;
    addresses.add([number, streetName, city].join('/'));
  }
  expect(addresses.size).toBe(50_000);
  const people = new Set<string>();
  for (let index = 0; index < 50_000; index++) {
    const { profile, primaryHouseholdId } = table('contact').rowAt(index).data;
    people.add(JSON.stringify([(profile as { name: unknown }).name, primaryHouseholdId]));
  }
  expect(people.size).toBe(50_000);
});

test('interactions lie in the half year before today', () => {
  const { count, rowAt } = table('interaction');
  expect(String(rowAt(0).data.timestamp).slice(0, 10)).toBe('2025-09-27');
  expect(String(rowAt(count - 1).data.timestamp) < '2026-03-29').toBe(true);
});

test('a campaign without contacts is legal', () => {
  const none = makeLarge({ contacts: 0, interactions: 0, today: '2026-03-29' });
  expect(none.tables.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0]);
});
