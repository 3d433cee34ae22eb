/** Joining an organization by its code, and a new code for an old one, as REST has them in actions/joining.ts. */
import { getNamedType, GraphQLID, type GraphQLObjectType, type GraphQLResolveInfo, GraphQLString } from 'graphql';
import { makeJoining } from '../../accounts/joining.ts';
import type { JsonObject } from '../../json.ts';
import type { Resource } from '../../model.ts';
import type { Output } from '../../read/selection.ts';
import type { GraphqlContext } from '../context.ts';
import type { RootField } from '../root-field.ts';
import { checkGivenId } from '../selection/check-given-id.ts';
import { costOfRow } from '../selection/cost.ts';
import { makeMembers } from '../selection/make-members.ts';

export const joinOrganization: RootField = {
  name: 'joinOrganization',
  operation: 'mutation',
  describe: () => ({
    type: 'Membership',
    description: 'Makes the caller a member of the organization that has this join code.',
    arguments: [{ name: 'token', type: GraphQLString, description: 'The join code.' }],
  }),
  makeAnswer(parts) {
    const joining = makeJoining(parts);
    const membership = parts.model.get('membership');
    return async ({ token }, context, info) => {
      const answering = answeringOf(membership, context, info);
      const { text } = await joining.join(context.viewer, String(token), answering);
      return JSON.parse(text) as JsonObject;
    };
  },
};

export const renewJoinCode: RootField = {
  name: 'renewJoinCode',
  operation: 'mutation',
  describe: () => ({
    type: 'Organization',
    description: 'Gives the organization another join code; the one it had is void.',
    arguments: [{ name: 'organizationId', type: GraphQLID, description: 'The organization.' }],
  }),
  makeAnswer(parts) {
    const joining = makeJoining(parts);
    const organization = parts.model.get('organization');
    return async ({ organizationId }, context, info) => {
      const id = checkGivenId(String(organizationId), 'organizationId', info.fieldNodes[0]!) as string;
      const { text } = await joining.renewCode(context.viewer, id, answeringOf(organization, context, info));
      return JSON.parse(text) as JsonObject;
    };
  },
};

function answeringOf(
  resource: Resource,
  { requestId, charge }: GraphqlContext,
  info: GraphQLResolveInfo,
): { readonly members: readonly Output[]; readonly spelling: 'graphql'; readonly requestId: string } {
  const { schema, fieldNodes, fragments, variableValues: variables } = info;
  const type = getNamedType(info.returnType) as GraphQLObjectType;
  const members = makeMembers(fieldNodes, type, resource, { schema, operation: { fragments, variables } });
  charge(costOfRow(members));
  return { members, spelling: 'graphql', requestId };
}
