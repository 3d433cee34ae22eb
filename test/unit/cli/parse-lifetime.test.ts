import { expect, test } from 'vitest';
import { parseLifetime } from '../../../src/cli/token/parse-lifetime.ts';

test.each([
  ['90s', 90],
  ['15m', 900],
  ['12h', 43_200],
  ['30d', 2_592_000],
])('%s is %i seconds', (text, seconds) => {
  expect(parseLifetime(text)).toBe(seconds);
});

test.each(['', '0s', '12', 'h', '-1h', '1.5h', '12 h', '1w', '367d', '99999999999s'])('%j is refused', (text) => {
  expect(() => parseLifetime(text)).toThrow('90s, 15m, 12h or 30d');
});
