/**
 * CollectFields of the GraphQL specification (§6.3.2, and MergeSelectionSets of §6.4.3): which fields are asked for
 * under which response key, in the order in which graphql-js would answer them. graphql-js keeps its own to itself.
 *
 * There are neither interfaces nor unions here, so a fragment that passed validation always applies.
 */
import {
  type FieldNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Operation } from './operation.ts';

/** By response key, in order. All nodes of one key ask for the same field, which validation has made sure of. */
export type CollectedFields = ReadonlyMap<string, readonly FieldNode[]>;

export function collectFields(selectionSets: readonly SelectionSetNode[], operation: Operation): CollectedFields {
  const fields = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  for (const { selections } of selectionSets) collect(selections, operation, fields, visited);
  return fields;
}

/** The fields below all nodes of one response key. */
export function collectSubfields(nodes: readonly FieldNode[], operation: Operation): CollectedFields {
  return collectFields(
    nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    operation,
  );
}

function collect(
  selections: readonly SelectionNode[],
  operation: Operation,
  fields: Map<string, FieldNode[]>,
  visited: Set<string>,
): void {
  for (const node of selections) {
    if (!isIncluded(node, operation)) continue;
    if (node.kind === Kind.FIELD) {
      const key = node.alias?.value ?? node.name.value;
      const known = fields.get(key);
      if (known === undefined) fields.set(key, [node]);
      else known.push(node);
      continue;
    }
    if (node.kind === Kind.INLINE_FRAGMENT) {
      collect(node.selectionSet.selections, operation, fields, visited);
      continue;
    }
    const name = node.name.value;
    const fragment = operation.fragments[name];
    if (visited.has(name) || fragment === undefined) continue;
    visited.add(name);
    collect(fragment.selectionSet.selections, operation, fields, visited);
  }
}

function isIncluded(node: SelectionNode, { variables }: Operation): boolean {
  if (node.directives === undefined || node.directives.length === 0) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}
