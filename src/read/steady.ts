/**
 * Whether one plan serves a list whatever its values are. Planning costs as much as a small question, so it is done once
 * where it can be: an id is as rare as every other, and a range of the order that the rows are read in is where an index
 * is entered. Any other value may be one that half of the rows have or none, and gets a plan of its own.
 */
import type { Filter } from '../filter/tree.ts';
import { printPointer } from '../filter/pointer.ts';
import type { ListSelection } from './selection.ts';

const bounds: ReadonlySet<string> = new Set(['gt', 'gte', 'lt', 'lte']);

export function isSteady({ filter, sort, page }: Pick<ListSelection, 'filter' | 'sort' | 'page'>): boolean {
  const first = printPointer(sort[0]?.pointer ?? ['id']);
  const isSteadyFilter = (part: Filter): boolean => {
    if (part.kind === 'and') return part.of.every(isSteadyFilter);
    if (part.kind !== 'compare' || part.value === null) return false;
    const pointer = printPointer(part.pointer);
    return pointer === '/id' ? part.operator === 'eq' : pointer === first && bounds.has(part.operator);
  };
  return page.skip === 0 && isSteadyFilter(filter);
}
