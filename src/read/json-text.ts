/**
 * JSON objects written by SQL as text. Concatenation costs a third of json_build_object; the price is that nulls and
 * commas are ours to mind. Each piece is either fixed text or an expression that is never NULL.
 */
import { raw, join, type Sql, sql } from '../store/sql.ts';

export type Piece = string | Sql;

/** Each || copies all that stands before it, so many pieces are joined in groups of so many. */
const together = 8;

/** The pieces joined by ||, neighbouring texts melted into one literal. */
export function concatenate(pieces: readonly Piece[]): Sql {
  const parts: Sql[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push(raw(literal(text)));
    text = '';
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    else {
      flush();
      parts.push(piece);
    }
  }
  flush();
  return parts.length === 0 ? raw(`''`) : joinInGroups(parts);
}

function joinInGroups(parts: readonly Sql[]): Sql {
  if (parts.length <= together) return join(parts, ' || ');
  const groups: Sql[] = [];
  for (let from = 0; from < parts.length; from += together) {
    groups.push(sql`(${join(parts.slice(from, from + together), ' || ')})`);
  }
  return joinInGroups(groups);
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An object whose members are always there. */
export function objectPieces(members: readonly (readonly [key: string, value: readonly Piece[]])[]): readonly Piece[] {
  const inner = members.flatMap(([key, value], index) => [
    `${index === 0 ? '' : ','}${JSON.stringify(key)}:`,
    ...value,
  ]);
  return ['{', ...inner, '}'];
}

/** `value` may be NULL; then JSON's null stands there. */
export function orJsonNull(value: Sql): Sql {
  return sql`coalesce(${value}, 'null')`;
}

/** An array of the text column `item` of `rows`, in the order of its rows. */
export function arrayOf(item: Sql, rows: Sql): Sql {
  return sql`(SELECT '[' || coalesce(string_agg(${item}, ','), '') || ']' FROM ${rows})`;
}
