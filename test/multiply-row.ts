/** Thousands of rows for a test about plans, in one statement and past the write path: copies of one row. */
import type { Database } from '../src/store/database.ts';
import { name, raw, sql } from '../src/store/sql.ts';

/**
 * `changes` is SQL for a JSON object of what each copy has of its own, by column; `n` counts the copies, `row` is what
 * they are copied from.
 */
export async function multiplyRow(
  database: Database,
  {
    table,
    id,
    count,
    changes,
  }: { readonly table: string; readonly id: string; readonly count: number; readonly changes: string },
): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(sql`SELECT doorstep_take_position(customer_id) FROM ${name(table)} WHERE id = ${id}`);
    await tx.query(sql`
      INSERT INTO ${name(table)} SELECT copy.* FROM ${name(table)} row, generate_series(1, ${count}::int) n,
        LATERAL jsonb_populate_record(row, jsonb_build_object('id', gen_random_uuid()) || ${raw(changes)}) copy
      WHERE row.id = ${id}`);
  });
  // What autovacuum does in a while: statistics for the planner, and an end to what GIN has not sorted in yet.
  await database.query(sql`VACUUM ANALYZE ${name(table)}`);
}
