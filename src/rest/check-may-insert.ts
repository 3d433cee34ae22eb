/** 403 ranks before 400, and a body without shape says nothing about a group: who may insert nowhere is told at once. */
import { writableGroups } from '../access/scope.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Resource } from '../model.ts';
import { forbidden } from '../write/problems.ts';

export function checkMayInsert(viewer: Viewer, resource: Resource): void {
  const groups = writableGroups(viewer, 'insert', resource);
  if (groups !== 'all' && groups.size === 0) throw forbidden('insert', resource, 'in a security group');
}
