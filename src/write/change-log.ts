/** The entries of one transaction, written together: who changed what, through which client and request. */
import type { Model } from '../model.ts';
import { sql } from '../store/sql.ts';
import type { WriteOptions } from './change.ts';
import type { WriteSession } from './session.ts';

export async function writeChangeLog(
  { tx, viewer, model, entries }: WriteSession,
  { requestId, logging = 'full' }: Pick<WriteOptions, 'requestId' | 'logging'>,
): Promise<void> {
  if (entries.length === 0 || logging === 'none') return;
  const rows = entries.map(({ resource, id, verb, patch }, ordinal) => ({
    ordinal,
    resource: labelOf(model, resource),
    row_id: id,
    verb,
    patch: logging === 'full' ? patch : null,
  }));
  await tx.query(sql`
    INSERT INTO change_log
      (customer_id, sync_seq, ordinal, resource, row_id, verb, changed_by, client, request_id, patch)
    SELECT ${viewer.customerId}::uuid, doorstep_position(${viewer.customerId}::uuid), entry.ordinal, entry.resource,
      entry.row_id, entry.verb, ${viewer.userId}::uuid, ${viewer.client}, ${requestId}, nullif(entry.patch, 'null')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS entry (ordinal integer, resource text, row_id uuid, verb text, patch jsonb)`);
}

function labelOf(model: Model, resource: string): string {
  return model.get(resource).label;
}
