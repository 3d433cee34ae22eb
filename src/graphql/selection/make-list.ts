/** From a field that lists rows, with its arguments, to a list selection. */
import { type FieldNode, getArgumentValues, getNamedType, type GraphQLField, type GraphQLObjectType } from 'graphql';
import type { Filter } from '../../filter/tree.ts';
import type { Resource } from '../../model.ts';
import type { Deleted, ListSelection } from '../../read/selection.ts';
import { checkPage } from './check-page.ts';
import { locate } from './locate.ts';
import { makeFilter } from './make-filter.ts';
import { makePageMembers, type MakeRow } from './make-page-members.ts';
import { makeSort } from './make-sort.ts';
import type { SelectionContext } from './operation.ts';

interface ListArguments {
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly where?: string | Filter | null;
  readonly sort?: readonly Readonly<Record<string, unknown>>[] | null;
  readonly skip?: number | null;
  readonly limit?: number | null;
  readonly after?: string | null;
  readonly deleted?: Deleted | null;
}

export function makeList(
  nodes: readonly FieldNode[],
  field: GraphQLField<unknown, unknown>,
  resource: Resource,
  context: SelectionContext,
  makeRow: MakeRow,
): ListSelection {
  const { schema, operation } = context;
  const node = nodes[0]!;
  const given: ListArguments = getArgumentValues(field, node, operation.variables);
  const { filter = null, where = null, sort, skip = null, limit = null, after = null, deleted } = given;
  const members = makePageMembers(nodes, getNamedType(field.type) as GraphQLObjectType, operation, makeRow);
  return locate(node, () => ({
    resource,
    filter: makeFilter(resource, { filter, where }, schema),
    sort: makeSort(resource, sort ?? [], schema),
    page: checkPage({ skip, limit, after }),
    deleted: deleted ?? 'exclude',
    members,
  }));
}
