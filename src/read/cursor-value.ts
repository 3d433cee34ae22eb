/**
 * Whether a cursor's value can be compared with its column. Cursors are ours but travel through the client, who may
 * have changed one; a value that PostgreSQL cannot cast would be a failure of the server instead of the request's.
 */
import { parseDate, parseTimestamp } from '../filter/calendar.ts';
import type { Json } from '../json.ts';
import { findTextFault } from '../json-limits.ts';
import { isUuid } from '../uuid.ts';

/** PostgreSQL's integer has 32 bits. */
const isInteger = (value: Json): boolean => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;

const byType: Readonly<Record<string, (value: Json) => boolean>> = {
  uuid: (value) => typeof value === 'string' && isUuid(value),
  text: (value) => typeof value === 'string' && findTextFault(value) === null,
  'timestamptz(3)': (value) => typeof value === 'string' && parseTimestamp(value) !== null,
  date: (value) => typeof value === 'string' && parseDate(value) !== null,
  boolean: (value) => typeof value === 'boolean',
  integer: isInteger,
  'double precision': (value) => typeof value === 'number',
  jsonb: () => true,
};

export function isCursorValue(sqlType: string, value: Json): boolean {
  return value === null || byType[sqlType]!(value);
}
