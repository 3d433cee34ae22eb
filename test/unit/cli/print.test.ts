import { expect, test } from 'vitest';
import { printSummary } from '../../../src/cli/import/print-summary.ts';
import { printSettings } from '../../../src/cli/print-settings.ts';
import { settings } from '../../../src/config.ts';

test('the help of serve lists every setting with its default, in lines that fit', () => {
  const text = printSettings();
  for (const { name, shown } of Object.values(settings)) expect(text).toContain(`  ${name} (${shown})\n`);
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('the summary of an import is a sum, with what was rejected below', () => {
  const summary = {
    ...{ rows: 1_234, created: 1_200, existing: 20, duplicates: 10, blank: 1, rejected: 3 },
    ...{ rejectedByColumn: { DOB: 1, '': 2 }, located: 7, citiesFromZip: 0, birthYearsOnly: 5, finished: true },
  };
  expect(printSummary(summary, 'rejects.csv')).toEqual([
    '1,200  people are new',
    '   20  were there already, and were left as they are',
    '   10  repeat somebody',
    '    1  are blank',
    '    3  were rejected, see rejects.csv',
    '1,234  rows in the file',
    '',
    '7  of the rows taken have coordinates',
    '0  have their city from the ZIP code',
    '5  have only a year of birth',
    '2  rejected for their number of columns',
    '1  rejected for DOB',
  ]);
});
