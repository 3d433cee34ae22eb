/** The members of a connection. What stands in a row of it is somebody else's matter. */
import { type FieldNode, getNamedType, type GraphQLObjectType } from 'graphql';
import type { EdgeOutput, Output, PageInfoOutput, PageOutput } from '../../read/selection.ts';
import { collectSubfields } from './collect-fields.ts';
import type { Operation } from './operation.ts';

/** What is asked of each row, below these nodes. */
export type MakeRow = (nodes: readonly FieldNode[], type: GraphQLObjectType) => readonly Output[];

export function makePageMembers(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  operation: Operation,
  makeRow: MakeRow,
): readonly PageOutput[] {
  return makeFixedShape<PageOutput>(nodes, type, operation, (kind, key, below, inner) => {
    switch (kind) {
      case 'nodes':
        return { kind, key, members: makeRow(below, inner) };
      case 'edges':
        return { kind, key, members: makeEdgeMembers(below, inner, operation, makeRow) };
      case 'pageInfo':
        return { kind, key, members: makePageInfo(below, inner, operation) };
      case 'totalCount':
        return { kind, key };
      default:
        return null;
    }
  });
}

function makeEdgeMembers(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  operation: Operation,
  makeRow: MakeRow,
): readonly EdgeOutput[] {
  return makeFixedShape<EdgeOutput>(nodes, type, operation, (kind, key, below, inner) => {
    if (kind === 'cursor') return { kind, key };
    return kind === 'node' ? { kind, key, members: makeRow(below, inner) } : null;
  });
}

function makePageInfo(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  operation: Operation,
): readonly PageInfoOutput[] {
  return makeFixedShape<PageInfoOutput>(nodes, type, operation, (kind, key) =>
    kind === 'hasNextPage' || kind === 'hasPreviousPage' || kind === 'startCursor' || kind === 'endCursor'
      ? { kind, key }
      : null,
  );
}

type Constant = { readonly kind: 'constant'; readonly key: string; readonly json: string };

/** The members of one of the types that every list has. */
function makeFixedShape<T>(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  operation: Operation,
  make: (kind: string, key: string, nodes: readonly FieldNode[], type: GraphQLObjectType) => T | null,
): readonly (T | Constant)[] {
  return [...collectSubfields(nodes, operation)].map(([key, below]) => {
    const name = below[0]!.name.value;
    if (name === '__typename') return { kind: 'constant', key, json: JSON.stringify(type.name) };
    const field = type.getFields()[name]!;
    const made = make(field.extensions.means?.kind ?? name, key, below, getNamedType(field.type) as GraphQLObjectType);
    if (made === null) throw new Error(`${type.name}.${name} is no member of a list`);
    return made;
  });
}
