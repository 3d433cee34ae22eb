/**
 * Which groups a caller reads and writes a resource in. Every statement gets its condition from here; a resource that
 * every member may read still needs a permission to be written.
 */
import type { Resource } from '../model.ts';
import type { Verb } from './permission.ts';
import type { Groups, Viewer } from './viewer.ts';

export function readableGroups(viewer: Viewer, { declaration, label }: Resource): Groups {
  switch (declaration.scope) {
    case 'own':
    case 'customer':
      return 'all';
    case 'group':
      return viewer.groupsFor(`read@${label}`);
    case 'group-and-above':
      return viewer.groupsForReadingUp(`read@${label}`);
  }
}

export function writableGroups(viewer: Viewer, verb: Exclude<Verb, 'read'>, { label }: Resource): Groups {
  return viewer.groupsFor(`${verb}@${label}`);
}
