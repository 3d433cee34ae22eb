/**
 * Exports that were made before may hold the person, and a file cannot be searched: all of the customer's end now. Those
 * that are finished can be fetched no more, and the house clears their files away; those under way stop.
 */
import type { Queryable } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import type { ForgottenPerson } from './eraser.ts';

/** How many exports it ended. */
export async function endExports(tx: Queryable, { customerId }: ForgottenPerson): Promise<number> {
  const ended = await tx.query<{ id: string }>(sql`
    UPDATE export_jobs SET expires = now(), request = request - 'filter',
      manifest = manifest - 'filter', is_cancelled = is_cancelled OR ended IS NULL
    WHERE customer_id = ${customerId} AND state <> 'expired'
    RETURNING id`);
  return ended.length;
}
