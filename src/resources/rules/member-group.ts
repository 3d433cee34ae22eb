/**
 * A membership gives rights in its organization, so only somebody who may make memberships there may make or move one,
 * whatever group the row itself is in.
 */
import type { Candidate, Completion, HookContext } from '../../resource.ts';
import { sql } from '../../store/sql.ts';

export async function requireOwnOrganization(
  candidates: readonly Candidate[],
  context: HookContext,
): Promise<Completion[]> {
  if (context.userId === null) return candidates.map(({ after }) => ({ data: after! }));
  const ids = candidates.map(({ after }) => after!['organizationId']);
  const found = await context.database.query<{ id: string; group: string }>(sql`
    SELECT id, security_group_id AS group FROM organizations
    WHERE customer_id = ${context.customerId} AND id = ANY(${ids}::uuid[])`);
  const groups = new Map(found.map(({ id, group }) => [id, group]));
  return candidates.map(({ before, after }) => {
    const group = groups.get(String(after!['organizationId'])) ?? '';
    if (context.mayWrite(before === null ? 'insert' : 'modify', 'memberships', group)) return { data: after! };
    const message = 'must be an organization in which you may make members';
    return { faults: [{ pointer: '/organizationId', message }] };
  });
}
