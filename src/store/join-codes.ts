/** Whose join code that is, and how people join there. */
import type { Queryable } from './database.ts';
import { raw, sql } from './sql.ts';

export interface JoinTarget {
  readonly customerId: string;
  readonly organizationId: string;
  readonly securityGroupId: string;
  /** Whether somebody looks at those who join before they may do anything. */
  readonly isConfirmed: boolean;
  /** What they may do; null where the organization names no role and has none called Canvasser. */
  readonly roleId: string | null;
}

/**
 * The organization with that code, of one customer or of any. Where it names no role, the oldest role Canvasser is meant
 * that lies in its own group or in one above: one that somebody else calls so elsewhere gives nothing here.
 */
export async function findJoinTarget(
  database: Queryable,
  token: string,
  customerId: string | null,
): Promise<JoinTarget | null> {
  const ofCustomer = customerId === null ? raw('') : sql` AND joined.customer_id = ${customerId}`;
  const [found] = await database.query<JoinTarget>(sql`
    SELECT joined.customer_id AS "customerId", joined.id AS "organizationId",
      joined.security_group_id AS "securityGroupId",
      coalesce(joined.require_sign_up_confirmation, true) AS "isConfirmed",
      (SELECT role.id FROM roles role WHERE role.customer_id = joined.customer_id AND NOT role.is_deleted
        AND CASE WHEN joined.join_role_id IS NOT NULL THEN role.id = joined.join_role_id
          ELSE role.name = 'Canvasser' AND role.security_group_id IN (
            WITH RECURSIVE above AS (
              SELECT joined.parent_id, joined.security_group_id
              UNION
              SELECT next.parent_id, next.security_group_id FROM organizations next
              JOIN above ON next.customer_id = joined.customer_id AND next.id = above.parent_id AND NOT next.is_deleted
            ) SELECT security_group_id FROM above)
          END
        ORDER BY role.created, role.id LIMIT 1) AS "roleId"
    FROM organizations joined
    WHERE joined.token = ${token} AND NOT joined.is_deleted${ofCustomer}
    ORDER BY joined.customer_id, joined.id LIMIT 1`);
  return found ?? null;
}
