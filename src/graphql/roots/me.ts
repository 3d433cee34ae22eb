/**
 * Who is asking: the person and their memberships as rows, and what they may do, so that an app knows what to show. The
 * server decides it again with every request.
 */
import { type GraphQLObjectType, getNamedType, type GraphQLResolveInfo, GraphQLID, GraphQLString } from 'graphql';
import type { Permission } from '../../access/permission.ts';
import { verbs } from '../../access/permission.ts';
import type { Viewer } from '../../access/viewer.ts';
import { compare } from '../../filter/tree.ts';
import type { JsonObject } from '../../json.ts';
import type { Model } from '../../model.ts';
import { auditPermission } from '../../read/history-sql.ts';
import type { Root } from '../../read/roots-sql.ts';
import { pageLimits } from '../page-limits.ts';
import type { RootField } from '../root-field.ts';
import { collectSubfields } from '../selection/collect-fields.ts';
import { costOf } from '../selection/cost.ts';
import { makeMembers } from '../selection/make-members.ts';

export const me: RootField = {
  name: 'me',
  operation: 'query',
  describe(book, model) {
    book.object('Me', 'Who is asking, and what for.', [
      { name: 'userId', type: GraphQLID, nullable: true, description: 'The person; null for the system itself.' },
      { name: 'client', type: GraphQLString, nullable: true, description: 'The application that has the token.' },
      {
        name: 'securityGroupId',
        type: GraphQLID,
        description: 'The group of the organization for which the person has signed in.',
      },
      {
        name: 'user',
        type: 'User',
        nullable: true,
        description: 'The person as a row.',
        means: { kind: 'written', resource: model.get('user') },
      },
      {
        name: 'memberships',
        type: 'Membership',
        list: true,
        description: 'Where the person is a member, whatever the status; only active memberships give permissions.',
        means: { kind: 'written', resource: model.get('membership') },
      },
      {
        name: 'permissions',
        type: GraphQLString,
        list: true,
        description: 'What the person may do with rows of that group: `insert@interactions`, without stars.',
      },
    ]);
    return { type: 'Me', description: 'Who is asking.' };
  },
  makeAnswer:
    ({ model, reader }) =>
    async (_, { viewer, signal, requestId, charge }, info) => {
      const { userId, client, organizationGroupId: securityGroupId } = viewer;
      const roots = userId === null ? [] : makeRoots(userId, model, info);
      charge(costOf(roots));
      const rows =
        roots.length === 0
          ? {}
          : (JSON.parse((await reader.readRoots(viewer, roots, { signal, requestId })).toString()) as JsonObject);
      return {
        ...{ userId, client, securityGroupId },
        permissions: listPermissions(viewer, model),
        rows: Object.fromEntries(Object.entries(rows).map(([key, value]) => [key, nodesOf(value)])),
      };
    },
};

/** One statement for all that is asked of rows, under the keys of the operation. */
function makeRoots(userId: string, model: Model, info: GraphQLResolveInfo): readonly Root[] {
  const { schema, fieldNodes, fragments, variableValues: variables } = info;
  const operation = { fragments, variables };
  const fields = (getNamedType(info.returnType) as GraphQLObjectType).getFields();
  return [...collectSubfields(fieldNodes, operation)].flatMap(([key, nodes]): readonly Root[] => {
    const field = fields[nodes[0]!.name.value];
    const means = field?.extensions.means;
    if (means?.kind !== 'written') return [];
    const { resource } = means;
    const members = makeMembers(nodes, getNamedType(field!.type) as GraphQLObjectType, resource, { schema, operation });
    if (resource.name === 'user') return [{ kind: 'one', key, resource, id: userId, members }];
    const filter = compare(['data', 'userId'], 'eq', userId);
    const page = { skip: 0, limit: pageLimits.largest, after: null };
    const list = { resource, filter, sort: [], page, deleted: 'exclude' } as const;
    return [{ kind: 'list', key, list: { ...list, members: [{ kind: 'nodes', key: 'nodes', members }] } }];
  });
}

function nodesOf(value: JsonObject[string]): JsonObject[string] {
  const nodes = (value as { readonly nodes?: JsonObject[string] } | null)?.nodes;
  return nodes ?? value;
}

function listPermissions(viewer: Viewer, { resources }: Model): readonly Permission[] {
  const all = resources.flatMap(({ label }) => verbs.map((verb): Permission => `${verb}@${label}`));
  return [...all, auditPermission].filter((permission) => {
    const groups = viewer.groupsFor(permission);
    return groups === 'all' || groups.has(viewer.organizationGroupId);
  });
}
