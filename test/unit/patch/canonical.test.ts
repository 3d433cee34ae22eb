import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../src/json.ts';
import { canonicalJson } from '../../../src/patch/canonical.ts';

test('members are sorted at every depth by UTF-16 code units, arrays keep their order', () => {
  const value = { b: [{ z: 1, a: 2 }, 3], a: null, é: 'x', '\ud83d\ude00': 1, '\ufb33': 2, '10': 1, '9': 2 };
  expect(canonicalJson(value)).toBe(
    '{"10":1,"9":2,"a":null,"b":[{"a":2,"z":1},3],"é":"x","\ud83d\ude00":1,"\ufb33":2}',
  );
});

test('equal values have one text: -0 is 0 and 1e2 is 100', () => {
  expect(canonicalJson([-0, 1e2, 1.0])).toBe('[0,100,1]');
});

test('the text is JSON for the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('what JSON cannot write is a bug, not null', () => {
  expect(() => canonicalJson([Number.NaN])).toThrow(RangeError);
});
