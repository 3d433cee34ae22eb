/** Reads one text as a kind of value. Null is "nothing there": a gender that is unknown, a list of blanks. */
import type { Kind } from './attribute-kinds.ts';
import type { FieldValue } from './door.ts';
import type { SourceRule } from './layout.ts';
import { parseDate } from './normalise/calendar-date.ts';
import { capitalise } from './normalise/capitals.ts';
import { normaliseCountry } from './normalise/country.ts';
import { normaliseGender } from './normalise/gender.ts';
import { normaliseSuffix, normaliseTitle } from './normalise/person-name.ts';
import { normalisePhone } from './normalise/phone.ts';
import { normaliseStreet } from './normalise/street.ts';
import { normaliseUnit } from './normalise/unit.ts';
import { isUnusable, type Unusable, unusable } from './normalise/unusable.ts';

const yes = new Set(['Y', 'YES', 'T', 'TRUE', '1', 'X']);
const no = new Set(['N', 'NO', 'F', 'FALSE', '0']);

export function readValue(kind: Kind, text: string, rule: SourceRule, today: string): FieldValue | null | Unusable {
  switch (kind) {
    case 'name':
    case 'surname':
    case 'capitalise':
      return capitalise(text);
    case 'suffix':
      return normaliseSuffix(text);
    case 'title':
      return normaliseTitle(text);
    case 'street':
      return normaliseStreet(text);
    case 'unit':
      return normaliseUnit(text);
    case 'country':
      return normaliseCountry(text);
    case 'gender':
      return normaliseGender(text);
    case 'phone':
      return normalisePhone(text);
    case 'email':
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text) ? text : unusable(`"${text}" is not an e-mail address`);
    case 'date':
      return readDate(text, rule, today);
    case 'number':
    case 'integer':
      return readNumber(kind, text);
    case 'boolean':
      return readBoolean(text);
    case 'list':
    case 'languages':
      return readList(kind, text, rule.separator ?? ',');
    default:
      return text;
  }
}

/** A year alone stays one, as a number; `2024-05-01` and `2024` are both what a file may know. */
function readDate(text: string, rule: SourceRule, today: string): FieldValue | Unusable {
  const date = parseDate(text, rule, today);
  return isUnusable(date) ? date : 'day' in date ? date.day : date.year;
}

function readNumber(kind: 'number' | 'integer', text: string): number | Unusable {
  const plain = text.replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
  const value = /^[+-]?(\d+(\.\d+)?|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
  if (kind === 'number') return Number.isFinite(value) ? value : unusable(`"${text}" is not a number`);
  return Number.isSafeInteger(value) ? value : unusable(`"${text}" is not a whole number`);
}

function readBoolean(text: string): boolean | Unusable {
  const word = text.toUpperCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : unusable(`"${text}" is neither yes nor no (Y/N, true/false, 1/0)`);
}

function readList(kind: 'list' | 'languages', text: string, separator: string): readonly string[] | null | Unusable {
  const items = text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0) return null;
  if (kind === 'list') return items;
  const wrong = items.find((item) => !/^[A-Za-z]{2}$/.test(item));
  return wrong === undefined
    ? items.map((item) => item.toLowerCase())
    : unusable(`"${wrong}" is not a language code of two letters (ISO 639-1)`);
}
