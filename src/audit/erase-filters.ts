/** Filters in the read log that name a person who is forgotten: that somebody read so many rows then stays. */
import type { Queryable } from '../store/database.ts';
import { sql } from '../store/sql.ts';

/** How many entries lost their filter. */
export async function eraseFilters(tx: Queryable, customerId: string, names: readonly string[]): Promise<number> {
  const found = await tx.query<{ id: string }>(sql`
    UPDATE read_log SET filter = NULL
    WHERE customer_id = ${customerId} AND filter IS NOT NULL
      AND EXISTS (SELECT FROM unnest(${names}::text[]) AS name WHERE position(lower(name) IN lower(filter)) > 0)
    RETURNING id`);
  return found.length;
}
