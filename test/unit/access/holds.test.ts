import { expect, test } from 'vitest';
import { findUnheld, holds } from '../../../src/access/holds.ts';
import { type PermissionPattern, permits } from '../../../src/access/permission.ts';

/** Somebody who holds these in the group `here`, and nothing elsewhere. */
const holding = (...granted: readonly PermissionPattern[]) => ({
  groupsFor: (asked: Parameters<typeof permits>[1]) =>
    new Set(granted.some((pattern) => permits(pattern, asked)) ? ['here'] : []),
});

test('a permission is held where it holds, by its own words or by a star', () => {
  expect(holds(holding('read@contacts'), 'read@contacts', 'here')).toBe(true);
  expect(holds(holding('*@contacts'), 'read@contacts', 'here')).toBe(true);
  expect(holds(holding('read@*'), 'read@contacts', 'here')).toBe(true);
  expect(holds(holding('read@contacts'), 'read@contacts', 'elsewhere')).toBe(false);
  expect(holds(holding('read@contacts'), 'modify@contacts', 'here')).toBe(false);
});

test('a star for the verb needs all verbs, and a star for the resource needs the star', () => {
  expect(holds(holding('read@notes', 'insert@notes', 'modify@notes'), '*@notes', 'here')).toBe(false);
  expect(holds(holding('read@notes', 'insert@notes', 'modify@notes', 'destroy@notes'), '*@notes', 'here')).toBe(true);
  expect(holds(holding('read@notes', 'read@contacts'), 'read@*', 'here')).toBe(false);
  expect(holds(holding('*@*'), '*@*', 'here')).toBe(true);
});

test('what is no permission grants nothing, so anybody may give it; the first that is missing is told', () => {
  const viewer = holding('read@notes');
  expect(findUnheld(viewer, ['nonsense', 5, 'read@notes', 'read@roles', 'read@users'], 'here')).toBe('read@roles');
  for (const document of [null, 'read@roles', {}, []]) expect(findUnheld(viewer, document, 'here')).toBeNull();
});
