import { expect, test } from 'vitest';
import { matchesEtag, parseEtags } from '../../../src/patch/etag.ts';

const tag = '4e-2jmj7l5rSw0yVb/vlWAYkK/YBwk';

test.each([tag, `"${tag}"`, `W/"${tag}"`, `W/${tag}`, `  "${tag}"  `, `,"${tag}",`])('%s is one etag', (header) => {
  expect(parseEtags(header)).toEqual([tag]);
});

test.each([
  ['"a", W/"b" ,c', ['a', 'b', 'c']],
  ['"a,b","c"', ['a,b', 'c']],
  ['a,,b', ['a', 'b']],
  ['""', ['']],
])('%s is a list', (header, tags) => {
  expect(parseEtags(header)).toEqual(tags);
});

test('a star stands for any version', () => {
  expect(parseEtags(' * ')).toBe('*');
  expect(matchesEtag('*', tag)).toBe(true);
});

test.each([
  '',
  '  ',
  ',',
  '"a',
  'a"',
  'a b',
  '"a b"',
  '"a" "b"',
  'w/"a"',
  '*, "a"',
  '"a"b',
  'W/'.repeat(2) + '"a"',
  '"\u0001"',
])('%j is malformed', (header) => {
  expect(() => parseEtags(header)).toThrow(expect.objectContaining({ code: 'MALFORMED_REQUEST' }));
});

test('more than 100 tags are malformed', () => {
  expect(parseEtags(Array(100).fill('"a"').join())).toHaveLength(100);
  expect(() => parseEtags(Array(101).fill('"a"').join())).toThrow('Expected an etag');
});

test('an etag matches itself only, case and all', () => {
  expect(matchesEtag(parseEtags(`"x", "${tag}"`), tag)).toBe(true);
  expect(matchesEtag(parseEtags(`"${tag.toUpperCase()}"`), tag)).toBe(false);
  expect(matchesEtag(parseEtags(`"${tag.slice(0, -1)}"`), tag)).toBe(false);
});
