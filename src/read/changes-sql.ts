/**
 * What has changed for a caller, over all resources at once, in the order of positions: of each row its state now, or
 * that it is gone. Scope stands in the conditions of each table, before the limit; the text of rows is made for those of
 * the page alone.
 *
 * A transaction has one position, so within it the order is by resource and id: a page may end in the middle of one.
 */
import { Late } from '../late.ts';
import type { Resource } from '../model.ts';
import { join, name, parameter, type Parameter, raw, type Sql, sql } from '../store/sql.ts';
import { accessPosition, retentionHorizon } from './access-position.ts';
import { FromViewer } from './compiled.ts';
import type { ReadContext } from './context.ts';
import { wholeEnvelope } from './envelope.ts';
import { concatenate } from './json-text.ts';
import { latestOf } from './position.ts';

/** Asked again, the same object is not compiled again. */
export interface ChangesQuestion {
  readonly resources: readonly Resource[];
  readonly limit: number;
  /** Whether rows are left out that nobody but the caller has written since the run of pages began. */
  readonly excludeOwn: boolean;
}

/** One row. */
export interface ChangesRow {
  /** A JSON text each, joined by commas, each with a line of its own: see countRows. */
  readonly entries: string;
  /** The position of the last entry where others follow; else everything up to here has been told. */
  readonly seq: string;
  /** The last entry where others follow, null where there are none. */
  readonly label: string | null;
  readonly id: string | null;
  /** Where the caller's rights last changed. */
  readonly access: string;
  /** Tombstones up to here may be gone. */
  readonly horizon: string;
}

interface Place {
  readonly seq: Sql;
  readonly label: Sql;
  readonly id: Sql;
  readonly since: Sql;
}

/** The place is given as `seq`, `label`, `id` and `since`. */
export function compileChanges({ resources, limit, excludeOwn }: ChangesQuestion, context: ReadContext): Sql {
  const value = (part: string, type: string): Sql => sql`${parameter(Late.value(part))}::${raw(type)}`;
  const [seq, label] = [parameter(Late.value('seq')), parameter(Late.value('label'))];
  const place: Place = {
    seq: sql`${seq}::bigint`,
    label: sql`${label}::text`,
    id: value('id', 'uuid'),
    since: excludeOwn ? value('since', 'bigint') : raw('0'),
  };
  const caller = parameter(new FromViewer(({ userId }) => userId));
  const customer = sql`${context.customer}`;
  const parts = resources.map((resource) => rowsOf(resource, limit, place, excludeOwn ? caller : null, context));
  const texts = resources.map(
    (resource) => sql`WHEN ${literal(resource.label)} THEN ${entryText(resource, 'pick', context)}`,
  );
  const within = sql`FILTER (WHERE page.n <= ${raw(String(limit))})`;
  const last = sql`FILTER (WHERE page.n = ${raw(String(limit))})`;
  const goesOn = sql`count(*) > ${raw(String(limit))}`;
  const latest = latestOf(
    resources.map(({ table }) => table),
    customer,
  );
  return sql`SELECT coalesce(E'\\n' || string_agg(page.entry, E'\\n,') ${within}, '') AS entries,
      CASE WHEN ${goesOn} THEN max(page.seq) ${last} ELSE greatest(${latest}, ${place.seq}) END::text AS seq,
      CASE WHEN ${goesOn} THEN max(page.label) ${last} END AS label,
      CASE WHEN ${goesOn} THEN (array_agg(page.id) ${last})[1] END::text AS id,
      ${accessPosition(customer, sql`${caller}::uuid`)}::text AS access, ${retentionHorizon(customer)}::text AS horizon
    FROM (SELECT row_number() OVER () AS n, pick.seq, pick.label, pick.id, CASE pick.label ${join(texts, ' ')} END AS entry
      FROM (SELECT * FROM (${join(parts, ' UNION ALL ')}) every ORDER BY seq, label, id LIMIT ${raw(String(limit + 1))}) pick
    ) page`;
}

/** Compared by code point, whatever the database sorts texts by. */
function literal(label: string): Sql {
  return raw(`'${label}'::text COLLATE "C"`);
}

/** The places of a resource's rows behind the one that was reached. */
function rowsOf(resource: Resource, limit: number, place: Place, caller: Parameter | null, context: ReadContext): Sql {
  const row = context.alias();
  const label = literal(resource.label);
  const others =
    caller === null ? raw('') : sql` AND ${isWrittenByOthers(resource, row, place.since, caller, context)}`;
  // The first comparison is where the index is entered.
  return sql`(SELECT ${name(row, 'sync_seq')} AS seq, ${label} AS label, ${name(row, 'id')} AS id
    FROM ${name(resource.table)} ${name(row)}
    WHERE ${context.visible(resource, row, 'include')} AND ${name(row, 'sync_seq')} >= ${place.seq}
      AND (${name(row, 'sync_seq')}, ${label}, ${name(row, 'id')}) > (${place.seq}, ${place.label}, ${place.id})${others}
    ORDER BY ${name(row, 'sync_seq')}, ${name(row, 'id')} LIMIT ${raw(String(limit + 1))})`;
}

/** By the row's last author, and by the log where it had several. */
function isWrittenByOthers(resource: Resource, row: string, since: Sql, caller: Parameter, context: ReadContext): Sql {
  const entry = context.alias();
  return sql`(${name(row, 'modified_by')} IS DISTINCT FROM ${caller}::uuid OR EXISTS (
    SELECT FROM change_log ${name(entry)} WHERE ${name(entry, 'customer_id')} = ${context.customer}
      AND ${name(entry, 'resource')} = ${raw(`'${resource.label}'`)} AND ${name(entry, 'row_id')} = ${name(row, 'id')}
      AND ${name(entry, 'sync_seq')} > ${since} AND ${name(entry, 'changed_by')} IS DISTINCT FROM ${caller}::uuid))`;
}

/** Of a row that is gone the id, its place and that it is gone. */
function entryText(resource: Resource, picked: string, context: ReadContext): Sql {
  const row = context.alias();
  const id = sql`${name(row, 'id')}::text`;
  const start = concatenate([
    ...[`{"resource":"${resource.label}","id":"`, id, '","syncSeq":"', sql`${name(row, 'sync_seq')}::text`],
    '","isDeleted":',
  ]);
  const node = context.compileNode(wholeEnvelope(resource), resource, row, context);
  return sql`(SELECT ${start} || CASE WHEN ${name(row, 'is_deleted')} THEN 'true}' ELSE 'false,"row":' || ${node} || '}' END
    FROM ${name(resource.table)} ${name(row)}
    WHERE ${name(row, 'customer_id')} = ${context.customer} AND ${name(row, 'id')} = ${name(picked, 'id')})`;
}
