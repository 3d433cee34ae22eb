/** From the history of a row, as it is asked for, to the member of its JSON. */
import {
  type FieldNode,
  getArgumentValues,
  getNamedType,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { Problem } from '../../problem.ts';
import { checkHistoryCursor } from '../../read/history-sql.ts';
import type { HistoryOutput, Output } from '../../read/selection.ts';
import { pageLimits } from '../page-limits.ts';
import { collectSubfields } from './collect-fields.ts';
import type { SelectionContext } from './operation.ts';

export function makeHistory(
  key: string,
  nodes: readonly FieldNode[],
  field: GraphQLField<unknown, unknown>,
  { operation }: SelectionContext,
): Output {
  const node = nodes[0]!;
  const given = getArgumentValues(field, node, operation.variables);
  const { limit, after = null } = given as { readonly limit?: number | null; readonly after?: string | null };
  return {
    kind: 'history',
    key,
    limit: locate(node, () => checkLimit(limit ?? pageLimits.unasked)),
    before: locate(node, () => (after === null ? null : checkHistoryCursor(after))),
    members: makeEntry(nodes, getNamedType(field.type) as GraphQLObjectType, operation),
  };
}

function makeEntry(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  operation: SelectionContext['operation'],
): readonly HistoryOutput[] {
  return [...collectSubfields(nodes, operation)].map(([key, [node]]): HistoryOutput => {
    const name = node!.name.value;
    if (name === '__typename') return { kind: 'constant', key, json: JSON.stringify(type.name) };
    const means = type.getFields()[name]?.extensions.means;
    if (means?.kind !== 'entry') throw new Error(`${type.name}.${name} is no member of a history`);
    return { kind: means.of, key };
  });
}

function checkLimit(limit: number): number {
  if (limit >= 0 && limit <= pageLimits.largest) return limit;
  throw new Problem('INVALID_PAGE', `limit: expected 0 to ${pageLimits.largest}, found ${limit}.`);
}

function locate<T>(node: FieldNode, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new GraphQLError(error.detail, { nodes: node, originalError: error });
  }
}
