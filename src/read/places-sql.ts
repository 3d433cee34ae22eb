/**
 * Rows by their places: what decides the order is carried through the sort without the rest of the row, and the table is
 * read at a place for the rows that come out of it.
 *
 * A row does not move within the view that one statement has of its table (PostgreSQL's documentation, "System Columns").
 */
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import type { Order } from './order.ts';

/** The place of a row and what decides about it, as columns of a SELECT. `end` is the alias of its table there. */
export function placeColumns(end: string, { keys }: Order): Sql {
  const deciding = keys.map((key, index) => sql`${key.sql} AS ${raw(`key_${index}`)}`);
  return join([sql`${name(end, 'ctid')} AS place`, ...deciding]);
}

/** What to put after ORDER BY where those columns are. */
export function placeOrder({ keys }: Order): Sql {
  return join(keys.map(({ order }, index) => raw(`key_${index} ${order}`)));
}

/** FROM … ORDER BY …: the rows of `table`, as `end`, at the places that the SELECT `places` gives. */
export function rowsAt(table: string, end: string, places: Sql, order: Order): Sql {
  return sql`FROM (${places}) AS at JOIN ${name(table)} ${name(end)} ON ${name(end, 'ctid')} = at.place
    ORDER BY ${placeOrder(order)}`;
}
