/**
 * What was changed of one row, newest first, from the change log. It shows what the row held before, so it takes the
 * permission read@audit in the row's security group, beside the right to see the row.
 */
import type { Permission } from '../access/permission.ts';
import type { Viewer } from '../access/viewer.ts';
import { Late } from '../late.ts';
import type { Resource } from '../model.ts';
import { Problem } from '../problem.ts';
import { name, parameter, raw, type Sql, sql } from '../store/sql.ts';
import { FromViewer } from './compiled.ts';
import type { ReadContext } from './context.ts';
import { concatenate, objectPieces, type Piece } from './json-text.ts';
import type { HistoryOutput, Output } from './selection.ts';

export const auditPermission: Permission = 'read@audit';

/** An array, or NULL for a caller who may not audit rows of this group. */
export function compileHistory(
  { limit, before, members }: Output & { readonly kind: 'history' },
  { label }: Resource,
  row: string,
  context: ReadContext,
): Sql {
  const log = context.alias();
  const groups = parameter(new FromViewer(auditedGroups));
  const entry = concatenate(objectPieces(members.map((member) => [member.key, entryText(member, log)])));
  const place = sql`(${name(log, 'sync_seq')}, ${name(log, 'ordinal')})`;
  const older = before === null ? raw('') : sql` AND ${place} < ${olderThan(before)}`;
  return sql`CASE WHEN ${groups}::uuid[] IS NULL OR ${name(row, 'security_group_id')} = ANY(${groups}::uuid[]) THEN (
    SELECT '[' || coalesce(string_agg(entry.text, ','), '') || ']' FROM (
      SELECT ${entry} AS text FROM change_log ${name(log)}
      WHERE ${name(log, 'customer_id')} = ${context.customer} AND ${name(log, 'resource')} = ${label}
        AND ${name(log, 'row_id')} = ${name(row, 'id')}${older}
      ORDER BY ${name(log, 'sync_seq')} DESC, ${name(log, 'ordinal')} DESC LIMIT ${limit}::int) entry) END`;
}

/** Null for all of them. */
function auditedGroups(viewer: Viewer): readonly string[] | null {
  const groups = viewer.groupsFor(auditPermission);
  return groups === 'all' ? null : [...groups];
}

function olderThan(cursor: string | Late): Sql {
  const part = (index: number): string | Late =>
    cursor instanceof Late
      ? cursor.convert((text) => checkHistoryCursor(String(text)).split('.')[index]!)
      : checkHistoryCursor(cursor).split('.')[index]!;
  return sql`(${part(0)}::bigint, ${part(1)}::int)`;
}

/** `position.ordinal`; throws INVALID_PAGE for any other text. */
export function checkHistoryCursor(text: string): string {
  if (/^\d{1,18}\.\d{1,9}$/.test(text)) return text;
  throw new Problem('INVALID_PAGE', 'The cursor is not one of ours. Use the cursor of an entry of the same history.');
}

function entryText(member: HistoryOutput, log: string): readonly Piece[] {
  const column = (of: string): Sql => name(log, of);
  const quoted = (value: Sql): Sql => sql`'"' || ${value} || '"'`;
  const orNull = (value: Sql): Sql => sql`coalesce(${value}, 'null')`;
  switch (member.kind) {
    case 'constant':
      return [member.json];
    case 'cursor':
      return [quoted(sql`${column('sync_seq')}::text || '.' || ${column('ordinal')}::text`)];
    case 'position':
      return [quoted(sql`${column('sync_seq')}::text`)];
    case 'verb':
      return [quoted(column('verb'))];
    case 'at':
      return [quoted(sql`doorstep_iso(${column('at')})`)];
    case 'by':
      return [orNull(quoted(sql`${column('changed_by')}::text`))];
    case 'client':
      return [orNull(sql`to_json(${column('client')})::text`)];
    case 'requestId':
      return [orNull(sql`to_json(${column('request_id')})::text`)];
    case 'patch':
      return [orNull(sql`${column('patch')}::text`)];
  }
}
