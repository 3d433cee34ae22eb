/** Which questions keep their plan: those whose values cannot decide how they are best run. */
import { expect, test } from 'vitest';
import { parseFilter } from '../../../src/filter/parse.ts';
import type { SortKey } from '../../../src/filter/sort.ts';
import { everything } from '../../../src/filter/tree.ts';
import { isSteady } from '../../../src/read/steady.ts';

const newest: readonly SortKey[] = [{ pointer: ['data', 'timestamp'], order: 'DESC' }];

const steady = (filter: string | null, sort: readonly SortKey[] = [], skip = 0): boolean =>
  isSteady({
    filter: filter === null ? everything : parseFilter(filter),
    sort,
    page: { skip, limit: 50, after: null },
  });

test.each([
  ['everything', null, []],
  ['everything in an order', null, newest],
  ['one id', '/id eq "0190b7a4-6f1e-7c3a-9d55-2f0c8f6b1e20"', []],
  ['a range of the order', '/data/timestamp gte "2026-10-31" and /data/timestamp lt "2026-11-01"', newest],
] as const)('%s keeps its plan', (_, filter, sort) => {
  expect(steady(filter, sort)).toBe(true);
});

test.each([
  ['a value of an attribute without such an index', '/data/successful eq true', newest],
  [
    'a value that an index begins with: a new campaign has no rows, and one of its age half of them',
    '/data/campaignId eq "x"',
    newest,
  ],
  ['a range of another attribute', '/data/distance gt 5', newest],
  ['one thing or another', '/data/campaignId eq "x" or /data/campaignId eq "y"', newest],
  ['the opposite', 'not /data/campaignId eq "x"', newest],
  ['nil', '/data/campaignId eq nil', newest],
  ['a place in a document', '/data/survey/responses/x eq 1', newest],
] as const)('%s is planned for its values', (_, filter, sort) => {
  expect(steady(filter, sort)).toBe(false);
});

test('a page that skips rows is planned for their number', () => {
  expect(steady(null, newest, 50)).toBe(false);
});
