import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../src/json.ts';
import { parseFilter } from '../../../src/filter/parse.ts';
import { printFilter } from '../../../src/filter/print.ts';
import { everything, type Filter, nothing, type Operator, or } from '../../../src/filter/tree.ts';
import { withoutPlaces } from './without-places.ts';

test.each([
  ['data/a EQ  "x"  AND not(/b eq nil)', '/data/a eq "x" and not /b eq nil'],
  ['((/a eq 1 or /b eq 2)) and /c in [1, "2"]', '(/a eq 1 or /b eq 2) and /c in [1,"2"]'],
  ['(/a eq 1 and /b eq 2) or /c between [1,2]', '/a eq 1 and /b eq 2 or /c between 1,2'],
  ['not (/a eq 1 or /b eq /c)', 'not (/a eq 1 or /b eq /c)'],
  ['#/data/a%20b eq /x', '#/data/a%20b eq /x'],
  ['#/data/ab eq 1.50', '/data/ab eq 1.5'],
])('%s is printed as %s', (text, printed) => {
  expect(printFilter(parseFilter(text))).toBe(printed);
});

test('what has no text form is printed readably', () => {
  const related: Filter = { kind: 'related', relation: 'contact', quantifier: 'some', of: everything };
  const text: Filter = { kind: 'text', pointer: ['data', 'x'], value: 'v' };
  expect(printFilter(or(related, text, nothing))).toBe('some contact (everything) or /data/x text "v" or nothing');
});

const pointer = fc.array(
  fc.oneof(fc.constantFrom('data', 'and', 'a b', '~/', '', '#', '"'), fc.string({ unit: 'grapheme' })),
  {
    minLength: 1,
    maxLength: 4,
  },
);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((number) => number + 0),
  fc.constantFrom(true, false, null),
);
const one = fc.constantFrom<Operator>('eq', 'neq', 'gt', 'gte', 'lt', 'lte');
const pattern = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('*', ''));
const compare = (operator: fc.Arbitrary<Operator>, value: fc.Arbitrary<Json>): fc.Arbitrary<Filter> =>
  fc.record({ kind: fc.constant('compare' as const), pointer, operator, value });
const { filter } = fc.letrec<{ filter: Filter; member: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    compare(one, scalar),
    compare(fc.constantFrom<Operator>('in', 'nin'), fc.array(scalar, { maxLength: 4 })),
    compare(fc.constant('between'), fc.tuple(scalar, scalar)),
    compare(
      fc.constant('like'),
      pattern.map((text) => `*${text}`),
    ),
    fc.record({
      kind: fc.constant('compare-pointers' as const),
      pointer,
      operator: fc.constantFrom<Operator>('eq', 'lt', 'in'),
      other: pointer,
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('filter') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
    }),
  ),
  member: tie('filter'),
}));

test('printed and parsed again, a filter is the same', () => {
  fc.assert(
    fc.property(filter, (given) => {
      const printed = printFilter(given);
      fc.pre(printed.length <= 8192 && !printed.includes('\\u0000') && !printed.includes('\0'));
      expect(withoutPlaces(parseFilter(printed))).toEqual(withoutPlaces(given));
    }),
    { numRuns: 1000 },
  );
});
