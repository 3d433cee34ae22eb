import { describe, expect, test } from 'vitest';
import { checkFilter } from '../../../src/filter/check.ts';
import { parseFilter } from '../../../src/filter/parse.ts';
import { printFilter } from '../../../src/filter/print.ts';
import { and, compare, everything, type Filter, not, or } from '../../../src/filter/tree.ts';
import { find } from './attributes.ts';
import { problemOf } from '../problem-of.ts';

const uuid = '0190b7a4-6f1e-7c3a-9d55-2f0c8f6b1e20';

function check(text: string): string {
  return printFilter(checkFilter(parseFilter(text), find));
}

describe('an attribute that does not exist is refused by name', () => {
  test.each([
    ['/data/campainId eq nil', '/data/campainId; did you mean /data/campaignId?'],
    ['/campaignId eq nil', '/campaignId; did you mean /data/campaignId?'],
    ['/data/created eq nil', '/data/created; did you mean /meta/created?'],
    ['/data/id eq nil', '/data/id; did you mean /id?'],
    ['/data/entirelyUnheardOf eq nil', '/data/entirelyUnheardOf.'],
    ['/data/name eq nil or /data/name eq /data/descripton', '/data/descripton; did you mean /data/description?'],
    ['/__proto__ eq nil', '/__proto__.'],
    ['/data/constructor eq nil', '/data/constructor.'],
  ])('%s', (text, message) => {
    expect(problemOf(() => check(text)).detail).toContain(`There is no attribute ${message}`);
  });

  test('and pointed at', () => {
    const { detail } = problemOf(() => check('/data/name eq nil or /data/name eq /data/nome'));
    expect(detail.split('\n').slice(1)).toEqual([
      '/data/name eq nil or /data/name eq /data/nome',
      '                                   ^^^^^^^^^^',
    ]);
  });

  test('also in the notation of the query string', () => {
    const filter: Filter = { kind: 'text', pointer: ['data', 'nome'], value: 'x' };
    expect(problemOf(() => checkFilter(filter, find)).detail).toBe(
      'There is no attribute /data/nome; did you mean /data/name?',
    );
  });
});

describe('a value of the wrong type is refused with the expected form', () => {
  test.each([
    ['/data/timestamp gt 5', 20, 'expected a moment with its offset'],
    ['/data/timestamp gt "2026-10-31T18:30:00"', 20, 'expected a moment with its offset'],
    ['/data/timestamp gt "2026-02-30T18:30:00Z"', 20, 'expected a moment'],
    ['/data/ended eq "31.10.2026"', 16, 'expected a day such as "2026-10-31"'],
    ['/data/ended eq "2026-02-29"', 16, 'expected a day'],
    ['/data/campaignId eq "42"', 21, 'expected a UUID'],
    ['/data/name eq 5', 15, 'expected a text in double quotes, but found 5'],
    ['/data/precedence eq "5"', 21, 'expected a whole number, but found "5"'],
    ['/data/precedence gte 1.5', 22, 'expected a whole number'],
    ['/data/distance lt "5"', 19, 'expected a number'],
    ['/data/successful eq "true"', 21, 'expected true or false'],
    ['/data/state eq "home"', 16, 'expected one of not-home, come-back, but found "home"'],
    ['/data/survey eq 1', 17, 'expected nil'],
    ['/data/precedence between 1,"2"', 28, 'expected a whole number'],
    ['/data/profile/age between 1,"2"', 29, 'have one type'],
    ['/data/precedence gt nil', 21, 'something with an order, not nil'],
    ['/data/profile/age gt true', 22, 'something with an order, not true'],
    ['/data/profile/age between nil,1', 27, 'something with an order, not nil'],
  ])('%s', (text, column, message) => {
    const problem = problemOf(() => check(text));
    expect(problem.code).toBe('INVALID_FILTER');
    expect(problem.detail).toContain(`Line 1, column ${column}: `);
    expect(problem.detail).toContain(message);
  });
});

