/**
 * What a list shows and which rows it is about, whatever the query string adds. Below another row it holds what is
 * linked to that one, and tells the id of each link.
 */
import { everything, type Filter } from '../filter/tree.ts';
import type { Model, Relation, Resource } from '../model.ts';
import type { Output } from '../read/selection.ts';
import { linkParams, readEnvelope, referencesEnvelope } from '../read/shown-envelope.ts';
import { type ListedAttributes, ownAndReferenced, ownAttributes } from './listed-attributes.ts';
import { makeLeadFilter, makeVisibleLeadFilter } from './lead-filter.ts';
import type { RestRoute } from './route-table.ts';

export interface Listing {
  readonly members: readonly Output[];
  readonly filter: Filter;
  readonly attributes: ListedAttributes;
}

export function makeListing({ resource, through, parameters }: RestRoute, model: Model): Listing {
  if (through === null) {
    return { members: readEnvelope(resource, model), filter: everything, attributes: ownAttributes(resource) };
  }
  const { showsReferences = false } = through.declaration.addresses!.list!;
  const whole = showsReferences ? referencesEnvelope(resource, model) : readEnvelope(resource, model);
  const relation = relationTo(through, resource);
  return {
    attributes: showsReferences ? ownAndReferenced(resource, model) : ownAttributes(resource),
    members: [...whole, linkParams(through, relation, makeLeadFilter(parameters))],
    filter: {
      kind: 'related',
      relation: relation.name,
      quantifier: 'some',
      of: makeVisibleLeadFilter(parameters),
    },
  };
}

function relationTo(through: Resource, resource: Resource): Relation & { kind: 'many' } {
  return [...resource.relations.values()].find(
    (relation): relation is Relation & { kind: 'many' } => relation.kind === 'many' && relation.target === through.name,
  )!;
}
