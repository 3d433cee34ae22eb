/**
 * Up to which position things may be missing: what was purged of a customer had positions up to this one. Whoever has
 * followed the changes to a later place has missed nothing; whoever comes with an earlier one has to start over
 * (SYNC_CHECKPOINT_EXPIRED).
 */
import type { Queryable } from './database.ts';
import { name, sql } from './sql.ts';

/** A position as text, "0" where nothing was ever purged. */
export async function findRetentionHorizon(database: Queryable, customerId: string): Promise<string> {
  const [row] = await database.query<{ position: string }>(sql`
    SELECT position FROM retention_horizons WHERE customer_id = ${customerId}`);
  return row?.position ?? '0';
}

/** Never moves back. In the transaction that deletes, so that nothing is missing before the horizon says so. */
export async function raiseRetentionHorizon(tx: Queryable, customerId: string, position: string): Promise<void> {
  await tx.query(sql`
    INSERT INTO retention_horizons AS horizon (customer_id, position, raised)
    VALUES (${customerId}, ${position}::bigint, now())
    ON CONFLICT (customer_id) DO UPDATE
    SET position = greatest(horizon.position, excluded.position), raised = excluded.raised`);
}

/** The tables of months of the change log that are over as a whole; the entries in them go too. */
export async function dropMonthsBefore(database: Queryable, before: string): Promise<void> {
  const months = await database.query<{ table: string }>(sql`
    SELECT month.relname AS table FROM pg_inherits JOIN pg_class month ON month.oid = inhrelid
    WHERE inhparent = 'change_log'::regclass AND month.relname ~ '^change_log_[0-9]{4}_[0-9]{2}$'
      AND to_date(right(month.relname, 7), 'YYYY_MM') + interval '1 month'
        <= ${before}::timestamptz AT TIME ZONE 'UTC'`);
  for (const { table } of months) await database.query(sql`DROP TABLE ${name(table)}`);
}
