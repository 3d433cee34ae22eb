import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDate, parseTimestamp } from '../../../src/filter/calendar.ts';

test.each(['2026-10-31', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is a day', (text) => {
  expect(parseDate(text)).toBe(text);
});

test.each([
  '2026-02-29',
  '1900-02-29',
  '2026-04-31',
  '2026-00-01',
  '2026-13-01',
  '0000-01-01',
  '2026-1-1',
  '20261031',
  '',
])('%j is no day', (text) => {
  expect(parseDate(text)).toBeNull();
  expect(parseTimestamp(`${text}T00:00:00Z`)).toBeNull();
});

test.each([
  ['2026-10-31T18:30:00Z', '2026-10-31T18:30:00.000Z'],
  ['2026-10-31t18:30:00.5z', '2026-10-31T18:30:00.500Z'],
  ['2026-10-31T18:30Z', '2026-10-31T18:30:00.000Z'],
  ['2026-10-31T18:30:00.123456+00:00', '2026-10-31T18:30:00.123Z'],
  ['2026-10-31T18:30:00-0530', '2026-11-01T00:00:00.000Z'],
  ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00.000Z'],
  ['2026-10-31', '2026-10-31T00:00:00.000Z'],
  ['0050-01-01T00:00:00Z', '0050-01-01T00:00:00.000Z'],
])('%s is the moment %s', (text, moment) => {
  expect(parseTimestamp(text)).toBe(moment);
});

test.each([
  '2026-10-31T18:30:00',
  '2026-10-31 18:30:00Z',
  '2026-10-31T24:00:00Z',
  '2026-10-31T18:60:00Z',
  '2026-10-31T18:30:60Z',
  '2026-10-31T18:30:00+24:00',
  '9999-12-31T23:59:59-01:00',
  '0001-01-01T00:00:00+00:01',
  'now',
  '',
])('%j is no moment', (text) => {
  expect(parseTimestamp(text)).toBeNull();
});

test('every moment that a clock can show is read as it is', () => {
  const years = { min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true };
  fc.assert(
    fc.property(fc.date(years), (moment) => {
      expect(parseTimestamp(moment.toISOString())).toBe(moment.toISOString());
    }),
  );
});
