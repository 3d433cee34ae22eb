/** A birth date has to belong to somebody who can open the door: not in the future, and not 1900-01-01. */
import { ageAt, type DateRules, type KnownDate, parseDate } from './calendar-date.ts';
import { type Unusable, isUnusable, unusable } from './unusable.ts';

/** Nobody alive is older; registers write 1800 or 1900 when they do not know. */
const oldest = 120;

export function parseBirthDate(text: string, rules: DateRules, today: string): KnownDate | Unusable {
  const date = parseDate(text, rules, today);
  if (isUnusable(date)) return date;
  const age = 'day' in date ? ageAt(date.day, today) : Number(today.slice(0, 4)) - date.year;
  if (age < 0) return unusable(`"${text}" is in the future`);
  if (age > oldest)
    return unusable(`"${text}" would make this person ${age} years old; leave it empty if it is not known`);
  return date;
}
