import { expect, test } from 'vitest';
import { parseAge } from '../../../src/forgetting/parse-age.ts';

const now = new Date('2026-03-31T12:00:00Z');

test.each([
  ['1d', '2026-03-30T12:00:00.000Z'],
  ['2w', '2026-03-17T12:00:00.000Z'],
  ['1mo', '2026-02-28T12:00:00.000Z'],
  ['18mo', '2024-09-30T12:00:00.000Z'],
  ['2y', '2024-03-31T12:00:00.000Z'],
])('%s ago is %s', (text, moment) => {
  expect(parseAge(text, now)?.toISOString()).toBe(moment);
});

test.each(['', '2', 'y', '0d', '-1d', '1.5y', '2years', '2 y', '99999d', '2m', '1constructor'])(
  '"%s" is no age',
  (text) => {
    expect(parseAge(text, now)).toBeNull();
  },
);
