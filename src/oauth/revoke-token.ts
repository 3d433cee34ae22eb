/**
 * Taking tokens back (RFC 7009). oidc-provider does it for refresh tokens. It does not for JWTs, because usually nobody
 * asks whether they still hold; here every few seconds somebody does, so an access token takes its grant along, refresh
 * tokens included, and falls with it.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TokenClaims, Tokens } from '../access/tokens.ts';
import { Problem } from '../problem.ts';
import type { Database } from '../store/database.ts';
import { removeGrant } from '../store/oauth-records.ts';
import { type CallProvider, type ProviderAnswer, sendAnswer } from './call-provider.ts';
import { parseForm, toForm } from './form.ts';

export function makeRevokeToken({
  call,
  tokens,
  database,
  onRevoked,
}: {
  readonly call: CallProvider;
  readonly tokens: Pick<Tokens, 'verify'>;
  readonly database: Database;
  readonly onRevoked: (customerId: string) => void;
}): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  return async (request, reply) => {
    const form = toForm(request.body);
    const answer = await call(request, { url: '/revoke', form });
    // It says so only after it has made sure who the client is.
    if (!isRefusedKind(answer)) return sendAnswer(reply, answer);
    const { token = '', client_id: named } = parseForm(form);
    const claims = await verify(tokens, token);
    const clientId = named ?? basicUser(request.headers.authorization);
    if (claims?.grant?.clientId === clientId && claims?.grant?.id !== null && claims?.grant?.id !== undefined) {
      (await removeGrant(database, claims.grant.id)).forEach(onRevoked);
    } else if (claims?.grant?.clientId === clientId && claims !== null) {
      return sendAnswer(reply, answer);
    }
    return reply.code(200).header('cache-control', 'no-store').send('');
  };
}

function isRefusedKind({ status, body }: ProviderAnswer): boolean {
  return status === 400 && (JSON.parse(body) as { readonly error?: unknown }).error === 'unsupported_token_type';
}

/** Null for what is no valid token: there is nothing to take back then, and that is no error (RFC 7009 §2.2). */
async function verify(tokens: Pick<Tokens, 'verify'>, token: string): Promise<TokenClaims | null> {
  return tokens.verify(token).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'UNAUTHENTICATED') return null;
    throw error;
  });
}

/** RFC 6749 §2.3.1: the client's id, form-encoded, before the colon. The library has checked the rest. */
function basicUser(authorization = ''): string {
  const [user = ''] = Buffer.from(authorization.replace(/^basic +/i, ''), 'base64')
    .toString()
    .split(':');
  return decodeURIComponent(user.replaceAll('+', '%20'));
}
