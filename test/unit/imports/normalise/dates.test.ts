import { expect, test } from 'vitest';
import { parseBirthDate } from '../../../../src/imports/normalise/birth-date.ts';
import { ageAt, type DateRules, parseDate } from '../../../../src/imports/normalise/calendar-date.ts';

const today = '2026-11-21';
const cases: readonly [string, DateRules, object][] = [
  ['1980-03-01', {}, { day: '1980-03-01' }],
  ['03/01/1980', {}, { day: '1980-03-01' }],
  ['3/1/1980', {}, { day: '1980-03-01' }],
  ['19800301', {}, { day: '1980-03-01' }],
  ['01-MAR-1980', {}, { day: '1980-03-01' }],
  ['1980-03-01 00:00:00', {}, { day: '1980-03-01' }],
  ['1980-03-01T00:00:00Z', {}, { day: '1980-03-01' }],
  ['02/29/1980', {}, { day: '1980-02-29' }],
  ['01/03/1980', { format: 'DD/MM/YYYY' }, { day: '1980-03-01' }],
  ['3/1/80', { format: 'MM/DD/YY' }, { day: '1980-03-01' }],
  ['3/1/04', { format: 'MM/DD/YY' }, { day: '2004-03-01' }],
  ['11/22/26', { format: 'MM/DD/YY' }, { day: '1926-11-22' }],
  ['1948', {}, { year: 1948 }],
  ['1948-00-00', {}, { year: 1948 }],
  ['00/00/1948', {}, { year: 1948 }],
  ['1948-06-00', {}, { year: 1948 }],
  ['1948-01-01', { yearOnly: ['01-01'] }, { year: 1948 }],
  ['1948-01-01', {}, { day: '1948-01-01' }],
];

test.each(cases)('%s under %j is %j', (text, rules, date) => {
  expect(parseDate(text, rules, today)).toEqual(date);
});

test.each([
  ['13/45/1980', 'not a day of the calendar'],
  ['2031-02-30', 'not a day of the calendar'],
  ['02/29/1900', 'not a day of the calendar'],
  ['0000-00-00', 'names no year'],
  ['3/1/80', 'leaves the century open'],
  ['soon', 'is not a date'],
])('%s is no date, because it %s', (text, reason) => {
  expect(parseDate(text, {}, today)).toEqual({ unusable: expect.stringContaining(reason) as string });
});

test.each([
  ['2027-01-01', 'is in the future'],
  ['2026-11-22', 'is in the future'],
  ['1900-01-01', '126 years old'],
  ['1899', '127 years old'],
])('nobody at the door was born on %s', (text, reason) => {
  expect(parseBirthDate(text, { yearOnly: ['01-01'] }, today)).toEqual({
    unusable: expect.stringContaining(reason) as string,
  });
});

test('an age counts the years that are full', () => {
  expect(['1984-11-21', '1984-11-22'].map((day) => ageAt(day, today))).toEqual([42, 41]);
});
