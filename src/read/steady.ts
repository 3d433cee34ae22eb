/**
 * Whether one plan serves a list whatever its values are. Planning costs as much as a small question, so it is done once
 * where it can be: an id is as rare as every other, and so is what no two rows may share; a range of the order that the
 * rows are read in is where an index is entered. Any other value may be one that half of the rows have or none, and gets
 * a plan of its own.
 */
import type { Filter } from '../filter/tree.ts';
import { printPointer } from '../filter/pointer.ts';
import type { Model, Resource } from '../model.ts';
import { isKnownToIndex } from './document-comparison.ts';
import type { ListSelection } from './selection.ts';

/**
 * How the rows of a list are best found, whatever its values: those that a key names, and whatever leads to them; those
 * that the index of a document knows, unless they turn out to be many; by walking the order of the list; or it depends on
 * the values.
 */
export type Finding = 'by key' | 'by document' | 'in order' | 'depends';

type Listed = Pick<ListSelection, 'resource' | 'filter' | 'sort' | 'page'>;

const bounds: ReadonlySet<string> = new Set(['gt', 'gte', 'lt', 'lte']);

export function findingOf({ resource, filter, sort, page }: Listed, model: Model): Finding {
  if (page.skip !== 0) return 'depends';
  if (namesFew(filter, resource, model)) return 'by key';
  if (partsOf(filter).some((part) => isKnownToIndex(part, resource))) return 'by document';
  const first = printPointer(sort[0]?.pointer ?? ['id']);
  const isBounds = (part: Filter): boolean => {
    if (part.kind === 'and') return part.of.every(isBounds);
    if (part.kind !== 'compare' || part.value === null) return false;
    return printPointer(part.pointer) === first && bounds.has(part.operator);
  };
  return isBounds(filter) ? 'in order' : 'depends';
}

/** What has to be true of each row. */
function partsOf(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.of.flatMap(partsOf) : [filter];
}

/** Whether the filter cannot be true for more than some rows for each key that it names. */
function namesFew(filter: Filter, resource: Resource, model: Model): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.of.some((part) => namesFew(part, resource, model));
    case 'compare': {
      const isNamed = filter.operator === 'eq' || filter.operator === 'in';
      return isNamed && filter.value !== null && isKey(printPointer(filter.pointer), resource);
    }
    case 'related': {
      const relation = resource.relations.get(filter.relation)!;
      return filter.quantifier === 'some' && namesFew(filter.of, model.get(relation.target), model);
    }
    default:
      return false;
  }
}

function isKey(pointer: string, { declaration }: Resource): boolean {
  if (pointer === '/id') return true;
  return (declaration.unique ?? []).some(({ of }) => of.length === 1 && pointer === `/data/${of[0]}`);
}
