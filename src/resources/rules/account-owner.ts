/**
 * Whoever reads somebody's letters can choose their password, and with it do all that they may do. So to give an account
 * another email, to let an inactive person in again, or to bring a deleted one back needs every permission that the
 * person's memberships give. One's own account is one's own.
 */
import type { JsonObject } from '../../json.ts';
import { Problem } from '../../problem.ts';
import type { Candidate, HookContext, Refusal } from '../../resource.ts';
import { sql } from '../../store/sql.ts';

interface Held {
  readonly userId: string;
  /** The group of the organization. */
  readonly group: string;
  readonly permissions: unknown;
}

export async function permitAccount(
  candidates: readonly Candidate[],
  context: HookContext,
): Promise<readonly (Refusal | null)[]> {
  const taken = candidates.filter(({ id, before, after }) => opens(before, after!) && !isOwn(id, before, context));
  if (taken.length === 0) return candidates.map(() => null);
  const held = await readHeld(
    taken.map(({ id }) => id),
    context,
  );
  return candidates.map((candidate) => {
    if (!taken.includes(candidate)) return null;
    for (const { userId, group, permissions } of held) {
      const missing = userId === candidate.id ? context.findUnheld(permissions, group) : null;
      if (missing !== null) return { problem: beyondOwn(missing) };
    }
    return null;
  });
}

function isOwn(id: string, before: JsonObject | null, { userId }: HookContext): boolean {
  return before !== null && id === userId;
}

function opens(before: JsonObject | null, after: JsonObject): boolean {
  if (before === null || before['email'] !== after['email']) return true;
  return before['status'] === 'inactive' && after['status'] !== 'inactive';
}

/** What the active memberships of these people give. */
async function readHeld(ids: readonly string[], { database, customerId }: HookContext): Promise<readonly Held[]> {
  return database.query<Held>(sql`
    SELECT membership.user_id AS "userId", organization.security_group_id AS group, role.permissions
    FROM memberships membership
    JOIN organizations organization ON organization.customer_id = membership.customer_id
      AND organization.id = membership.organization_id AND NOT organization.is_deleted
    JOIN roles role ON role.customer_id = membership.customer_id AND role.id = membership.role_id AND NOT role.is_deleted
    WHERE membership.customer_id = ${customerId} AND membership.user_id = ANY(${ids}::uuid[])
      AND membership.status = 'active' AND NOT membership.is_deleted`);
}

function beyondOwn(permission: string): Problem {
  const detail = `This person holds ${permission} where you do not, and whoever reads their letters can sign in as them.`;
  return new Problem('FORBIDDEN', detail);
}
