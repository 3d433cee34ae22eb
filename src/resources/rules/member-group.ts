/**
 * A membership gives rights in its organization, so only somebody who may make memberships there may make or move one,
 * whatever group the row itself is in; and nobody gives a role that can do there what they cannot do themselves.
 *
 * A newcomer's mistake would be to look at the role only when it changes: a membership that moves to another
 * organization or another person, that becomes active again, or that comes back grants as well.
 */
import { Problem } from '../../problem.ts';
import type { JsonObject } from '../../json.ts';
import type { Action } from '../../action.ts';
import type { Candidate, HookContext, Refusal } from '../../resource.ts';
import { sql } from '../../store/sql.ts';

interface Granted {
  readonly group: string | null;
  readonly permissions: unknown;
}

export async function permitMembership(
  candidates: readonly Candidate[],
  context: HookContext,
): Promise<readonly (Refusal | null)[]> {
  const granted = await readGranted(candidates, context);
  return candidates.map(({ before, after }, index) => {
    const { group, permissions } = granted[index]!;
    if (group === null || !context.mayWrite(before === null ? 'insert' : 'modify', 'memberships', group)) {
      const message = 'must be an organization in which you may make members';
      return { faults: [{ pointer: '/organizationId', message }] };
    }
    const missing = givesMore(before, after!) ? context.findUnheld(permissions, group) : null;
    return missing === null ? null : { problem: beyondOwn(missing) };
  });
}

function givesMore(before: JsonObject | null, after: JsonObject): boolean {
  if (before === null) return true;
  const isMoved = ['organizationId', 'userId', 'roleId'].some((name) => before[name] !== after[name]);
  return isMoved || (after['status'] === 'active' && before['status'] !== 'active');
}

/** The group of each organization, and what each role can do. */
async function readGranted(
  candidates: readonly Candidate[],
  { database, customerId }: HookContext,
): Promise<readonly Granted[]> {
  const column = (name: string) => candidates.map(({ after }) => after![name]);
  return database.query<Granted>(sql`
    SELECT organization.security_group_id AS group, role.permissions
    FROM unnest(${column('organizationId')}::uuid[], ${column('roleId')}::uuid[])
      WITH ORDINALITY AS wanted (organization_id, role_id, n)
    LEFT JOIN organizations organization
      ON organization.customer_id = ${customerId} AND organization.id = wanted.organization_id
    LEFT JOIN roles role ON role.customer_id = ${customerId} AND role.id = wanted.role_id AND NOT role.is_deleted
    ORDER BY wanted.n`);
}

function beyondOwn(permission: string): Problem {
  const detail = `The role grants ${permission}, which you do not hold in that organization: nobody grants what they do not hold.`;
  return new Problem('FORBIDDEN', detail);
}

export const changeRole: Action = ({ roleId = null }) =>
  roleId === null ? { faults: [{ pointer: '/roleId', message: 'is required' }] } : { sets: { roleId } };
