/**
 * From the walklists of a device's holder to the rows of a collection, with everything that moves a row on the device:
 * the position of a row there is the greatest of its own and of those of the rows that bring it there. A row that
 * nothing brings any more is a tombstone at the position of what went.
 *
 * A newcomer's mistake would be to read live walklists only: a walklist that was given to somebody else would then stay
 * on the first phone for ever. Assignments leave a trace when they end, and are followed as far as the device has not
 * heard of the end.
 */
import { join, name, type Parameter, raw, type Sql, sql } from '../store/sql.ts';
import type { Collection, Step } from './collection.ts';
import type { ReadContext } from './context.ts';

export interface Reached {
  /** A row for each key by which rows are reached: k0, k1, …, and `alive`, `moved`. */
  readonly from: Sql;
  /** Joins the rows, under this alias, to the keys. */
  readonly on: Sql;
  /** Over the two. */
  readonly isAlive: Sql;
  readonly moved: Sql;
}

interface Link {
  readonly isDeleted: Sql;
  readonly position: Sql;
}

/** `since` is the position of the device's checkpoint, null for a device that has nothing and needs no tombstones. */
export function compileReach(
  collection: Collection,
  row: string,
  holder: Parameter,
  since: Parameter | null,
  context: ReadContext,
): Reached {
  const { steps, rows } = collection;
  const [assignment, keys] = [context.alias(), context.alias()];
  const aliases = steps.map(() => context.alias());
  const aliasOf = (index: number): string => (index === -1 ? assignment : aliases[index]!);
  const matches = ({ on }: Step, alias: string): readonly Sql[] =>
    on.map(({ column, of, equals }) => sql`${name(alias, column)} = ${name(aliasOf(of), equals)}`);
  const joined = steps.map((step, index) => {
    const alias = aliases[index]!;
    const conditions = [...matches(step, alias), isVisible(step, alias, context)];
    return sql` JOIN ${name(step.table)} ${name(alias)} ON ${join(conditions, ' AND ')}`;
  });
  const links: readonly Link[] = [
    { isDeleted: name(assignment, 'is_deleted'), position: name(assignment, 'position') },
    ...aliases.map((alias) => ({ isDeleted: name(alias, 'is_deleted'), position: name(alias, 'sync_seq') })),
  ];
  // What no longer brings a row counts as long as the device has not heard of it; at 0 it has nothing to forget.
  const heeded = links.map(({ isDeleted, position }) =>
    since === null ? sql`NOT ${isDeleted}` : sql`(NOT ${isDeleted} OR ${position} > nullif(${since}::bigint, 0))`,
  );
  const isGone = join(
    links.map(({ isDeleted }) => isDeleted),
    ' OR ',
  );
  const gone = links.map(({ isDeleted, position }) => sql`CASE WHEN ${isDeleted} THEN ${position} END`);
  const bringing = links.filter((_, index) => isBringing(collection, index - 1)).map(({ position }) => position);
  const columns = rows.on.map(({ of, equals }, index) => sql`${name(aliasOf(of), equals)} AS ${raw(`k${index}`)}`);
  const grouped = join(rows.on.map((_, index) => raw(String(index + 1))));
  const moved =
    since === null
      ? sql`max(greatest(${join(bringing)}))`
      : sql`max(CASE WHEN ${isGone} THEN greatest(${join(gone)}) ELSE greatest(${join(bringing)}) END)`;
  const from = sql`(SELECT ${join(columns)}, ${since === null ? raw('true') : sql`bool_or(NOT (${isGone}))`} AS alive,
      ${moved} AS moved
    FROM walklist_assignments ${name(assignment)}${join(joined, '')}
    WHERE ${name(assignment, 'customer_id')} = ${context.customer} AND ${name(assignment, 'user_id')} = ${holder}::uuid
      AND ${join(heeded, ' AND ')} GROUP BY ${grouped}) ${name(keys)}`;
  const on = rows.on.map(({ column }, index) => sql`${name(row, column)} = ${name(keys, `k${index}`)}`);
  return { from, on: join(on, ' AND '), isAlive: name(keys, 'alive'), moved: name(keys, 'moved') };
}

/**
 * Whether a change of this step's row may bring other rows to the device. A walklist is changed all the time (its lease,
 * its name) and leads to its stops by its id, which never changes; where something is read from it that may, it counts.
 */
function isBringing({ steps, rows }: Collection, index: number): boolean {
  if (index !== 0) return true;
  return [...steps, rows].some(({ on }) => on.some(({ of, equals }) => of === 0 && equals !== 'id'));
}

/** Whoever sees the owner of an array sees its items. */
export function isVisible({ resource }: Step, alias: string, context: ReadContext): Sql {
  if (resource === null) return sql`${name(alias, 'customer_id')} = ${context.customer}`;
  return context.visible(resource, alias, 'include');
}
