/**
 * How many groups a caller reads decides how a statement asks for them, because no one form serves all: two thousand in
 * an array cost several times the question itself, and an index that begins with the group is of use for a few only.
 */
import type { Groups } from '../access/viewer.ts';

/** All of the customer's; one; a few, sent as an array; many, stored as a set in the database. */
export type ScopeShape = 'all' | 'one' | 'few' | 'many';

const most = 32;

export function shapeOf(groups: Groups): ScopeShape {
  if (groups === 'all') return 'all';
  if (groups.size === 1) return 'one';
  return groups.size > most ? 'many' : 'few';
}
