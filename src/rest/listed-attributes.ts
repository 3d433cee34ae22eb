/**
 * What filters and sorts of a list may name. Where the rows are shown with what they refer to, that is what they name:
 * `/data/contact/data/notes`. Existing clients also write it as if the contact itself were listed: `/data/notes`.
 */
import type { FindAttribute } from '../filter/attribute-type.ts';
import type { Pointer } from '../filter/pointer.ts';
import type { Filter } from '../filter/tree.ts';
import type { Model, Resource } from '../model.ts';
import { findReference } from '../read/far-term.ts';
import { makeFindAttribute } from '../read/term.ts';

export interface ListedAttributes {
  readonly find: FindAttribute;
  /** The pointer as `find` knows it. */
  readonly mean: (pointer: Pointer) => Pointer;
}

export function ownAttributes(resource: Resource): ListedAttributes {
  return { find: makeFindAttribute(resource), mean: (pointer) => pointer };
}

export function ownAndReferenced(resource: Resource, model: Model): ListedAttributes {
  const own = makeFindAttribute(resource);
  const referenced = new Map(
    (resource.declaration.link ?? []).map((end) => {
      const name = end.replace(/Id$/, '');
      return [name, makeFindAttribute(model.get(findReference(resource, ['data', name])!.target))] as const;
    }),
  );
  const findThere = ([root, name = '', ...rest]: Pointer) => (root === 'data' ? referenced.get(name)?.(rest) : null);
  const find = (pointer: Pointer) => own(pointer) ?? findThere(pointer) ?? null;
  return {
    find: Object.assign(find, { known: own.known ?? [] }),
    mean(pointer) {
      if (find(pointer) !== null) return pointer;
      const [name] = [...referenced].find(([, findIn]) => findIn(pointer) !== null) ?? [];
      return name === undefined ? pointer : ['data', name, ...pointer];
    },
  };
}

/** The filter with every pointer as `mean` has it. */
export function meanFilter(filter: Filter, mean: ListedAttributes['mean']): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, of: filter.of.map((each) => meanFilter(each, mean)) };
    case 'not':
      return { kind: 'not', of: meanFilter(filter.of, mean) };
    case 'compare-pointers':
      return { ...filter, pointer: mean(filter.pointer), other: mean(filter.other) };
    case 'compare':
    case 'text':
      return { ...filter, pointer: mean(filter.pointer) };
    case 'related':
      return filter;
  }
}
