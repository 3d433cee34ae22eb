/** SQL that writes JSON text. Of the ways that were tried, concatenation with these pieces was the fastest. */

/** JSON with SQL in it: `{"id":"<<i.id>>"}` becomes `'{"id":"' || i.id || '"}'`. */
export function splice(text: string): string {
  return `'${text.replaceAll(/<<(.+?)>>/gs, `' || $1 || '`)}'`;
}

/** A number, a truth or a document that may be missing. */
export const orNull = (column: string): string => `coalesce(${column}::text, 'null')`;

/** An id or a choice that may be missing: it needs quotes and no escapes. */
export const quotedOrNull = (column: string): string => `coalesce('"' || ${column} || '"', 'null')`;

/** A text of anybody's, which needs escapes. */
export const escapedOrNull = (column: string): string => `coalesce(to_json(${column})::text, 'null')`;

/**
 * An ISO time with its quotes. to_json() is half as expensive as to_char(), and the microsecond makes it write all six
 * decimals, of which three are wanted. The session's time zone is UTC.
 */
export const moment = (column: string): string => `left(to_json(${column} + interval '1us')::text, 24) || 'Z"'`;

/** A member of an object that leaves out what has no value, as REST has it; with the comma before it. */
export const sparse = (key: string, value: string): string => `coalesce(',"${key}":' || (${value})::text, '')`;

/** The texts of some rows, a column `t`, as an array. */
export const arrayOf = (rows: string): string =>
  `(SELECT '[' || coalesce(string_agg(t, ','), '') || ']' FROM (${rows}) rows)`;
