/**
 * The condition that a row comes behind given sort values: where a page after a cursor begins. It is written so that an
 * index in the order of the list is entered at that place, and a deep page costs what the first one costs.
 *
 * Nil counts as greater than everything, as in PostgreSQL's indexes: last ascending and first descending. For a row
 * where a key is nil a comparison may give NULL, which only ever means that the row does not come behind.
 */
import type { Json } from '../json.ts';
import { join, raw, type Sql, sql } from '../store/sql.ts';

export interface OrderKey {
  readonly sql: Sql;
  /** What a value is cast to. */
  readonly type: string;
  readonly order: 'ASC' | 'DESC';
  readonly nullable: boolean;
}

/** One value for each key. */
export function compileBehind(keys: readonly OrderKey[], values: readonly Json[]): Sql {
  const [first, ...others] = keys;
  if (first === undefined) return raw('false');
  if (values[0] === null) {
    const rest = compileBehind(others, values.slice(1));
    return first.order === 'ASC' ? sql`(${first.sql} IS NULL AND ${rest})` : sql`(${first.sql} IS NOT NULL OR ${rest})`;
  }
  if (isNilBehind(first)) {
    return sql`(${first.sql} IS NULL OR ${compileBehind([{ ...first, nullable: false }, ...others], values)})`;
  }
  const count = countComparable(keys, values);
  const row = sql`(${join(keys.slice(0, count).map((key) => key.sql))})`;
  const bounds = sql`(${join(keys.slice(0, count).map((key, index) => bind(key, values[index]!)))})`;
  const sign = raw(first.order === 'ASC' ? '>' : '<');
  if (count === keys.length) return sql`${row} ${sign} ${bounds}`;
  const rest = compileBehind(keys.slice(count), values.slice(count));
  // The first half is the range that an index can be asked for; within it a row is beyond the bounds, or at them.
  return sql`(${row} ${sign}= ${bounds} AND (${row} ${sign} ${bounds} OR ${rest}))`;
}

function isNilBehind({ nullable, order }: OrderKey): boolean {
  return nullable && order === 'ASC';
}

/** How many keys can be compared together as a row, which goes in one direction and passes over nil. */
function countComparable(keys: readonly OrderKey[], values: readonly Json[]): number {
  const end = keys.findIndex(
    (key, index) => key.order !== keys[0]!.order || values[index] === null || isNilBehind(key),
  );
  return end === -1 ? keys.length : end;
}

function bind({ type }: OrderKey, value: Json): Sql {
  return sql`${type === 'jsonb' ? JSON.stringify(value) : String(value)}::text::${raw(type)}`;
}
