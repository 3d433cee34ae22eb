/**
 * What an integration signs in with: brought and taken away by whoever may change the integration, and shown to nobody.
 * It is named by the clientId of the integration, as existing clients do.
 */
import { writableGroups } from '../../access/scope.ts';
import type { Viewer } from '../../access/viewer.ts';
import { compare } from '../../filter/tree.ts';
import type { JsonObject } from '../../json.ts';
import { Late } from '../../late.ts';
import type { Model, Resource } from '../../model.ts';
import { Problem } from '../../problem.ts';
import type { RowQuestion } from '../../read/reader.ts';
import { forbidden } from '../../write/problems.ts';
import { checkCustomer } from '../check-customer.ts';
import type { Handle, RestParts } from '../rest-parts.ts';
import { type ActionParts, type ActionRoute, emptyAnswer } from './action.ts';
import { makeBodyCheck } from './body-check.ts';

const named = {
  clientId: { type: 'string', minLength: 1, maxLength: 256, description: 'Of the integration.' },
  customerId: { type: ['string', 'null'], description: 'The customer of the token.', 'x-reference': 'customer' },
};
const brought = { ...named, accessToken: { type: 'string', minLength: 1, maxLength: 8_192, writeOnly: true } };

function bodyOf(properties: JsonObject, required: readonly string[]): JsonObject {
  const data = { type: 'object', properties, required, additionalProperties: false };
  return { type: 'object', properties: { data }, required: ['data'], additionalProperties: false };
}

interface Named {
  readonly data: { readonly clientId: string; readonly customerId?: string | null };
}
interface Brought {
  readonly data: Named['data'] & { readonly accessToken: string };
}

export function makeCredentialActions(model: Model): readonly ActionRoute[] {
  const of = model.get('integration');
  const all = { url: `${of.declaration.route}/credentials`, of, access: 'token', parameters: {} } as const;
  return [
    {
      ...all,
      name: 'setIntegrationCredentials',
      method: 'POST',
      description: 'Keeps what an integration signs in with, in place of what there was. It is never shown.',
      body: bodyOf(brought, ['clientId', 'accessToken']),
      answers: [{ status: 201, description: 'They are kept.', holds: 'nothing' }],
      problems: ['FORBIDDEN', 'NOT_FOUND'],
      make: (parts) => makeSet(of, parts),
    },
    {
      ...all,
      name: 'deleteIntegrationCredentials',
      method: 'DELETE',
      description: 'Forgets what an integration signs in with.',
      body: bodyOf(named, ['clientId']),
      answers: [{ status: 200, description: 'They are forgotten.', holds: 'nothing' }],
      problems: ['FORBIDDEN', 'NOT_FOUND'],
      make: (parts) => makeDelete(of, parts),
    },
  ];
}

function makeSet(resource: Resource, parts: ActionParts): Handle {
  const check = makeBodyCheck<Brought>(bodyOf(brought, ['clientId', 'accessToken']));
  const find = makeFindOwner(resource, parts);
  return async (request, reply) => {
    const viewer = await parts.authenticate(request);
    const { data } = check(request.body);
    await parts.credentials.keep(await find(viewer, data), data.accessToken, viewer.userId);
    return reply.code(201).send(emptyAnswer);
  };
}

function makeDelete(resource: Resource, parts: ActionParts): Handle {
  const check = makeBodyCheck<Named>(bodyOf(named, ['clientId']));
  const find = makeFindOwner(resource, parts);
  return async (request, reply) => {
    const viewer = await parts.authenticate(request);
    const { data } = check(request.body ?? {});
    const isGone = await parts.credentials.remove(await find(viewer, data));
    if (!isGone) throw new Problem('NOT_FOUND', 'The integration has no credentials.');
    return reply.code(200).send(emptyAnswer);
  };
}

interface Owner {
  readonly customerId: string;
  readonly integrationId: string;
}

function makeFindOwner(
  resource: Resource,
  { reader }: RestParts,
): (viewer: Viewer, named: Named['data']) => Promise<Owner> {
  const filter = compare(['data', 'clientId'], 'eq', Late.value('clientId'));
  const group = resource.envelope.find(({ path }) => path[0] === 'securityGroupId')!;
  const members = [{ kind: 'attribute', key: 'group', attribute: group }] as const;
  const question: RowQuestion = { resource, members, spelling: 'rest', deleted: 'exclude', filter };
  return async (viewer, { clientId, customerId = null }) => {
    checkCustomer(customerId, viewer.customerId);
    const row = await reader.findRow(viewer, question, { given: { clientId } });
    if (row === null) {
      const shown = JSON.stringify(clientId.length > 64 ? `${clientId.slice(0, 63)}…` : clientId);
      throw new Problem('NOT_FOUND', `There is no integration with the clientId ${shown} that you may see.`);
    }
    const writable = writableGroups(viewer, 'modify', resource);
    const { group: own } = JSON.parse(row.text.toString()) as { readonly group: string };
    if (writable !== 'all' && !writable.has(own)) throw forbidden('modify', resource, "in this row's security group");
    return { customerId: viewer.customerId, integrationId: row.id };
  };
}
