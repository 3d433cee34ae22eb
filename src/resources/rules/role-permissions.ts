/**
 * A role that gains a permission grants it to everybody who has the role, so whoever adds one must hold it wherever the
 * role is given, and in the role's own group for those to whom it will be. Otherwise the rule of member-group.ts would be
 * passed by: one would not take the owner's role, but write the owner's permissions into one's own.
 */
import type { Json } from '../../json.ts';
import { Problem } from '../../problem.ts';
import type { Candidate, HookContext, Refusal } from '../../resource.ts';
import { sql } from '../../store/sql.ts';

export async function grantOnlyOwn(
  candidates: readonly Candidate[],
  context: HookContext,
): Promise<readonly (Refusal | null)[]> {
  const added = candidates.map(({ before, after }) => {
    const had = listOf(before?.['permissions']);
    return listOf(after!['permissions']).filter((permission) => !had.includes(permission));
  });
  if (added.every(({ length }) => length === 0)) return candidates.map(() => null);
  const given = await findGroups(
    candidates.map(({ id }) => id),
    context,
  );
  return candidates.map(({ id, securityGroupId }, index) => {
    for (const group of [securityGroupId, ...(given.get(id) ?? [])]) {
      const unheld = context.findUnheld(added[index], group);
      if (unheld !== null) return { problem: beyondOwn(unheld) };
    }
    return null;
  });
}

function listOf(permissions: Json | undefined): readonly Json[] {
  return Array.isArray(permissions) ? (permissions as readonly Json[]) : [];
}

/**
 * The groups of the organizations in which each role is given, however its members stand there today, or will be given
 * to those who join.
 */
async function findGroups(
  ids: readonly string[],
  { database, customerId }: HookContext,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await database.query<{ id: string; groups: readonly string[] }>(sql`
    SELECT given.role_id AS id, array_agg(DISTINCT given.security_group_id::text) AS groups
    FROM (
      SELECT membership.role_id, organization.security_group_id
      FROM memberships membership JOIN organizations organization
        ON organization.customer_id = membership.customer_id AND organization.id = membership.organization_id
      WHERE membership.customer_id = ${customerId} AND membership.role_id = ANY(${ids}::uuid[])
        AND NOT membership.is_deleted AND NOT organization.is_deleted
      UNION ALL
      SELECT join_role_id, security_group_id FROM organizations
      WHERE customer_id = ${customerId} AND join_role_id = ANY(${ids}::uuid[]) AND NOT is_deleted
    ) given
    GROUP BY given.role_id`);
  return new Map(rows.map(({ id, groups }) => [id, groups]));
}

function beyondOwn(permission: string): Problem {
  const detail = `You do not hold ${permission} wherever this role is given: nobody grants what they do not hold.`;
  return new Problem('FORBIDDEN', detail);
}
