/**
 * A copy as SQL: the values of its columns first, and around them their form in the file. PostgreSQL writes CSV cells and
 * JSON texts itself; for Parquet it sends values in their binary form, and types are given to them outside.
 */
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import type { CopyColumn, CopyOptions, CopyQuestion } from './copy-question.ts';
import { copySource } from './copy-source.ts';
import { concatenate, orJsonNull, type Piece } from './json-text.ts';

export function compileCopy(question: CopyQuestion, options: CopyOptions, context: ReadContext): Sql {
  const { values, from } = copySource(question, context);
  const inner = values.map((value, index) => sql`${value} AS ${name(`v${index}`)}`);
  return sql`SELECT ${form(question.columns, options)} FROM (SELECT ${join(inner)} ${from}) AS c`;
}

/** How many rows the copy will have. */
export function compileCopyCount(question: CopyQuestion, context: ReadContext): Sql {
  const { from } = copySource(question, context);
  return sql`SELECT count(*) AS rows FROM (SELECT ${from}) AS c`;
}

function form(columns: readonly CopyColumn[], { format, defused }: CopyOptions): Sql {
  const at = (index: number): string => `"c"."v${index}"`;
  switch (format) {
    case 'csv':
      return join(
        columns.map(({ field }, index) => raw(defused && field.isFreeText ? defuse(at(index)) : field.csv(at(index)))),
      );
    case 'ndjson':
      return jsonLine(columns, at);
    case 'parquet':
      return join(columns.map(({ field: { parquet } }, index) => raw(parquet.sql?.(at(index)) ?? at(index))));
  }
}

/**
 * What makes a formula of a cell, as OWASP lists it ("CSV Injection"): signs, their full-width twins, and the white space
 * that a spreadsheet passes over in front of them.
 */
function defuse(column: string): string {
  return `CASE WHEN ${column} ~ '^[=+@\\t\\r\\n＝＋－＠-]' THEN '''' || ${column} ELSE ${column} END`;
}

/** One object with every column, null where nothing is set: readers that guess types from lines see the same in each. */
function jsonLine(columns: readonly CopyColumn[], at: (index: number) => string): Sql {
  const pieces = columns.flatMap(({ name: key, field, required }, index): readonly Piece[] => {
    const lead = index === 0 ? '{' : ',';
    if (!required) return [lead, ...keyPieces(key), orJsonNull(raw(field.json(at(index))))];
    const {
      before,
      sql: value,
      after,
    } = field.jsonParts?.(at(index)) ?? { before: '', sql: field.json(at(index)), after: '' };
    return [lead, ...keyPieces(key), before, raw(value), after];
  });
  return concatenate([...pieces, columns.length === 0 ? '{}' : '}']);
}

/** Names of ours are part of the statement; a name that somebody has given is a value like any other. */
function keyPieces(key: string): readonly Piece[] {
  const text = `${JSON.stringify(key)}:`;
  return /^[\w.]+$/.test(key) ? [text] : [sql`${text}::text`];
}
