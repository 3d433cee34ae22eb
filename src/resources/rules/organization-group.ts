/** An organization has a security group of its own, made in the same transaction: its members' rows live there. */
import { randomBytes } from 'node:crypto';
import { v7 as makeId, validate as isUuid } from 'uuid';
import type { Candidate, Completion, HookContext } from '../../resource.ts';
import { sql } from '../../store/sql.ts';

/** Ten characters that can be read out over the phone: no 0/O, 1/I/L. */
const codeAlphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

function makeJoinCode(): string {
  return Array.from(randomBytes(10), (byte) => codeAlphabet[byte % codeAlphabet.length]).join('');
}

export async function makeOwnGroup(candidates: readonly Candidate[], context: HookContext): Promise<Completion[]> {
  const completions: Completion[] = [];
  for (const candidate of candidates) {
    const { id, before, after, params } = candidate;
    if (before !== null) {
      completions.push(await keepTree(id, before['parentId'], after!, context));
      continue;
    }
    const parentId = after!['parentId'] ?? (await findParent(candidate, context));
    if (!(await mayFoundBelow(parentId, context))) {
      completions.push(refusedParent);
      continue;
    }
    // Only the seed says which group it wants: anybody else could take over a group that is there.
    const wished = context.userId === null ? params['securityGroupId'] : undefined;
    const group = typeof wished === 'string' && isUuid(wished) ? wished : makeId();
    await context.database.query(sql`
      INSERT INTO security_groups (customer_id, id, security_group_id, name, created_by, create_digest)
      VALUES (${context.customerId}, ${group}, ${group}, ${String(after!['name'])}, ${context.userId}, '')
      ON CONFLICT (customer_id, id) DO NOTHING`);
    context.log([{ resource: 'securityGroup', id: group, verb: 'create' }]);
    completions.push({ data: { ...after!, parentId, token: makeJoinCode() }, securityGroupId: group });
  }
  return completions;
}

const refusedParent: Completion = {
  faults: [{ pointer: '/parentId', message: 'must be an organization that you may change' }],
};

/** Members of an organization see what reaches down to it from above, so its place in the tree is a right. */
async function mayFoundBelow(parentId: unknown, context: HookContext): Promise<boolean> {
  if (context.userId === null || parentId === null) return true;
  const [parent] = await context.database.query<{ group: string }>(sql`
    SELECT security_group_id AS group FROM organizations
    WHERE customer_id = ${context.customerId} AND id = ${parentId}`);
  return parent !== undefined && context.mayWrite('insert', 'organizations', parent.group);
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
async function keepTree(
  id: string,
  oldParent: unknown,
  after: NonNullable<Candidate['after']>,
  context: HookContext,
): Promise<Completion> {
  const { database, customerId } = context;
  const parent = after['parentId'];
  if (parent === null || parent === undefined || parent === oldParent) return { data: after };
  if (!(await mayFoundBelow(parent, context))) return refusedParent;
  const above = await database.query<{ id: string }>(sql`
    WITH RECURSIVE above AS (
      SELECT id, parent_id FROM organizations WHERE customer_id = ${customerId} AND id = ${parent}
      UNION
      SELECT next.id, next.parent_id FROM organizations next
      JOIN above ON next.customer_id = ${customerId} AND next.id = above.parent_id
    ) SELECT id FROM above WHERE id = ${id}`);
  if (above.length === 0) return { data: after };
  return { faults: [{ pointer: '/parentId', message: 'must not be the organization itself or one below it' }] };
}

export async function giveOwnGroup(written: readonly Candidate[], context: HookContext): Promise<void> {
  for (const { id, securityGroupId, before } of written) {
    if (before !== null) continue;
    await context.database.query(sql`
      UPDATE security_groups SET organization_id = ${id}
      WHERE customer_id = ${context.customerId} AND id = ${securityGroupId} AND organization_id IS NULL`);
  }
}