describe('an operator that the attribute does not take is refused', () => {
  test.each([
    ['/data/precedence like "5*"', 18, 'type integer takes'],
    ['/data/timestamp like "2026*"', 17, 'type timestamp takes'],
    ['/data/campaignId like "0*"', 18, 'type reference takes'],
    ['/data/successful gt /data/unavailable', 18, 'type boolean takes eq neq in nin, not gt'],
    ['/data/survey in [nil]', 14, 'type group takes eq neq, not in'],
    ['/data/name eq /data/precedence', 15, 'type text cannot be compared with /data/precedence of type integer'],
    ['/data/survey eq /data/survey', 17, 'type group cannot be compared'],
    ['/data/name in /data/description', 15, 'in looks into an array'],
  ])('%s', (text, column, message) => {
    const { detail } = problemOf(() => check(text));
    expect(detail).toContain(`Line 1, column ${column}: `);
    expect(detail).toContain(message);
  });
});

test.each([
  ['/data/timestamp gt "2026-10-31T18:30:00+02:00"', '/data/timestamp gt "2026-10-31T16:30:00.000Z"'],
  ['/meta/created lt "2026-10-31"', '/meta/created lt "2026-10-31T00:00:00.000Z"'],
  [`/data/campaignId in ["${uuid.toUpperCase()}",nil]`, `/data/campaignId in ["${uuid}",nil]`],
])('%s becomes %s', (text, normalised) => {
  expect(check(text)).toBe(normalised);
});

test.each([
  '/data/profile/age gte 65 and /data/fields/0190b7a4-6f1e-7c3a-9d55-2f0c8f6b1e20 eq "true"',
  '/data/profile/age in [65,"65",true,nil]',
  '/data/profile/name/anglican/given like "Al*"',
  '/data/survey eq nil or /data/survey neq nil',
  '/data/state like "not-*"',
  '/data/ended between "2026-01-01","2026-12-31"',
  '/data/precedence lt /data/distance',
  '/data/name in /data/profile/languages',
  '/data/state eq /data/name',
  '/data/profile/age eq /data/precedence',
  '/data/campaignId eq /id',
])('%s is accepted as it is', (text) => {
  expect(check(text)).toBe(text);
});

test('a filter that was never text is checked by the same rules, without a position', () => {
  const wrong = and(everything, not(or(compare(['data', 'timestamp'], 'gt', 5))));
  expect(problemOf(() => checkFilter(wrong, find)).detail).toMatch(
    /^\/data\/timestamp: expected a moment .* found 5\.$/,
  );
  const pointers: Filter = { kind: 'compare', pointer: ['id'], operator: 'in', value: 'x' };
  expect(problemOf(() => checkFilter(pointers, find)).detail).toBe('/id: in takes an array.');
  const document = compare(['data', 'profile'], 'eq', { age: 5 });
  expect(problemOf(() => checkFilter(document, find)).detail).toContain(
    'expected a text, a number, true, false or nil',
  );
});

test('a text comparison is never of the wrong type, but holds only what can be stored', () => {
  const text = (value: string): Filter => ({ kind: 'text', pointer: ['data', 'timestamp'], value });
  expect(checkFilter(text('yesterday'), find)).toEqual(text('yesterday'));
  expect(problemOf(() => checkFilter(text('\0'), find)).detail).toContain('U+0000');
});

test('pointers hold only what can be sent to the database', () => {
  expect(problemOf(() => check('#/data/profile/%00 eq 1')).detail).toContain('U+0000');
  const half = compare(['data', 'profile', '\ud800'], 'eq', 1);
  expect(problemOf(() => checkFilter(half, find)).detail).toContain('half of a surrogate pair');
});

test('the inside of a relation is left to the resource that it belongs to, within the limits', () => {
  const related = (of: Filter): Filter => ({ kind: 'related', relation: 'contact', quantifier: 'none', of });
  const filter = related(compare(['data', 'unheardOf'], 'eq', 5));
  expect(checkFilter(filter, find)).toEqual(filter);
  let deep: Filter = everything;
  for (let level = 0; level < 65; level++) deep = related(deep);
  expect(problemOf(() => checkFilter(deep, find)).detail).toContain('nested 64 deep');
});

test('a list may be mixed: what the attribute cannot be is not equal to it', () => {
  expect(check(`/data/campaignId in ["42","${uuid}",7]`)).toBe(`/data/campaignId in ["${uuid}"]`);
  expect(check('/data/precedence nin [42,"bar"]')).toBe('/data/precedence nin [42]');
});
