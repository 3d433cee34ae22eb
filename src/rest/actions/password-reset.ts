/**
 * `POST /v1/memberships/password-reset` has two forms. With an email it is for whoever has forgotten their password, who
 * has no token therefore: it answers 202 whether or not anybody has that email, and a letter goes out behind the answer.
 * With a membership a manager sets a member's password. `…/confirm` takes the token of the letter.
 */
import type { JsonObject } from '../../json.ts';
import type { Model } from '../../model.ts';
import type { Handle } from '../rest-parts.ts';
import { type ActionParts, type ActionRoute, emptyAnswer } from './action.ts';
import { makeBodyCheck } from './body-check.ts';

const closed = (properties: JsonObject): JsonObject => {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
};
const password = { type: 'string', minLength: 8, maxLength: 1024 };
const byEmail = closed({ email: { type: 'string', minLength: 3, maxLength: 254 } });
const byManager = closed({
  data: closed({ membershipId: { type: 'string', 'x-reference': 'membership' } }),
  params: closed({ password, contextPassword: { type: 'string', maxLength: 1024 } }),
});
const confirmation = closed({ token: { type: 'string', minLength: 1, maxLength: 256 }, password });

export function makePasswordActions(model: Model): readonly ActionRoute[] {
  const all = { method: 'POST', of: model.get('membership'), access: 'public', parameters: {} } as const;
  const url = '/v1/memberships/password-reset';
  return [
    {
      ...all,
      name: 'resetPassword',
      url,
      description: 'Sends a letter to whoever has forgotten their password, or sets the password of a member.',
      body: { oneOf: [byEmail, closed({ data: byEmail }), byManager] },
      answers: [
        { status: 200, description: 'The password of the member is set.', holds: 'nothing' },
        { status: 202, description: 'A letter goes out if anybody has that email.', holds: 'nothing' },
      ],
      problems: ['FORBIDDEN', 'NOT_FOUND'],
      make: makeReset,
    },
    {
      ...all,
      name: 'confirmPassword',
      url: `${url}/confirm`,
      description: 'Sets the password of whoever the letter with this token was written to.',
      body: confirmation,
      answers: [{ status: 200, description: 'The password is set.', holds: 'nothing' }],
      problems: [],
      make: makeConfirm,
    },
  ];
}

function makeReset({ authenticate, passwordResets, memberPasswords }: ActionParts): Handle {
  const checkEmail = makeBodyCheck<{ readonly email: string }>(byEmail);
  const checkManager = makeBodyCheck<{
    readonly data: { readonly membershipId: string };
    readonly params: { readonly password: string; readonly contextPassword: string };
  }>(byManager);
  return async (request, reply) => {
    const { body } = request;
    const data = memberOf(body, 'data');
    if (memberOf(data, 'membershipId') !== undefined || memberOf(body, 'params') !== undefined) {
      // One of the two forms needs to know who asks.
      const viewer = await authenticate(request);
      const { data: named, params } = checkManager(body);
      await memberPasswords.set(viewer, { ...named, ...params, requestId: request.id });
      return reply.code(200).send(emptyAnswer);
    }
    const { email } = checkEmail(data ?? body);
    passwordResets.request(email);
    return reply.code(202).send(emptyAnswer);
  };
}

function makeConfirm({ passwordResets }: ActionParts): Handle {
  const check = makeBodyCheck<{ readonly token: string; readonly password: string }>(confirmation);
  return async (request, reply) => {
    const { token, password: chosen } = check(request.body);
    await passwordResets.confirm(token, chosen, request.id);
    return reply.code(200).send(emptyAnswer);
  };
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
