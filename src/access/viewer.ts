/**
 * Who is asking, and in which security groups each permission holds for them. Every statement that touches a table is
 * limited by a viewer; reading and writing ask it and nobody else.
 *
 * A newcomer's mistake would be to answer 'all' when the set holds the group of every organization: a row may sit in a
 * group that has no organization. Only the system itself sees all.
 */
import { Problem } from '../problem.ts';
import { makeOrganizationTree, type Organization } from './organization-tree.ts';
import { isPermissionPattern, permits, type Permission } from './permission.ts';

export type Groups = ReadonlySet<string> | 'all';

export interface Viewer {
  readonly customerId: string;
  /** Null when the system acts for itself. */
  readonly userId: string | null;
  /** The application that the token was made for, for the change log. */
  readonly client: string | null;
  /** The group of the token's organization: where a create goes that names no other. */
  readonly organizationGroupId: string;
  /** The groups in which the permission holds; 'all' is every group of the customer. */
  groupsFor(permission: Permission): Groups;
  /** The same and the groups of the organizations above: a local chapter works the national campaign. */
  groupsForReadingUp(permission: Permission): Groups;
}

export interface Membership {
  readonly organizationId: string;
  readonly status: string;
  /** Those of the membership's role. What is no permission grants nothing. */
  readonly permissions: readonly string[];
}

export interface ViewerFacts {
  readonly customerId: string;
  readonly userId: string;
  readonly client?: string | null;
  /** The live organizations of the customer. */
  readonly organizations: readonly Organization[];
  /** The live memberships of the user. */
  readonly memberships: readonly Membership[];
  readonly tokenOrganizationId: string;
}

export function makeViewer(facts: ViewerFacts): Viewer {
  const { customerId, userId, client = null, memberships, tokenOrganizationId } = facts;
  const tree = makeOrganizationTree(facts.organizations);
  const tokenOrganization = tree.find(tokenOrganizationId);
  if (tokenOrganization === null) {
    throw new Problem('UNAUTHENTICATED', `The token's organization ${tokenOrganizationId} does not exist any more.`);
  }
  const active = memberships
    .filter(({ status }) => status === 'active')
    .map(({ organizationId, permissions }) => ({ organizationId, granted: permissions.filter(isPermissionPattern) }));

  const organizationsWith = (permission: Permission): readonly string[] =>
    active
      .filter(({ granted }) => granted.some((pattern) => permits(pattern, permission)))
      .map(({ organizationId }) => organizationId);
  const groupsFor = remember((permission) => toGroups(organizationsWith(permission).flatMap(tree.listBelow)));
  const groupsForReadingUp = remember((permission) => {
    const organizations = organizationsWith(permission);
    return toGroups([...organizations.flatMap(tree.listBelow), ...organizations.flatMap(tree.listAbove)]);
  });
  const organizationGroupId = tokenOrganization.securityGroupId;
  return { customerId, userId, client, organizationGroupId, groupsFor, groupsForReadingUp };
}

/** For the seed, imports and other work that the server does on its own account. */
export function makeSystemViewer(facts: {
  readonly customerId: string;
  readonly organizationGroupId: string;
  readonly userId?: string | null;
  readonly client?: string | null;
}): Viewer {
  const { customerId, organizationGroupId, userId = null, client = null } = facts;
  return {
    customerId,
    userId,
    client,
    organizationGroupId,
    groupsFor: () => 'all',
    groupsForReadingUp: () => 'all',
  };
}

function toGroups(organizations: readonly Organization[]): ReadonlySet<string> {
  return new Set(organizations.map(({ securityGroupId }) => securityGroupId));
}

/** A viewer lives for many requests, and each of its sets is asked for again and again. */
function remember<T>(make: (permission: Permission) => T): (permission: Permission) => T {
  const made = new Map<Permission, T>();
  return (permission) => {
    const known = made.get(permission) ?? make(permission);
    made.set(permission, known);
    return known;
  };
}
