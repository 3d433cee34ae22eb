/**
 * Rows that may not exist twice. The question is asked while the customer's lock is held, so nobody can slip a row in
 * between; the partial unique indexes stand behind it for every other writer.
 */
import { readableGroups } from '../access/scope.ts';
import type { Json } from '../json.ts';
import type { Resource } from '../model.ts';
import type { Unique } from '../resource.ts';
import { join, name, raw, sql } from '../store/sql.ts';
import { snakeCase } from '../names.ts';
import type { WriteSession } from './session.ts';

/** A row as it would be stored, with its id and group. */
export interface Keyed {
  readonly id: string;
  readonly securityGroupId: string;
  readonly record: Readonly<Record<string, Json>>;
}

export interface Duplicate {
  readonly of: string;
  readonly unique: Unique;
  /** A row that the caller may not read is neither answered with nor named. */
  readonly isVisible: boolean;
}

/** For each row, the live row (or the earlier one of the batch) that already has one of its keys. */
export async function findDuplicates(
  resource: Resource,
  rows: readonly Keyed[],
  session: WriteSession,
): Promise<ReadonlyMap<string, Duplicate>> {
  const found = new Map<string, Duplicate>();
  for (const unique of resource.declaration.unique ?? []) {
    const candidates = rows.filter((row) => !found.has(row.id) && keyOf(resource, unique, row) !== null);
    if (candidates.length === 0) continue;
    const stored = await findStored(resource, unique, candidates, session);
    const earlier = new Map<string, string>();
    for (const row of candidates) {
      const key = keyOf(resource, unique, row)!;
      const of = stored.get(row.id) ?? earlier.get(key);
      if (of === undefined) earlier.set(key, row.id);
      else found.set(row.id, { of, unique, isVisible: true });
    }
  }
  return markHidden(resource, found, session);
}

async function markHidden(
  resource: Resource,
  found: ReadonlyMap<string, Duplicate>,
  { tx, viewer }: WriteSession,
): Promise<ReadonlyMap<string, Duplicate>> {
  const groups = readableGroups(viewer, resource);
  if (groups === 'all' || found.size === 0) return found;
  const ids = [...found.values()].map(({ of }) => of);
  const hidden = await tx.query<{ id: string }>(sql`
    SELECT id FROM ${name(resource.table)} WHERE customer_id = ${viewer.customerId} AND id = ANY(${ids}::uuid[])
      AND NOT security_group_id = ANY(${[...groups]}::uuid[])`);
  const isHidden = new Set(hidden.map(({ id }) => id));
  return new Map([...found].map(([id, each]) => [id, { ...each, isVisible: !isHidden.has(each.of) }]));
}

function columnsOf(resource: Resource, { of }: Unique): readonly string[] {
  return of.map((key) => resource.attributes.find(({ path }) => path[1] === key)?.column ?? snakeCase(key));
}

/** One text for the key's values; null when one of them is, since a null never repeats. */
function keyOf(resource: Resource, unique: Unique, { record, securityGroupId }: Keyed): string | null {
  const values = columnsOf(resource, unique).map((column) => record[column] ?? null);
  if (values.includes(null)) return null;
  return JSON.stringify(unique.within === 'group' ? [securityGroupId, ...values] : values);
}

async function findStored(resource: Resource, unique: Unique, rows: readonly Keyed[], { tx, viewer }: WriteSession) {
  const columns = columnsOf(resource, unique);
  const types = columns.map(
    (column) => resource.attributes.find((each) => each.column === column)?.field.sqlType ?? 'text',
  );
  const sent = rows.map(({ id, securityGroupId, record }) => ({
    row_id: id,
    row_group: securityGroupId,
    ...Object.fromEntries(columns.map((column) => [column, record[column] ?? null])),
  }));
  const same = columns.map((column) => sql`stored.${name(column)} = sent.${name(column)}`);
  if (unique.within === 'group') same.push(raw('stored.security_group_id = sent.row_group'));
  const found = await tx.query<{ id: string; of: string }>(sql`
    SELECT sent.row_id AS id, stored.id AS of
    FROM jsonb_to_recordset(${JSON.stringify(sent)}::jsonb)
      AS sent (row_id uuid, row_group uuid, ${join(columns.map((column, index) => raw(`"${column}" ${types[index]}`)))})
    JOIN ${name(resource.table)} stored ON stored.customer_id = ${viewer.customerId} AND NOT stored.is_deleted
      AND stored.id <> sent.row_id AND ${join(same, ' AND ')}`);
  return new Map(found.map(({ id, of }) => [id, of]));
}
