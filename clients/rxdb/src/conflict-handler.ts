/**
 * Who wins: the server. It has merged what could be merged, and where it answers with a document of its own, two people
 * have changed the same; what the device wanted is then in the inbox of rejections, or was overtaken.
 */
import type { RxConflictHandler } from 'rxdb';
import type { DoorstepDocument } from './schemas.ts';

export const conflictHandler: RxConflictHandler<DoorstepDocument> = {
  /** The position says when something happened, not what; and what is not set may be missing or null. */
  isEqual: (one, other) => {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].every((name) => isIgnored(name) || valueOf(one, name) === valueOf(other, name));
  },
  resolve: async ({ realMasterState }) => realMasterState,
};

/** Members that RxDB keeps for itself begin with an underscore, all but the mark of what is deleted. */
function isIgnored(name: string): boolean {
  return name === 'syncSeq' || (name.startsWith('_') && name !== '_deleted');
}

function valueOf(document: object, name: string): unknown {
  return (document as Readonly<Record<string, unknown>>)[name] ?? null;
}
