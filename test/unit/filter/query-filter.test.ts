import { expect, test } from 'vitest';
import { checkFilter } from '../../../src/filter/check.ts';
import { printFilter } from '../../../src/filter/print.ts';
import { parseQueryFilter } from '../../../src/filter/query-filter.ts';
import { everything } from '../../../src/filter/tree.ts';
import { find } from './attributes.ts';
import { problemOf } from '../problem-of.ts';

function read(query: string): string {
  return printFilter(parseQueryFilter(new URLSearchParams(query)));
}

test.each([
  ['filter[/data/campaignId]=5', '/data/campaignId text "5"'],
  ['filter[data/campaignId]=5', '/data/campaignId text "5"'],
  ['filter[/data/name]=', '/data/name text ""'],
  ['filter=/data/a eq 5', '/data/a eq 5'],
  [
    'limit=5&filter=/data/a eq 5&filter[/data/b]=x&sort=/id&filter=/c eq 1 or /d eq 1',
    '/data/a eq 5 and /data/b text "x" and (/c eq 1 or /d eq 1)',
  ],
])('%s', (query, filter) => {
  expect(read(query)).toBe(filter);
});

test.each(['', 'filter=', 'filter=%20', 'limit=5&filters=x'])('%j asks for nothing', (query) => {
  expect(parseQueryFilter(new URLSearchParams(query))).toEqual(everything);
});

test.each(['filter[]=x', 'filter[/data/x=x', 'filter[/data/x]y=x', 'filter[/data/x][gt]=5', 'filter[/a~2]=x'])(
  '%s is refused by name',
  (query) => {
    const problem = problemOf(() => read(query));
    expect(problem.code).toBe('INVALID_FILTER');
    expect(problem.detail).toContain(`found the parameter ${query.split('=')[0]}`);
  },
);

test('a fault is shown in the expression that it is in', () => {
  const parameters = [
    ['filter', '/data/name eq "long enough to be told apart"'],
    ['filter', '/data/precedence eq "5"'],
  ] as const;
  const { detail } = problemOf(() => checkFilter(parseQueryFilter(parameters), find));
  expect(detail.split('\n').slice(1)).toEqual(['/data/precedence eq "5"', '                    ^^^']);
});
