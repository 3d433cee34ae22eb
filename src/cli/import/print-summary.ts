/** The books of an import as a person reads them: a sum that adds up, and what is worth knowing about the rows taken. */
import type { ImportSummary } from '../../imports/import-summary.ts';

export function printSummary(summary: ImportSummary, rejectsFile: string): readonly string[] {
  const { rows, created, existing, duplicates, blank, rejected, rejectedByColumn } = summary;
  const sum = table([
    [created, 'people are new'],
    [existing, 'were there already, and were left as they are'],
    [duplicates, 'repeat somebody'],
    [blank, 'are blank'],
    [rejected, rejected === 0 ? 'were rejected' : `were rejected, see ${rejectsFile}`],
    [rows, summary.finished ? 'rows in the file' : 'rows so far'],
  ]);
  const columns = Object.entries(rejectedByColumn).sort(([, left], [, right]) => right - left);
  const details = table([
    [summary.located, 'of the rows taken have coordinates'],
    [summary.citiesFromZip, 'have their city from the ZIP code'],
    [summary.birthYearsOnly, 'have only a year of birth'],
    ...columns.map(
      ([column, count]) => [count, `rejected for ${column === '' ? 'their number of columns' : column}`] as const,
    ),
  ]);
  return [...sum, '', ...details];
}

function table(lines: readonly (readonly [number, string])[]): readonly string[] {
  const numbers = lines.map(([number]) => number.toLocaleString('en-US'));
  const width = Math.max(...numbers.map(({ length }) => length));
  return lines.map(([, text], index) => `${numbers[index]!.padStart(width)}  ${text}`);
}
