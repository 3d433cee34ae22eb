/**
 * The security group of a new row: the one the caller names, else that of the row it belongs to (its campaign, its
 * contact), else that of the token's organization; of the last two the first in which the caller may insert.
 */
import type { Groups, Viewer } from '../access/viewer.ts';
import type { JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import type { Create } from './change.ts';
import type { Targets } from './references.ts';

/** Null when the caller may insert in none of them. */
export function chooseGroup(
  { declaration }: Resource,
  change: Create,
  data: JsonObject,
  targets: Targets,
  groups: Groups,
  viewer: Viewer,
): string | null {
  const mayInsert = (group: string): boolean => groups === 'all' || groups.has(group);
  if (change.securityGroupId !== null) {
    const named = change.securityGroupId.toLowerCase();
    return mayInsert(named) ? named : null;
  }
  const owner = declaration.groupFrom;
  const field = owner === undefined ? undefined : declaration.fields[owner];
  const to = field?.storage === 'column' ? field.reference?.to : undefined;
  const lent = to === undefined ? undefined : targets.get(to)?.get(String(data[owner!]))?.securityGroupId;
  return [lent, viewer.organizationGroupId].find((group) => group !== undefined && mayInsert(group)) ?? null;
}
