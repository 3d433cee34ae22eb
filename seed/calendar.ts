/**
 * Dates as text and arithmetic on them. The seed asks nobody what time it is and is not moved by the machine's time
 * zone: a newcomer would reach for `Date`, whose local getters give other households other birthdays in Tokyo.
 */
const millisecondsADay = 86_400_000;

/** Days since 1970-01-01 of a date like 2026-03-29. */
export function dayNumberOf(date: string): number {
  const milliseconds = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) throw new RangeError(`A date looks like 2026-03-29; this came: ${date}`);
  return milliseconds / millisecondsADay;
}

/** The way back: civil_from_days of Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms". */
export function dateOf(dayNumber: number): string {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

export function addDays(date: string, days: number): string {
  return dateOf(dayNumberOf(date) + days);
}

/** 0 is Sunday. */
export function weekdayOf(date: string): number {
  return (((dayNumberOf(date) + 4) % 7) + 7) % 7;
}

export function ageOn(date: string, birthdate: string): number {
  const years = Number(date.slice(0, 4)) - Number(birthdate.slice(0, 4));
  return date.slice(5) < birthdate.slice(5) ? years - 1 : years;
}

/** The instant that is so many seconds after midnight UTC of a date; more than a day's worth goes on to the next. */
export function instantOf(date: string, seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const time = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, Math.floor(rest) % 60].map(pad).join(':');
  return `${days === 0 ? date : addDays(date, days)}T${time}.000Z`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
