/**
 * Whether one plan serves a list whatever its values are. Planning costs as much as a small question, so it is done once
 * where it can be: an id is as rare as every other, and where an index begins with what is compared and goes on in the
 * order of the list, it is entered there for every value. Any other value may be one that half of the rows have or none,
 * and gets a plan of its own.
 */
import type { Filter } from '../filter/tree.ts';
import { type Pointer, printPointer } from '../filter/pointer.ts';
import type { ListSelection } from './selection.ts';

const bounds: ReadonlySet<string> = new Set(['gt', 'gte', 'lt', 'lte']);

type Listed = Pick<ListSelection, 'resource' | 'filter' | 'sort' | 'page'>;

export function isSteady(list: Listed): boolean {
  const equals = list.page.skip === 0 ? readInOrder(list.filter, list.sort[0]?.pointer ?? ['id']) : null;
  return equals !== null && (equals.length === 0 || hasIndex(list, equals));
}

/** Whether the whole list, or a range of its order, is read in its order. */
export function isRange({ filter, sort, page }: Listed): boolean {
  return page.skip === 0 && readInOrder(filter, sort[0]?.pointer ?? ['id'])?.length === 0;
}

/**
 * The attributes that are compared for equality, if the filter has nothing else beside an id and bounds of the first sort
 * key; null otherwise.
 */
function readInOrder(filter: Filter, first: Pointer): readonly Pointer[] | null {
  if (filter.kind === 'and') {
    const parts = filter.of.map((part) => readInOrder(part, first));
    return parts.every((part) => part !== null) ? parts.flat() : null;
  }
  if (filter.kind !== 'compare' || filter.value === null) return null;
  const { pointer, operator } = filter;
  if (bounds.has(operator) && printPointer(pointer) === printPointer(first)) return [];
  if (operator !== 'eq') return null;
  return pointer[0] === 'id' ? [] : [pointer];
}

/** Whether a declared index begins with these attributes and goes on with the first sort key. */
function hasIndex({ resource, sort }: Listed, equals: readonly Pointer[]): boolean {
  const names = new Set(equals.map((pointer) => pointer.slice(1).join('.')));
  const next = sort[0]?.pointer.at(-1);
  return (resource.declaration.indexes ?? []).some(
    (columns) =>
      columns.length > names.size &&
      columns.slice(0, names.size).every((name) => names.has(name)) &&
      columns[names.size] === next,
  );
}
