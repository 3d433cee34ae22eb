/** An organization has a security group of its own, made in the same transaction: its members' rows live there. */
import { v7 as makeId, validate as isUuid } from 'uuid';
import type { JsonObject } from '../../json.ts';
import { Problem } from '../../problem.ts';
import type { Candidate, Completion, HookContext, Refusal } from '../../resource.ts';
import { sql } from '../../store/sql.ts';
import { makeJoinCode } from './join-code.ts';
import { permitPlace } from './organization-tree.ts';

/** What a change of an organization needs: see organization-tree.ts, and nobody lets others join with more than they hold. */
export async function permitOrganization(
  candidates: readonly Candidate[],
  context: HookContext,
): Promise<readonly (Refusal | null)[]> {
  const refusals: (Refusal | null)[] = [];
  for (const candidate of candidates) {
    refusals.push((await permitPlace(candidate, context)) ?? (await permitJoinRole(candidate, context)));
  }
  return refusals;
}

async function permitJoinRole(
  { before, after, securityGroupId }: Candidate,
  { database, customerId, findUnheld }: HookContext,
): Promise<Refusal | null> {
  const roleId = after!['joinRoleId'] ?? null;
  if (roleId === null || roleId === before?.['joinRoleId']) return null;
  const [role] = await database.query<{ permissions: unknown }>(sql`
    SELECT permissions FROM roles WHERE customer_id = ${customerId} AND id = ${roleId}`);
  const unheld = findUnheld(role?.permissions, securityGroupId);
  if (unheld === null) return null;
  const detail = `The role of those who join grants ${unheld}, which you do not hold there: nobody grants what they do not hold.`;
  return { problem: new Problem('FORBIDDEN', detail) };
}

export async function makeOwnGroup(candidates: readonly Candidate[], context: HookContext): Promise<Completion[]> {
  const completions: Completion[] = [];
  for (const candidate of candidates) {
    completions.push(
      candidate.before === null ? await foundOrganization(candidate, context) : await keepTree(candidate, context),
    );
  }
  return completions;
}

async function foundOrganization(candidate: Candidate, context: HookContext): Promise<Completion> {
  const { after, params } = candidate;
  const { database, customerId, userId } = context;
  const parentId = after!['parentId'] ?? (await findParent(candidate, context));
  // Only the seed says which group it wants: anybody else could take over a group that is there.
  const wished = userId === null ? params['securityGroupId'] : undefined;
  const group = typeof wished === 'string' && isUuid(wished) ? wished : makeId();
  await database.query(sql`
    INSERT INTO security_groups (customer_id, id, security_group_id, name, created_by, create_digest)
    VALUES (${customerId}, ${group}, ${group}, ${String(after!['name'])}, ${userId}, '')
    ON CONFLICT (customer_id, id) DO NOTHING`);
  context.log([{ resource: 'securityGroup', id: group, verb: 'create' }]);
  return { data: { ...after!, parentId, token: makeJoinCode() }, securityGroupId: group };
}

/** What a person founds lies below the organization they found it from: otherwise nobody could manage it. */
async function findParent({ securityGroupId }: Candidate, context: HookContext): Promise<string | null> {
  const { database, customerId, userId } = context;
  if (userId === null) return null;
  const [above] = await database.query<{ id: string }>(sql`
    SELECT id FROM organizations
    WHERE customer_id = ${customerId} AND security_group_id = ${securityGroupId} AND NOT is_deleted`);
  return above?.id ?? null;
}

/** An organization below itself would give its members rights over everything in the circle. */
async function keepTree({ id, before, after, params }: Candidate, context: HookContext): Promise<Completion> {
  const { database, customerId } = context;
  // Nobody sends these params: see accounts/joining.ts.
  const data: JsonObject = params['renewsToken'] === true ? { ...after!, token: makeJoinCode() } : after!;
  const parent = data['parentId'];
  if (parent === null || parent === undefined || parent === before!['parentId']) return { data };
  const above = await database.query<{ id: string }>(sql`
    WITH RECURSIVE above AS (
      SELECT id, parent_id FROM organizations WHERE customer_id = ${customerId} AND id = ${parent}
      UNION
      SELECT next.id, next.parent_id FROM organizations next
      JOIN above ON next.customer_id = ${customerId} AND next.id = above.parent_id
    ) SELECT id FROM above WHERE id = ${id}`);
  if (above.length === 0) return { data };
  return { faults: [{ pointer: '/parentId', message: 'must not be the organization itself or one below it' }] };
}

export async function giveOwnGroup(written: readonly Candidate[], context: HookContext): Promise<void> {
  for (const { id, securityGroupId, before, after } of written) {
    if (before !== null || after === null) continue;
    await context.database.query(sql`
      UPDATE security_groups SET organization_id = ${id}
      WHERE customer_id = ${context.customerId} AND id = ${securityGroupId} AND organization_id IS NULL`);
  }
}
