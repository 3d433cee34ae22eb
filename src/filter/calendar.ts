/**
 * Dates and moments as people and programs write them. Date.parse is not asked first because it takes far more than
 * ISO 8601, reads a time without an offset in the server's own zone, and turns 30 February into 2 March.
 */
const day = /^(\d{4})-(\d{2})-(\d{2})$/;
const moment = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])(\d{2}):?(\d{2}))$/;

/** YYYY-MM-DD of a day that exists, or null. PostgreSQL has no year 0. */
export function parseDate(text: string): string | null {
  const [, year, month, date] = (day.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  if (year < 1 || month < 1 || month > 12 || date < 1 || date > daysIn(year, month)) return null;
  return text;
}

/**
 * ISO 8601 in UTC with three decimals, as everywhere on the wire, or null. An offset or Z is needed; a day alone is
 * its midnight in UTC. What is finer than a millisecond is cut off, since nothing finer is stored.
 */
export function parseTimestamp(text: string): string | null {
  if (isOnWire(text)) return text;
  const [, date, hour, minute, second = '00', fraction = '', sign, offsetHour = '00', offsetMinute = '00'] =
    moment.exec(parseDate(text) === null ? text : `${text}T00:00Z`) ?? [];
  if (date === undefined || hour === undefined || minute === undefined || parseDate(date) === null) return null;
  if (hour > '23' || minute > '59' || second > '59' || offsetHour > '23' || offsetMinute > '59') return null;
  const local = Date.parse(`${date}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000;
  const utc = new Date(sign === '-' ? local + offset : local - offset).toISOString();
  // An offset can carry the first and the last day out of the years that four digits can write.
  return /^(?!0000)\d{4}-/.test(utc) ? utc : null;
}

/** Mostly it is in that form already. Date.parse moves a day that does not exist, which is then another text. */
function isOnWire(text: string): boolean {
  if (text.length !== 24 || text.startsWith('0000')) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString() === text;
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
