/**
 * In which time zone the days of a row begin: the one that was asked for, else the one that the row says, or a row that
 * it refers to (an interaction's campaign), else UTC. A stored zone that PostgreSQL does not know counts as UTC, because
 * nothing that is stored may make a question fail.
 */
import { printPointer } from '../filter/pointer.ts';
import type { Filter } from '../filter/tree.ts';
import type { Json } from '../json.ts';
import type { Late } from '../late.ts';
import type { Attribute, Resource } from '../model.ts';
import { name, parameter, raw, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import type { StatsSelection } from './stats-selection.ts';

export interface Zone {
  /** A text. */
  readonly sql: Sql;
  /** What has to be joined to the rows for it. */
  readonly join: Sql;
}

export function compileZone(
  { timeZone, resource, filter }: Pick<StatsSelection, 'timeZone' | 'resource' | 'filter'>,
  row: string,
  context: ReadContext,
): Zone {
  const none = raw('');
  if (timeZone !== null) return { sql: sql`${parameter(timeZone)}::text`, join: none };
  const own = findZone(resource);
  if (own !== null) return { sql: known(name(row, own.column)), join: none };
  const told = findTold(resource, context);
  if (told === null) return { sql: raw(`'UTC'`), join: none };
  const { by, target, attribute } = told;
  const end = context.alias();
  const from = (where: Sql): Sql => sql`FROM ${name(target.table)} ${name(end)}
    WHERE ${context.visible(target, end, 'include')}${where}`;
  const only = findOnly(filter, by);
  if (only !== null) {
    // All rows refer to the one: it is looked up once.
    const found = sql`(SELECT ${known(name(end, attribute.column))} ${from(sql` AND ${name(end, 'id')} = ${only}::uuid`)})`;
    return { sql: sql`coalesce(${found}, 'UTC')`, join: none };
  }
  const zones = context.alias();
  // OFFSET keeps a zone from being looked at anew for each row that refers to it.
  const join = sql` LEFT JOIN (SELECT ${name(end, 'id')}, ${known(name(end, attribute.column))} AS zone ${from(raw(''))} OFFSET 0)
    ${name(zones)} ON ${name(zones, 'id')} = ${name(row, by.column)}`;
  return { sql: sql`coalesce(${name(zones, 'zone')}, 'UTC')`, join };
}

function findZone({ attributes }: Resource): Attribute | null {
  return attributes.find(({ field }) => field.schema['format'] === 'time-zone') ?? null;
}

/** The first reference of the resource whose row says a zone. */
function findTold(
  { attributes }: Resource,
  { model }: ReadContext,
): { readonly by: Attribute; readonly target: Resource; readonly attribute: Attribute } | null {
  for (const by of attributes) {
    if (by.field.reference === undefined) continue;
    const target = model.get(by.field.reference.to);
    const attribute = findZone(target);
    if (attribute !== null) return { by, target, attribute };
  }
  return null;
}

/** The one row that the filter limits the reference to. */
function findOnly(filter: Filter, by: Attribute): Json | Late {
  if (filter.kind === 'and') {
    for (const part of filter.of) {
      const found = findOnly(part, by);
      if (found !== null) return found;
    }
  }
  const isOnly =
    filter.kind === 'compare' && filter.operator === 'eq' && printPointer(filter.pointer) === printPointer(by.path);
  return isOnly ? filter.value : null;
}

function known(zone: Sql): Sql {
  return sql`CASE WHEN pg_input_is_valid('2000-01-01 00:00 ' || ${zone}, 'timestamptz') THEN ${zone} ELSE 'UTC' END`;
}
