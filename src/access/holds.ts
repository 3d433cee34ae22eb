/**
 * Whether somebody holds what a role would grant. Nobody grants what they do not hold, and nobody takes over the account
 * of somebody who can do more.
 */
import { isPermissionPattern, type Verb, verbs } from './permission.ts';
import type { Viewer } from './viewer.ts';

/** For one permission of a role, such as `read@*`, in a security group. What is no permission grants nothing. */
export function holds(viewer: Pick<Viewer, 'groupsFor'>, granted: string, securityGroupId: string): boolean {
  if (!isPermissionPattern(granted)) return true;
  const [verb, resource] = granted.split('@') as [Verb | '*', string];
  // A star is held by who has the star: it will also grant what is declared tomorrow.
  return (verb === '*' ? verbs : [verb]).every((one) => {
    const groups = viewer.groupsFor(`${one}@${resource}`);
    return groups === 'all' || groups.has(securityGroupId);
  });
}

/** The first of a role's permissions that is not held; the document may hold anything. */
export function findUnheld(
  viewer: Pick<Viewer, 'groupsFor'>,
  permissions: unknown,
  securityGroupId: string,
): string | null {
  const all = Array.isArray(permissions) ? (permissions as readonly unknown[]) : [];
  return all.find((each): each is string => typeof each === 'string' && !holds(viewer, each, securityGroupId)) ?? null;
}
