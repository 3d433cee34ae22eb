/**
 * Which operators an attribute takes and which values it can be compared with. Refusing here is what lets the
 * compiler cast every parameter to its column's type: no value that passes can make a statement fail.
 */
import type { Json } from '../json.ts';
import type { AttributeType } from './attribute-type.ts';
import { parseDate, parseTimestamp } from './calendar.ts';
import type { Operator } from './tree.ts';
import { isUuid } from '../uuid.ts';

const equality: readonly Operator[] = ['eq', 'neq', 'in', 'nin'];
const order: readonly Operator[] = ['gt', 'gte', 'lt', 'lte', 'between'];
const ordered = [...equality, ...order];
const textual: readonly Operator[] = [...ordered, 'like'];

interface ValueRule {
  readonly operators: readonly Operator[];
  /** What a value has to look like; it ends a sentence that begins with "expected". */
  readonly expected: string;
  /** The value as it is stored, or null when it cannot be one. */
  readonly accept: (value: Json, attribute: AttributeType) => Json;
}

export const valueRules: Readonly<Record<AttributeType['type'], ValueRule>> = {
  text: {
    operators: textual,
    expected: 'a text in double quotes',
    accept: (value) => (typeof value === 'string' ? value : null),
  },
  integer: {
    operators: ordered,
    expected: 'a whole number',
    accept: (value) => (Number.isSafeInteger(value) ? value : null),
  },
  decimal: {
    operators: ordered,
    expected: 'a number',
    accept: (value) => (typeof value === 'number' ? value : null),
  },
  boolean: {
    operators: equality,
    expected: 'true or false',
    accept: (value) => (typeof value === 'boolean' ? value : null),
  },
  date: {
    operators: ordered,
    expected: 'a day such as "2026-10-31"',
    accept: (value) => (typeof value === 'string' ? parseDate(value) : null),
  },
  timestamp: {
    operators: ordered,
    expected: 'a moment with its offset such as "2026-10-31T18:30:00Z", or a day such as "2026-10-31"',
    accept: (value) => (typeof value === 'string' ? parseTimestamp(value) : null),
  },
  choice: {
    operators: textual,
    expected: 'one of the declared values',
    accept: (value, { choices }) =>
      typeof value === 'string' && (choices === undefined || choices.includes(value)) ? value : null,
  },
  reference: {
    operators: ordered,
    expected: 'a UUID such as "0190b7a4-6f1e-7c3a-9d55-2f0c8f6b1e20"',
    accept: (value) => (typeof value === 'string' && isUuid(value) ? value.toLowerCase() : null),
  },
  document: {
    operators: textual,
    expected: 'a text, a number, true or false',
    accept: (value) => value,
  },
  group: { operators: ['eq', 'neq'], expected: 'nil, or a pointer to one of its members', accept: () => null },
};
