/** The one INSERT of resource rows: a whole batch as one record set. Version, etag and position are the database's. */
import type { Json, JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import { name, sql } from '../store/sql.ts';
import { columnsOf, dataColumns, makeRecord, recordType } from './record.ts';
import type { WriteSession } from './session.ts';

export interface NewRow {
  readonly id: string;
  readonly securityGroupId: string;
  /** Hex. */
  readonly digest: string;
  readonly data: JsonObject;
  readonly hidden: Readonly<Record<string, Json>>;
}

export async function insertRecords(
  resource: Resource,
  rows: readonly NewRow[],
  { tx, viewer }: WriteSession,
): Promise<void> {
  const columns = [
    { name: 'id', sqlType: 'uuid' },
    { name: 'security_group_id', sqlType: 'uuid' },
    { name: 'create_digest', sqlType: 'bytea' },
    ...dataColumns(resource),
  ];
  const records = rows.map(({ id, securityGroupId, digest, data, hidden }) => ({
    id,
    security_group_id: securityGroupId,
    create_digest: `\\x${digest}`,
    ...makeRecord(resource, data, hidden),
  }));
  await tx.query(sql`
    INSERT INTO ${name(resource.table)} (customer_id, created_by, ${columnsOf(columns)})
    SELECT ${viewer.customerId}::uuid, ${viewer.userId}::uuid, ${columnsOf(columns, 'sent')}
    FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS sent (${recordType(columns)})`);
}
