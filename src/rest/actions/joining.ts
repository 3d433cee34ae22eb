/** Joining an organization by its code, with an account or without one, and a new code for an old one. */
import type { JsonObject } from '../../json.ts';
import type { Model } from '../../model.ts';
import { invalidInput, Problem } from '../../problem.ts';
import { writtenEnvelope } from '../../read/shown-envelope.ts';
import { isUuid } from '../../uuid.ts';
import { notFound } from '../../write/problems.ts';
import type { Handle } from '../rest-parts.ts';
import { sendRow } from '../send-row.ts';
import { type ActionParts, type ActionRoute, emptyAnswer } from './action.ts';
import { makeBodyCheck } from './body-check.ts';

const closed = (properties: JsonObject): JsonObject => {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
};
const token = { type: 'string', minLength: 1, maxLength: 64, description: 'The join code of the organization.' };
const email = { type: 'string', minLength: 3, maxLength: 254 };
const joinBody = closed({ data: closed({ token }) });
/** Nothing has to be said. */
const renewBody = closed({});
const signUpBody = closed({ data: closed({ token, email }) });

export function makeJoinings(model: Model): readonly ActionRoute[] {
  const organization = model.get('organization');
  const { route } = organization.declaration;
  const all = { method: 'POST', parameters: {} } as const;
  return [
    {
      ...all,
      name: 'joinOrganization',
      url: `${route}/join`,
      description: 'Makes the caller a member of the organization that has this join code.',
      of: model.get('membership'),
      access: 'token',
      body: joinBody,
      answers: [{ status: 201, description: 'The membership; unconfirmed where somebody confirms it.', holds: 'row' }],
      problems: ['FORBIDDEN', 'DUPLICATE'],
      make: makeJoin,
    },
    {
      ...all,
      name: 'signUp',
      url: `${route}/sign-up`,
      description: 'Makes an account for a stranger who has a join code, and sends a letter to choose a password with.',
      of: organization,
      access: 'public',
      body: signUpBody,
      answers: [{ status: 202, description: 'A letter goes out.', holds: 'nothing' }],
      problems: [],
      make: makeSignUp,
    },
    {
      ...all,
      name: 'renewJoinCode',
      url: `${route}/:organizationId/token`,
      description: 'Gives the organization another join code; the one it had is void.',
      of: organization,
      access: 'token',
      parameters: { organizationId: organization },
      body: renewBody,
      answers: [{ status: 200, description: 'The organization with its new code.', holds: 'row' }],
      problems: ['FORBIDDEN', 'NOT_FOUND'],
      make: makeRenew,
    },
  ];
}

function makeJoin({ authenticate, joining, model }: ActionParts): Handle {
  const check = makeBodyCheck<{ readonly data: { readonly token: string } }>(joinBody);
  const members = writtenEnvelope(model.get('membership'), model);
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const { data } = check(request.body);
    const answering = { members, spelling: 'rest', requestId: request.id } as const;
    return sendRow(reply, 201, await joining.join(viewer, data.token, answering).catch(rethrowAtData));
  };
}

function makeSignUp({ signUps }: ActionParts): Handle {
  const check = makeBodyCheck<{ readonly data: { readonly token: string; readonly email: string } }>(signUpBody);
  return async (request, reply) => {
    const { data } = check(request.body);
    await signUps.signUp({ code: data.token, email: data.email, requestId: request.id }).catch(rethrowAtData);
    return reply.code(202).send(emptyAnswer);
  };
}

/** What is wrong with a member of the data is pointed at from the body around it. */
function rethrowAtData(error: unknown): never {
  if (!(error instanceof Problem) || error.code !== 'INVALID_INPUT') throw error;
  throw invalidInput((error.facts.errors ?? []).map((fault) => ({ ...fault, pointer: `/data${fault.pointer}` })));
}

function makeRenew({ authenticate, joining, model }: ActionParts): Handle {
  const organization = model.get('organization');
  const check = makeBodyCheck<object>(renewBody);
  const members = writtenEnvelope(organization, model);
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const { organizationId } = request.params as { readonly organizationId: string };
    if (!isUuid(organizationId)) throw notFound(organization, organizationId);
    check(request.body);
    const answering = { members, spelling: 'rest', requestId: request.id } as const;
    return sendRow(reply, 200, await joining.renewCode(viewer, organizationId, answering));
  };
}
