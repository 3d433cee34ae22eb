/** A tree as it would be if it had never been text. */
import type { Filter } from '../../../src/filter/tree.ts';

export function withoutPlaces(filter: Filter): unknown {
  return JSON.parse(JSON.stringify(filter, (key, value: unknown) => (key === 'at' ? undefined : value)));
}
