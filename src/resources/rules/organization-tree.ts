/**
 * An organization's place in the tree is a right: members of those above act in it, and its members read what reaches
 * down to them. So it is put below another one only by somebody who may found organizations there, taken away only by
 * somebody who may change the one it leaves, and nobody gives members of the organizations above more here than they
 * hold here themselves.
 */
import type { JsonObject } from '../../json.ts';
import type { Candidate, HookContext, Refusal } from '../../resource.ts';
import { sql } from '../../store/sql.ts';

export async function permitPlace(candidate: Candidate, context: HookContext): Promise<Refusal | null> {
  const { id, before, after, securityGroupId } = candidate;
  const [left, parent] = [parentOf(before), parentOf(after)];
  if (left === parent) return null;
  if (parent !== null && !(await mayWriteOrganization('insert', parent, context))) {
    return refuse('must be an organization that you may change');
  }
  if (before === null) return null;
  if (left !== null && !(await mayWriteOrganization('modify', left, context))) {
    return refuse('may be changed by somebody who may change the organization above');
  }
  const unheld = parent === null ? null : await findUnheldAbove(id, parent, securityGroupId, context);
  return unheld === null
    ? null
    : refuse(`would give members of an organization above ${unheld} here, which you do not hold here yourself`);
}

function parentOf(data: JsonObject | null): string | null {
  return (data?.['parentId'] as string | null | undefined) ?? null;
}

function refuse(message: string): Refusal {
  return { faults: [{ pointer: '/parentId', message }] };
}

/** An organization that is gone has nobody left to ask. */
async function mayWriteOrganization(
  verb: 'insert' | 'modify',
  id: string,
  { database, customerId, mayWrite }: HookContext,
): Promise<boolean> {
  const [found] = await database.query<{ group: string; isDeleted: boolean }>(sql`
    SELECT security_group_id AS group, is_deleted AS "isDeleted" FROM organizations
    WHERE customer_id = ${customerId} AND id = ${id}`);
  if (found === undefined) return false;
  return found.isDeleted ? verb === 'modify' : mayWrite(verb, 'organizations', found.group);
}

/** The first permission of a member above that the caller lacks in the organization's own group. */
async function findUnheldAbove(
  id: string,
  parent: string,
  group: string,
  { database, customerId, findUnheld }: HookContext,
): Promise<string | null> {
  const roles = await database.query<{ permissions: unknown }>(sql`
    WITH RECURSIVE above AS (
      SELECT id, parent_id FROM organizations WHERE customer_id = ${customerId} AND id = ${parent} AND NOT is_deleted
      UNION
      SELECT next.id, next.parent_id FROM organizations next
      JOIN above ON next.customer_id = ${customerId} AND next.id = above.parent_id AND NOT next.is_deleted
    ), already AS (
      SELECT id, parent_id FROM organizations WHERE customer_id = ${customerId} AND id = ${id}
      UNION
      SELECT next.id, next.parent_id FROM organizations next
      JOIN already ON next.customer_id = ${customerId} AND next.id = already.parent_id AND NOT next.is_deleted
    )
    SELECT DISTINCT role.permissions
    FROM memberships membership JOIN roles role
      ON role.customer_id = membership.customer_id AND role.id = membership.role_id AND NOT role.is_deleted
    WHERE membership.customer_id = ${customerId} AND NOT membership.is_deleted
      AND membership.organization_id IN (SELECT id FROM above EXCEPT SELECT id FROM already)`);
  for (const { permissions } of roles) {
    const unheld = findUnheld(permissions, group);
    if (unheld !== null) return unheld;
  }
  return null;
}
