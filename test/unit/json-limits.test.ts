import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkJson } from '../../src/json-limits.ts';

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

test.each([
  [Number.NaN, 'is not a finite number'],
  [Number.POSITIVE_INFINITY, 'is not a finite number'],
  [2 ** 53, 'is an integer outside ±9007199254740991, which cannot be kept exactly'],
  [-(2 ** 53), 'is an integer outside ±9007199254740991, which cannot be kept exactly'],
  ['a\u0000b', 'contains the character U+0000, which cannot be stored'],
  ['\ud83d', 'contains half of a surrogate pair, which is not a character'],
  ['\ude00\ud83d', 'contains half of a surrogate pair, which is not a character'],
  [undefined, 'is not a JSON value'],
  [10n, 'is not a JSON value'],
  [new Map(), 'is not a JSON value'],
])('%s %s', (value, message) => {
  expect(checkJson(value)).toEqual([{ pointer: '', message }]);
  expect(checkJson({ 'a/b': [0, value] })).toEqual([{ pointer: '/a~1b/1', message }]);
});

test.each([
  null,
  true,
  0,
  -0,
  0.1,
  2 ** 53 - 1,
  1 - 2 ** 53,
  '',
  '\ud83d\ude00',
  '\u001f',
  [],
  {},
  Object.create(null),
])('%j is kept', (value) => {
  expect(checkJson(value)).toEqual([]);
});

test('faults come in reading order, and no more than twenty of them', () => {
  expect(checkJson({ a: [NaN], b: NaN }).map((fault) => fault.pointer)).toEqual(['/a/0', '/b']);
  expect(checkJson(Array(100).fill(NaN))).toHaveLength(20);
});

test('names are checked too', () => {
  const value: unknown = JSON.parse('{"x":{"__proto__":1},"\\u0000":1,"\\ud800":1,"constructor":1}');
  expect(checkJson(value).map((fault) => fault.pointer)).toEqual(['/x/__proto__', '/\u0000', '/\ud800']);
});

test('sixty-four levels are kept, one more is one fault', () => {
  expect(checkJson(nested(64))).toEqual([]);
  expect(checkJson(nested(65))).toHaveLength(1);
});

test('ten thousand levels and a value that contains itself are refused like any other', () => {
  expect(checkJson(nested(10_000))[0]?.message).toBe('is nested more than 64 deep');
  const circle: unknown[] = [];
  circle.push(circle);
  expect(checkJson(circle)).toHaveLength(1);
});

test('whatever JSON.parse gives, except what is named above, is kept', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const parsed: unknown = JSON.parse(JSON.stringify(value));
      const text = JSON.stringify(value);
      const isSuspicious = /\\u|__proto__/.test(text) || /\d{16}|e\+/.test(text);
      expect(isSuspicious || checkJson(parsed).length === 0).toBe(true);
    }),
  );
});
