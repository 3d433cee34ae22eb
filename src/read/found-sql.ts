/**
 * Lists whose rows are found before they are put in order. A page that is read in its order stops at its last row, which
 * is best where many rows qualify; where few do, it walks past everybody else. What a key leads to is mostly few, and what
 * is equal at a place inside a document may be either, and PostgreSQL keeps no statistics that would tell: so as many as
 * are soon put in order are looked up first, and only if there are more is the order walked.
 */
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import type { Order } from './order.ts';
import { placeColumns, placeOrder, rowsAt } from './places-sql.ts';

export interface Found {
  /** WITH …, which stands before the SELECT that has the others in it. */
  readonly with: Sql;
  /** The rows of the page in their order, with all their columns. */
  readonly page: Sql;
  /** The number of rows, whatever the page. */
  readonly total: Sql;
}

export interface FoundOptions {
  readonly table: string;
  /** The alias of the table in `from`, `conditions` and `order`. */
  readonly end: string;
  readonly from: Sql;
  readonly conditions: Sql;
  readonly order: Order;
  readonly after: string | null;
  /** LIMIT … */
  readonly limit: Sql;
  /** FROM … LIMIT …: the page as it is read in its order, for where the found would be many; null where they never are. */
  readonly walk: Sql | null;
}

/**
 * Of so many, places and keys are put in order in the time in which a walk passes as many rows; and where they are fewer
 * among millions, the walk would pass a hundred times as many.
 */
const fewRows = 10_000;

export function compileFound(options: FoundOptions, context: ReadContext): Found {
  const { table, end, from, conditions, order, after, limit, walk } = options;
  const [found, few] = [context.alias(), context.alias()].map((alias) => name(alias));
  const behind = after === null ? raw('') : sql`, (${order.after(after)}) AS behind`;
  const listed = sql`${found} AS MATERIALIZED (SELECT ${placeColumns(end, order)}${behind} FROM ${from} WHERE ${conditions})`;
  const chosen = [
    ...(after === null ? [] : [raw('behind')]),
    ...(walk === null ? [] : [sql`(SELECT yes FROM ${few})`]),
  ];
  const where = chosen.length === 0 ? raw('') : sql` WHERE ${join(chosen, ' AND ')}`;
  const first = sql`SELECT * FROM ${found}${where} ORDER BY ${placeOrder(order)} ${limit}`;
  const page = sql`SELECT ${name(end)}.* ${rowsAt(table, end, first, order)}`;
  const counted = sql`(SELECT count(*) FROM ${found})`;
  if (walk === null) return { with: sql`WITH ${listed} `, page, total: counted };
  // Of what is materialised only as much is made as is read.
  const decided = sql`${few} AS MATERIALIZED (SELECT count(*) <= ${raw(String(fewRows))} AS yes
    FROM (SELECT FROM ${found} LIMIT ${raw(String(fewRows + 1))}) first)`;
  const walked = sql`SELECT ${name(end)}.* FROM (SELECT ${name(end)}.* ${walk}) ${name(end)} WHERE NOT (SELECT yes FROM ${few})`;
  const both = sql`SELECT ${name(end)}.* FROM ((${page}) UNION ALL (${walked})) ${name(end)} ORDER BY ${order.orderBy}`;
  const total = sql`CASE WHEN (SELECT yes FROM ${few}) THEN ${counted}
    ELSE (SELECT count(*) FROM ${from} WHERE ${conditions}) END`;
  return { with: sql`WITH ${listed}, ${decided} `, page: both, total };
}
