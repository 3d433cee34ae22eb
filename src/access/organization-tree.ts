/**
 * Which organizations lie below and above which. The tree is data that people edit: a parent may be missing (deleted)
 * or a chain of parents may bite its own tail, and neither may hang a request or reach further than it says.
 */
export interface Organization {
  readonly id: string;
  readonly parentId: string | null;
  /** The group whose members are the members of this organization. */
  readonly securityGroupId: string;
}

export interface OrganizationTree {
  find(id: string): Organization | null;
  /** The organization itself and all below it. */
  listBelow(id: string): readonly Organization[];
  /** The organizations above it, nearest first, without itself. */
  listAbove(id: string): readonly Organization[];
}

export function makeOrganizationTree(organizations: readonly Organization[]): OrganizationTree {
  const byId = new Map(organizations.map((organization) => [organization.id, organization]));
  const children = new Map<string, Organization[]>();
  for (const organization of organizations) {
    if (organization.parentId === null) continue;
    const siblings = children.get(organization.parentId) ?? [];
    children.set(organization.parentId, [...siblings, organization]);
  }

  return {
    find: (id) => byId.get(id) ?? null,
    listBelow(id) {
      const root = byId.get(id);
      // A Set can grow while it is walked, and takes each organization once: that is what ends a cycle.
      const found = new Set(root === undefined ? [] : [root]);
      for (const { id: parentId } of found) children.get(parentId)?.forEach((child) => found.add(child));
      return [...found];
    },
    listAbove(id) {
      const found = new Map<string, Organization>();
      let above = byId.get(byId.get(id)?.parentId ?? '');
      while (above !== undefined && above.id !== id && !found.has(above.id)) {
        found.set(above.id, above);
        above = byId.get(above.parentId ?? '');
      }
      return [...found.values()];
    },
  };
}
