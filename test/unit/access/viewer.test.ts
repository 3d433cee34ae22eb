import { describe, expect, it } from 'vitest';
import type { Organization } from '../../../src/access/organization-tree.ts';
import { makeSystemViewer, makeViewer, type Membership, type Viewer } from '../../../src/access/viewer.ts';

/** national > state > town, and a sibling of the state; the group of each organization is its id in capitals. */
const organization = (id: string, parentId: string | null): Organization => ({
  id,
  parentId,
  securityGroupId: id.toUpperCase(),
});
const organizations = [
  organization('town', 'state'),
  organization('national', null),
  organization('state', 'national'),
  organization('sibling', 'national'),
];

const member = (organizationId: string, permissions: readonly string[], status = 'active'): Membership => ({
  organizationId,
  permissions,
  status,
});

const viewerWith = (memberships: readonly Membership[], among = organizations, token = 'state'): Viewer =>
  makeViewer({
    customerId: 'customer',
    userId: 'alice',
    organizations: among,
    memberships,
    tokenOrganizationId: token,
  });

describe('a viewer', () => {
  it('has a permission in the group of the organization and in those below it', () => {
    const viewer = viewerWith([member('state', ['read@contacts'])]);
    expect(viewer.groupsFor('read@contacts')).toEqual(new Set(['STATE', 'TOWN']));
  });

  it('reads up to the top, without reaching the siblings there', () => {
    const viewer = viewerWith([member('state', ['read@campaigns'])]);
    expect(viewer.groupsForReadingUp('read@campaigns')).toEqual(new Set(['STATE', 'TOWN', 'NATIONAL']));
  });

  it('reads up only from where the permission holds', () => {
    const viewer = viewerWith([member('town', ['read@contacts']), member('sibling', ['read@campaigns'])]);
    expect(viewer.groupsForReadingUp('read@campaigns')).toEqual(new Set(['SIBLING', 'NATIONAL']));
  });

  it('has nothing for a permission that none of the roles grants', () => {
    const viewer = viewerWith([member('state', ['read@contacts'])]);
    expect(viewer.groupsFor('modify@contacts')).toEqual(new Set());
    expect(viewer.groupsForReadingUp('modify@contacts')).toEqual(new Set());
  });

  it('adds up several memberships, permission by permission', () => {
    const viewer = viewerWith([member('town', ['*@contacts']), member('sibling', ['read@*'])]);
    expect(viewer.groupsFor('read@contacts')).toEqual(new Set(['TOWN', 'SIBLING']));
    expect(viewer.groupsFor('insert@contacts')).toEqual(new Set(['TOWN']));
  });

  it.each(['disabled', 'unconfirmed', 'invited'])('has nothing from a membership that is %s', (status) => {
    const viewer = viewerWith([member('national', ['*@*'], status)]);
    expect(viewer.groupsFor('read@contacts')).toEqual(new Set());
  });

  it('has nothing from what is no permission', () => {
    const viewer = viewerWith([member('national', ['read', 'contacts@read', '@', 'READ@contacts'])]);
    expect(viewer.groupsFor('read@contacts')).toEqual(new Set());
  });

  it('has nothing from a membership in an organization that is gone', () => {
    expect(viewerWith([member('gone', ['*@*'])]).groupsFor('read@contacts')).toEqual(new Set());
  });

  it('is never told "all", even when it holds the group of every organization', () => {
    const groups = viewerWith([member('national', ['*@*'])]).groupsFor('read@contacts');
    expect(groups).toEqual(new Set(['NATIONAL', 'STATE', 'TOWN', 'SIBLING']));
  });

  it('creates in the group of its token’s organization', () => {
    expect(viewerWith([], organizations, 'town').organizationGroupId).toBe('TOWN');
  });

  it('does not exist for a token of an organization that is gone', () => {
    expect(() => viewerWith([], organizations, 'gone')).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });
});

describe('a tree with faults', () => {
  it('ends where the parents bite their own tail', () => {
    const circle = [organization('a', 'c'), organization('b', 'a'), organization('c', 'b'), organization('d', 'd')];
    const viewer = viewerWith([member('a', ['read@contacts'])], circle, 'a');
    expect(viewer.groupsFor('read@contacts')).toEqual(new Set(['A', 'B', 'C']));
    expect(viewer.groupsForReadingUp('read@contacts')).toEqual(new Set(['A', 'B', 'C']));
    expect(viewerWith([member('d', ['read@*'])], circle, 'd').groupsForReadingUp('read@contacts')).toEqual(
      new Set(['D']),
    );
  });

  it('ends below a circle that it does not belong to', () => {
    const circle = [organization('a', 'b'), organization('b', 'a'), organization('leaf', 'a')];
    const viewer = viewerWith([member('leaf', ['read@*'])], circle, 'leaf');
    expect(viewer.groupsForReadingUp('read@campaigns')).toEqual(new Set(['LEAF', 'A', 'B']));
  });

  it('stops at a parent that is gone', () => {
    const viewer = viewerWith([member('town', ['read@*'])], [organization('town', 'gone')], 'town');
    expect(viewer.groupsForReadingUp('read@campaigns')).toEqual(new Set(['TOWN']));
  });

  it('holds a chain of ten thousand organizations', () => {
    const chain = Array.from({ length: 10_000 }, (_, n) => organization(`o${n}`, n === 0 ? null : `o${n - 1}`));
    const viewer = viewerWith([member('o9999', ['read@*'])], chain, 'o0');
    expect(viewer.groupsForReadingUp('read@campaigns')).toHaveProperty('size', 10_000);
  });
});

it('the system sees every group', () => {
  const viewer = makeSystemViewer({ customerId: 'customer', organizationGroupId: 'NATIONAL' });
  expect(viewer.groupsFor('destroy@contacts')).toBe('all');
  expect(viewer.groupsForReadingUp('read@campaigns')).toBe('all');
  expect(viewer.userId).toBeNull();
});
