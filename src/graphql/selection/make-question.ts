/** From a field that asks a ready question to the selection of its groups. */
import { type FieldNode, getArgumentValues, getNamedType, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { checkFilter } from '../../filter/check.ts';
import { and, compare, type Filter } from '../../filter/tree.ts';
import { Late } from '../../late.ts';
import type { Attribute } from '../../model.ts';
import { findNamed } from '../../read/stats-question.ts';
import type { StatsSelection } from '../../read/stats-selection.ts';
import { makeFindAttribute } from '../../read/term.ts';
import type { Meaning } from '../meaning.ts';
import { locate } from './locate.ts';
import { makeMembers } from './make-members.ts';
import type { SelectionContext } from './operation.ts';
import { toWire } from './wire-value.ts';

export function makeQuestionGroups(
  nodes: readonly FieldNode[],
  field: GraphQLField<unknown, unknown>,
  { question: { groups }, ready }: Meaning & { readonly kind: 'question' },
  context: SelectionContext,
): StatsSelection {
  const { resource } = groups;
  const given = getArgumentValues(field, nodes[0]!, context.operation.variables);
  const limitBy = (argument: string, of: Attribute, operator: 'eq' | 'gte' | 'lt'): readonly Filter[] => {
    const value = given[argument] ?? null;
    return value === null ? [] : [compare(of.path, operator, value instanceof Late ? value : toWire(value))];
  };
  const { within, may = [], during, keys } = ready;
  const parts = [
    ...[...within, ...may].flatMap((name) => limitBy(name, findNamed(resource, name), 'eq')),
    ...(during === undefined ? [] : limitBy('since', findNamed(resource, during), 'gte')),
    ...(during === undefined ? [] : limitBy('until', findNamed(resource, during), 'lt')),
  ];
  const members = makeMembers(nodes, getNamedType(field.type) as GraphQLObjectType, resource, context);
  return {
    ...groups,
    filter: locate(nodes[0]!, () => checkFilter(and(...parts), makeFindAttribute(resource))),
    answer: { kind: Object.keys(keys).length === 0 ? 'line' : 'lines', members },
  };
}
