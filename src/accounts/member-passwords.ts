/**
 * A manager sets the password of somebody in their organization. Whoever knows a password can do all that its owner can,
 * everywhere; so the manager must hold every permission that any membership of that person gives, and confirms with
 * their own password that it is them who sits at the keyboard.
 */
import { findUnheld } from '../access/holds.ts';
import { isPassword } from '../access/password.ts';
import { writableGroups } from '../access/scope.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Model } from '../model.ts';
import { Problem } from '../problem.ts';
import type { Database } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { isUuid } from '../uuid.ts';
import { forbidden, notFound } from '../write/problems.ts';
import type { PasswordResets } from './password-resets.ts';

export interface MemberPassword {
  readonly membershipId: string;
  readonly password: string;
  /** The manager's own. */
  readonly contextPassword: string;
  readonly requestId: string;
}

export interface MemberPasswords {
  set(viewer: Viewer, asked: MemberPassword): Promise<void>;
}

interface Membership {
  readonly id: string;
  readonly userId: string;
  /** The group of the organization. */
  readonly group: string;
  readonly status: string;
  readonly permissions: unknown;
}

export function makeMemberPasswords({
  database,
  model,
  passwordResets,
}: {
  readonly database: Database;
  readonly model: Model;
  readonly passwordResets: PasswordResets;
}): MemberPasswords {
  const memberships = model.get('membership');
  return {
    async set(viewer, { membershipId, password, contextPassword, requestId }) {
      const { customerId, userId: by } = viewer;
      const all = isUuid(membershipId) ? await listMemberships(database, customerId, membershipId) : [];
      const member = all.find(({ id }) => id === membershipId.toLowerCase());
      if (member === undefined) throw notFound(memberships, membershipId);
      const managed = writableGroups(viewer, 'modify', memberships);
      if (managed !== 'all' && !managed.has(member.group)) {
        throw forbidden('modify', memberships, 'in the organization of this membership');
      }
      for (const { status, permissions, group } of all) {
        const unheld = status === 'active' ? findUnheld(viewer, permissions, group) : null;
        if (unheld === null) continue;
        const detail = `This person holds ${unheld} where you do not, and you could sign in as them.`;
        throw new Problem('FORBIDDEN', detail);
      }
      if (by === null || !(await isPassword(contextPassword, await findHash(database, customerId, by)))) {
        throw new Problem('FORBIDDEN', 'params.contextPassword is not your own password.');
      }
      await passwordResets.set({ customerId, userId: member.userId }, password, { userId: by, requestId });
    },
  };
}

/** Every live membership of the person whose membership this is. */
async function listMemberships(
  database: Database,
  customerId: string,
  membershipId: string,
): Promise<readonly Membership[]> {
  return database.query<Membership>(sql`
    SELECT membership.id, membership.user_id AS "userId", organization.security_group_id AS group,
      membership.status, CASE WHEN role.is_deleted THEN '[]' ELSE role.permissions END AS permissions
    FROM memberships named
    JOIN users person ON person.customer_id = named.customer_id AND person.id = named.user_id AND NOT person.is_deleted
    JOIN memberships membership ON membership.customer_id = named.customer_id
      AND membership.user_id = named.user_id AND NOT membership.is_deleted
    JOIN organizations organization ON organization.customer_id = membership.customer_id
      AND organization.id = membership.organization_id AND NOT organization.is_deleted
    JOIN roles role ON role.customer_id = membership.customer_id AND role.id = membership.role_id
    WHERE named.customer_id = ${customerId} AND named.id = ${membershipId}::uuid AND NOT named.is_deleted`);
}

async function findHash(database: Database, customerId: string, userId: string): Promise<string | null> {
  const [found] = await database.query<{ hash: string | null }>(sql`
    SELECT password_hash AS hash FROM users WHERE customer_id = ${customerId} AND id = ${userId} AND NOT is_deleted`);
  return found?.hash ?? null;
}
