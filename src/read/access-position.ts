/**
 * Where the rights of somebody last changed, as a position: the database notes it for every writer (schema-rules.ts).
 * What somebody could see before is not known there, so whoever kept rows by earlier rights has to begin anew.
 */
import { type Sql, sql } from '../store/sql.ts';

/** 0 where nothing has ever changed; a change of the tree of organizations is everybody's, noted for the nil UUID. */
export function accessPosition(customer: Sql, user: Sql): Sql {
  return sql`(SELECT coalesce(max(noted.position), 0) FROM access_positions noted WHERE noted.customer_id = ${customer}
    AND noted.user_id IN (${user}, '00000000-0000-0000-0000-000000000000'))`;
}

/** Up to which position tombstones may be gone, 0 while all are there: see store/retention.ts. */
export function retentionHorizon(customer: Sql): Sql {
  return sql`(SELECT coalesce(max(horizon.position), 0) FROM retention_horizons horizon
    WHERE horizon.customer_id = ${customer})`;
}
