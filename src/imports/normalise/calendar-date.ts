/**
 * Dates of files. Without a declared format the forms that cannot be misread are taken, and month before day, as
 * everywhere in the US. Where only the year is known it stays a year: nobody gets a birthday from us.
 */
import { type Unusable, unusable } from './unusable.ts';

export type DateFormat = (typeof dateFormats)[number];
export const dateFormats = ['YYYY-MM-DD', 'YYYYMMDD', 'MM/DD/YYYY', 'DD/MM/YYYY', 'MM/DD/YY', 'DD-MON-YYYY'] as const;

export interface DateRules {
  readonly format?: DateFormat | undefined;
  /** The month and day (`01-01`) that this source writes when it knows only the year. */
  readonly yearOnly?: readonly string[] | undefined;
}

/** A day as YYYY-MM-DD, or a year when the source knew no more. */
export type KnownDate = { readonly day: string } | { readonly year: number };

const patterns: Readonly<Record<DateFormat, RegExp>> = {
  'YYYY-MM-DD': /^(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})$/,
  YYYYMMDD: /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
  'MM/DD/YYYY': /^(?<m>\d{1,2})[-/.](?<d>\d{1,2})[-/.](?<y>\d{4})$/,
  'DD/MM/YYYY': /^(?<d>\d{1,2})[-/.](?<m>\d{1,2})[-/.](?<y>\d{4})$/,
  'MM/DD/YY': /^(?<m>\d{1,2})[-/.](?<d>\d{1,2})[-/.](?<y>\d{2})$/,
  'DD-MON-YYYY': /^(?<d>\d{1,2})[- ](?<mon>[A-Z]{3})[A-Z]*[- ](?<y>\d{4})$/i,
};
const unmistakable: readonly DateFormat[] = ['YYYY-MM-DD', 'YYYYMMDD', 'MM/DD/YYYY', 'DD-MON-YYYY'];
const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');

export function parseDate(text: string, rules: DateRules, today: string): KnownDate | Unusable {
  const bare = text.replace(/[T ]\d{1,2}:\d{2}.*$/, '');
  if (/^\d{4}$/.test(bare) && bare !== '0000') return { year: Number(bare) };
  const formats = rules.format === undefined ? unmistakable : [rules.format];
  const parts = formats.map((format) => patterns[format].exec(bare)?.groups).find((groups) => groups !== undefined);
  if (parts === undefined) return unusable(explain(text, rules.format));
  const month = parts['mon'] === undefined ? Number(parts['m']) : months.indexOf(parts['mon'].toUpperCase()) + 1;
  const day = Number(parts['d']);
  const year = parts['y']!.length === 2 ? latestYear(Number(parts['y']), month, day, today) : Number(parts['y']);
  if (year === 0) return unusable(`"${text}" names no year`);
  if (day === 0 && month <= 12) return { year };
  const iso = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
  if (!isDay(year, month, day)) return unusable(`"${text}" is not a day of the calendar`);
  return rules.yearOnly?.includes(iso.slice(5)) === true ? { year } : { day: iso };
}

/** The full years between a day and today. */
export function ageAt(day: string, today: string): number {
  return Number(today.slice(0, 4)) - Number(day.slice(0, 4)) - (today.slice(5) < day.slice(5) ? 1 : 0);
}

function explain(text: string, format: DateFormat | undefined): string {
  if (format !== undefined) return `"${text}" is not a date written as ${format}`;
  if (patterns['MM/DD/YY'].test(text)) {
    return `"${text}" leaves the century open: give the layout "format": "MM/DD/YY" to have the latest one that is past`;
  }
  return `"${text}" is not a date (YYYY-MM-DD, MM/DD/YYYY or YYYYMMDD)`;
}

function latestYear(year: number, month: number, day: number, today: string): number {
  const century = Math.floor(Number(today.slice(0, 4)) / 100) * 100;
  return `${century + year}-${pad(month)}-${pad(day)}` > today ? century - 100 + year : century + year;
}

function isDay(year: number, month: number, day: number): boolean {
  const last =
    month === 2
      ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
        ? 29
        : 28
      : [4, 6, 9, 11].includes(month)
        ? 30
        : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= last;
}

function pad(part: number): string {
  return String(part).padStart(2, '0');
}
