/** From the fields of an operation to the roots that the reader answers. */
import {
  type FieldNode,
  getArgumentValues,
  getNamedType,
  type GraphQLObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import type { Late } from '../../late.ts';
import type { Root } from '../../read/roots-sql.ts';
import { checkGivenId } from './check-given-id.ts';
import { collectFields } from './collect-fields.ts';
import { makeList } from './make-list.ts';
import { makeMembers } from './make-members.ts';
import { makePull } from './make-pull.ts';
import { makeQuestionGroups } from './make-question.ts';
import { makeStats } from './make-stats.ts';
import type { SelectionContext } from './operation.ts';

/** Null when a root field is not about rows (introspection): graphql-js has to answer it. */
export function makeRoots(definition: OperationDefinitionNode, context: SelectionContext): readonly Root[] | null {
  const roots = [...collectFields([definition.selectionSet], context.operation)].map(([key, nodes]): Root | null => {
    if (nodes[0]!.name.value === '__typename') return { kind: 'constant', key, json: '"Query"' };
    return makeRoot(key, nodes, context);
  });
  return roots.every((root) => root !== null) ? roots : null;
}

export function makeRoot(key: string, nodes: readonly FieldNode[], context: SelectionContext): Root | null {
  const { schema, operation } = context;
  const node = nodes[0]!;
  const field = schema.getQueryType()?.getFields()[node.name.value];
  const means = field?.extensions.means;
  switch (means?.kind) {
    case 'page':
      return {
        kind: 'list',
        key,
        list: makeList(nodes, field!, means.resource, context, (below, inner) =>
          makeMembers(below, inner, means.resource, context),
        ),
      };
    case 'stats':
      return { kind: 'stats', key, stats: makeStats(nodes, field!, means, context) };
    case 'question':
      return { kind: 'stats', key, stats: makeQuestionGroups(nodes, field!, means, context) };
    case 'find': {
      const given = getArgumentValues(field!, node, operation.variables) as { readonly id: string | Late };
      const { resource } = means;
      const id = checkGivenId(given.id, 'id', node);
      const members = makeMembers(nodes, getNamedType(field!.type) as GraphQLObjectType, resource, context);
      return { kind: 'one', key, resource, id, members };
    }
    case 'pull':
      return { kind: 'pull', key, pull: makePull(nodes, field!, means.collection, operation) };
    default:
      return null;
  }
}
