import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, ageOn, dateOf, dayNumberOf, instantOf, weekdayOf } from '../../../seed/calendar.ts';

test('a day number and its date are two names of one day', () => {
  fc.assert(
    fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
      expect(dateOf(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
      expect(dayNumberOf(dateOf(day))).toBe(day);
    }),
  );
});

test('weeks start on Sunday', () => {
  expect([weekdayOf('2026-03-29'), weekdayOf('1970-01-01'), weekdayOf('1969-12-31')]).toEqual([0, 4, 3]);
});

test('29 February comes and goes', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
});

test('a birthday counts from its day on', () => {
  expect(ageOn('2026-03-28', '1990-03-29')).toBe(35);
  expect(ageOn('2026-03-29', '1990-03-29')).toBe(36);
});

test('seconds beyond midnight belong to the next day', () => {
  expect(instantOf('2026-12-31', 26 * 3600 + 61)).toBe('2027-01-01T02:01:01.000Z');
});

test('a date of another spelling is refused', () => {
  expect(() => dayNumberOf('29/03/2026')).toThrow('A date looks like 2026-03-29');
});
