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

/** The condition as one. One value for each key. */
export function compileBehind(keys: readonly OrderKey[], values: readonly Json[]): Sql {
  const ranges = compileRanges(keys, values);
  return ranges.length === 1 ? ranges[0]! : sql`(${join(ranges, ' OR ')})`;
}

/**
 * The same as the ranges of the order that it consists of, the nearer first: no index can be asked for both the values
 * behind one and nil at once.
 */
export function compileRanges(keys: readonly OrderKey[], values: readonly Json[]): readonly Sql[] {
  const [first, ...others] = keys;
  if (first === undefined) return [raw('false')];
  if (values[0] === null) {
    const near = sql`(${first.sql} IS NULL AND ${compileBehind(others, values.slice(1))})`;
    return first.order === 'ASC' ? [near] : [near, sql`${first.sql} IS NOT NULL`];
  }
  const near = compileBeyond(keys, values);
  return isNilBehind(first) ? [near, sql`${first.sql} IS NULL`] : [near];
}

/** The rows behind whose first key is not nil. */
function compileBeyond(keys: readonly OrderKey[], values: readonly Json[]): Sql {
  const count = countComparable(keys, values);
  const row = sql`(${join(keys.slice(0, count).map((key) => key.sql))})`;
  const bounds = sql`(${join(keys.slice(0, count).map((key, index) => bind(key, values[index]!)))})`;
  const sign = raw(keys[0]!.order === 'ASC' ? '>' : '<');
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
    (key, index) => index > 0 && (key.order !== keys[0]!.order || values[index] === null || isNilBehind(key)),
  );
  return end === -1 ? keys.length : end;
}

function bind({ type }: OrderKey, value: Json): Sql {
  return sql`${type === 'jsonb' ? JSON.stringify(value) : String(value)}::text::${raw(type)}`;
}
