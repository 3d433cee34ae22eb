/**
 * A piece of SQL with its values written into the text, for COPY, which takes no parameters. This is the only place in
 * the house where a value becomes text: it walks the pieces of the template, so that a value is quoted whatever is in it
 * and whatever stands around it, and PostgreSQL finds its type as it would find the type of a parameter.
 *
 * A newcomer's mistake would be to put values in place of $1, $2, … in a finished text: a name or a text in it may hold
 * a dollar sign as well.
 */
import pg from 'pg';
import { Problem } from '../problem.ts';
import { isParameter, isSql, type Sql } from './sql.ts';

export function inlineSql({ strings, parts }: Sql): string {
  return strings.map((string, index) => (index < parts.length ? string + inline(parts[index]) : string)).join('');
}

function inline(part: unknown): string {
  if (isSql(part)) return inlineSql(part);
  return literal(isParameter(part) ? part.value : part);
}

function literal(value: unknown): string {
  return value === null || value === undefined ? 'NULL' : pg.escapeLiteral(checkText(textOf(value)));
}

/** As `pg` would send it. */
function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (Array.isArray(value)) return `{${value.map(itemOf).join(',')}}`;
      throw new TypeError(`A ${typeof value} cannot be written into a statement`);
  }
}

/** An item of an array literal: PostgreSQL documentation, §8.15.6. */
function itemOf(item: unknown): string {
  return item === null || item === undefined ? 'NULL' : `"${textOf(item).replaceAll(/["\\]/g, '\\$&')}"`;
}

/** The text of a statement ends at its first NUL; a parameter with one is refused with the same words. */
function checkText(text: string): string {
  if (!text.includes('\0')) return text;
  throw new Problem('INVALID_INPUT', 'Text must be valid Unicode without the character NUL (U+0000).');
}
