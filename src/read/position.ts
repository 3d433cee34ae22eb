/**
 * A place in the order of a customer's changes, as clients carry it about: `after` of the change feed, and what the
 * manifest of an export says. Positions become visible in commit order, so whoever has seen one has seen all before it.
 *
 * Beside the number it says under which rights it was reached: rows that come into sight or go out of it with somebody's
 * rights do not move, so a place that was reached under other rights says nothing about what the caller has.
 *
 * A newcomer's mistake would be to take the last value of the sequence: a writer that has a number and has not committed
 * yet would be passed over for ever.
 */
import type { Viewer } from '../access/viewer.ts';
import type { Model } from '../model.ts';
import { Problem } from '../problem.ts';
import type { Queryable } from '../store/database.ts';
import { join, name, type Sql, sql } from '../store/sql.ts';
import { isUuid } from '../uuid.ts';
import { accessPosition } from './access-position.ts';

export interface Position {
  /** The last position that was reached, as decimal digits: 64 bits do not fit a number. */
  readonly seq: string;
  /** Where the rights of the caller last changed; digits too. */
  readonly access: string;
  /** Null when everything at `seq` was seen, else the last row there that was: its resource's label, and its id. */
  readonly row: { readonly label: string; readonly id: string } | null;
  /** Where the run of pages began that this one belongs to; digits. */
  readonly since: string;
}

/** A row behind every row of the same transaction. */
const lastLabel = '~';

export function printPosition({ seq, access, row, since }: Position): string {
  return row === null ? `${seq}.${access}` : `${seq}.${access}.${since}.${row.label}.${row.id}`;
}

/** INVALID_PAGE for a text that this server did not make. */
export function parsePosition(text: string): Position {
  const [seq = '', access = '', since, label, id, ...more] = text.split('.');
  const isRow = since !== undefined && label !== undefined && id !== undefined && more.length === 0;
  const isWhole = since === undefined;
  const digits = [seq, access, ...(isRow ? [since] : [])];
  const row = isRow ? { label, id } : null;
  if ((!isWhole && !isRow) || !digits.every(isDigits) || (row !== null && !isRowPlace(row))) {
    throw new Problem('INVALID_PAGE', 'after: expected a position that this server gave, found another text.');
  }
  return { seq, access, row, since: since ?? seq };
}

/** Positions are 64 bits with a sign. */
function isDigits(text: string): boolean {
  return /^\d{1,19}$/.test(text) && BigInt(text) < 2n ** 63n;
}

function isRowPlace({ label, id }: NonNullable<Position['row']>): boolean {
  return /^[a-z][a-z0-9-]{0,63}$/.test(label) && isUuid(id);
}

/** The three values that rows are compared with: `(position, label, id)` of a row behind is greater. */
export function placeOf({ seq, row }: Position): readonly [seq: string, label: string, id: string] {
  return [seq, row?.label ?? lastLabel, row?.id ?? '00000000-0000-0000-0000-000000000000'];
}

/**
 * The position of everything that is visible to this statement, as text for `after`. Read within the transaction of an
 * export (REPEATABLE READ), it is that of the exported rows: what comes behind it is what the export does not have.
 */
export async function readPosition(database: Queryable, model: Model, viewer: Viewer): Promise<string> {
  const { customerId, userId } = viewer;
  const customer = sql`${customerId}::uuid`;
  const [row] = await database.query<{ seq: string; access: string }>(sql`
    SELECT ${latestOf(tablesOf(model), customer)}::text AS seq,
      ${accessPosition(customer, sql`${userId}::uuid`)}::text AS access`);
  const { seq, access } = row!;
  return printPosition({ seq, access, row: null, since: seq });
}

function tablesOf({ resources }: Model): readonly string[] {
  return resources.flatMap(({ table, rows }) => [table, ...rows.map((each) => each.table)]);
}

/** The latest position in any of these tables, 0 while they are empty: one look at the end of an index for each. */
export function latestOf(tables: readonly string[], customer: Sql): Sql {
  const latest = tables.map(
    (table) => sql`(SELECT max(row.sync_seq) FROM ${name(table)} row WHERE row.customer_id = ${customer})`,
  );
  return sql`greatest(0, ${join(latest)})`;
}
