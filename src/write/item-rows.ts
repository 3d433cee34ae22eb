/**
 * Arrays that have a child table. An item keeps its row while its key stays in the array, wherever it moves; an item
 * that leaves is marked deleted, so that sync can tell phones and late answers still find what was asked.
 */
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Resource, RowsAttribute } from '../model.ts';
import type { Fault } from '../problem.ts';
import { join, name, sql } from '../store/sql.ts';
import { columnsOf, recordType, type Column } from './record.ts';
import type { WriteSession } from './session.ts';

export interface ItemOwner {
  readonly id: string;
  readonly data: JsonObject;
}

/** A key that stands twice in one array cannot be told apart. */
export function checkItems(resource: Resource, data: JsonObject): readonly Fault[] {
  return resource.rows.flatMap((rows) => {
    const seen = new Set<Json>();
    return itemsOf(rows, data).flatMap((item, position) => {
      const key = item[rows.field.key]!;
      if (!seen.has(key)) {
        seen.add(key);
        return [];
      }
      const place = `/${rows.path[1]}/${position}${rows.field.bare ? '' : `/${rows.field.key}`}`;
      return [{ pointer: place, message: 'stands in this array already' }];
    });
  });
}

function itemsOf({ path, field }: RowsAttribute, data: JsonObject): readonly JsonObject[] {
  const items = data[path[1]!];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: Json) => (field.bare ? [{ [field.key]: item }] : isJsonObject(item) ? [item] : []));
}

export async function writeItems(
  resource: Resource,
  owners: readonly ItemOwner[],
  session: WriteSession,
): Promise<void> {
  if (owners.length === 0) return;
  for (const rows of resource.rows) await writeRows(rows, owners, session);
}

async function writeRows(
  rows: RowsAttribute,
  owners: readonly ItemOwner[],
  { tx, viewer }: WriteSession,
): Promise<void> {
  const { customerId } = viewer;
  const members: readonly Column[] = rows.members.map(({ column, field }) => ({
    name: column,
    sqlType: field.sqlType,
  }));
  const key = rows.members.find(({ path }) => path[0] === rows.field.key)!;
  const sent = owners.flatMap(({ id, data }) =>
    itemsOf(rows, data).map((item, position) => ({
      owner: id,
      position,
      ...Object.fromEntries(
        rows.members.map(({ path, column, field }) => [column, item[path[0]!] ?? field.default ?? null]),
      ),
    })),
  );
  const table = name(rows.table);
  const owner = name(rows.owner);
  const record = sql`jsonb_to_recordset(${JSON.stringify(sent)}::jsonb)
    AS sent (owner uuid, position integer, ${recordType(members)})`;
  await tx.query(sql`
    UPDATE ${table} item SET is_deleted = true
    WHERE item.customer_id = ${customerId} AND item.${owner} = ANY(${owners.map(({ id }) => id)}::uuid[])
      AND NOT item.is_deleted AND NOT EXISTS (
        SELECT FROM ${record} WHERE sent.owner = item.${owner} AND sent.${name(key.column)} = item.${name(key.column)})`);
  if (sent.length === 0) return;
  const assignments = join([
    sql`position = excluded.position`,
    ...members.map(({ name: column }) => sql`${name(column)} = excluded.${name(column)}`),
  ]);
  const differs = sql`(item.position, ${columnsOf(members, 'item')})
    IS DISTINCT FROM (excluded.position, ${columnsOf(members, 'excluded')})`;
  await tx.query(sql`
    INSERT INTO ${table} AS item (customer_id, ${owner}, position, ${columnsOf(members)})
    SELECT ${customerId}::uuid, sent.owner, sent.position, ${columnsOf(members, 'sent')} FROM ${record}
    ON CONFLICT (customer_id, ${owner}, ${name(key.column)}) WHERE NOT is_deleted
    DO UPDATE SET ${assignments} WHERE ${differs}`);
}
