/** Which questions keep their plan: those whose values cannot decide how they are best run. */
import { expect, test } from 'vitest';
import { parseFilter } from '../../../src/filter/parse.ts';
import type { SortKey } from '../../../src/filter/sort.ts';
import { everything, type Filter } from '../../../src/filter/tree.ts';
import { makeModel } from '../../../src/model.ts';
import { type Finding, findingOf } from '../../../src/read/steady.ts';
import { declarations } from '../../../src/resources/index.ts';

const newest: readonly SortKey[] = [{ pointer: ['data', 'timestamp'], order: 'DESC' }];

const model = makeModel(declarations);

const find = (filter: Filter, sort: readonly SortKey[] = [], skip = 0): Finding =>
  findingOf({ resource: model.get('interaction'), filter, sort, page: { skip, limit: 50, after: null } }, model);

const parse = (text: string | null): Filter => (text === null ? everything : parseFilter(text));

test.each([
  ['everything', null, []],
  ['everything in an order', null, newest],
  ['a range of the order', '/data/timestamp gte "2026-10-31" and /data/timestamp lt "2026-11-01"', newest],
] as const)('%s is read in order, with one plan', (_, filter, sort) => {
  expect(find(parse(filter), sort)).toBe('in order');
});

test.each([
  ['an id', parseFilter('/id eq "0190b7a4-6f1e-7c3a-9d55-2f0c8f6b1e20"')],
  ['some ids among other conditions', parseFilter('/id in ["x", "y"] and /data/successful eq true')],
  ['what leads to a key', contactOf(parseFilter('/data/externalId in ["V1", "V2"]'))],
] as const)('%s is found by key, with one plan', (_, filter) => {
  expect(find(filter, newest)).toBe('by key');
});

test.each([
  ['a value of an attribute without such an index', parseFilter('/data/successful eq true')],
  [
    'a value that an index begins with: a new campaign has no rows, and one of its age half of them',
    parseFilter('/data/campaignId eq "x"'),
  ],
  ['a range of another attribute', parseFilter('/data/distance gt 5')],
  ['one thing or another', parseFilter('/id eq "x" or /data/campaignId eq "y"')],
  ['the opposite', parseFilter('not /id eq "x"')],
  ['nil', parseFilter('/data/campaignId eq nil')],
  ['a place in a document', parseFilter('/data/survey/responses/x eq 1')],
  ['what leads to no key', contactOf(parseFilter('/data/externalId eq "V1"'), 'none')],
  ['what leads to something common', contactOf(parseFilter('/data/notes eq ""'))],
] as const)('%s is planned for its values', (_, filter) => {
  expect(find(filter, newest)).toBe('depends');
});

test('a page that skips rows is planned for their number', () => {
  expect(find(everything, newest, 50)).toBe('depends');
});

function contactOf(of: Filter, quantifier: 'some' | 'none' = 'some'): Filter {
  return { kind: 'related', relation: 'contact', quantifier, of };
}
