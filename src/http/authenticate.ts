/**
 * From a request to its viewer. REST and GraphQL call it in `onRequest`, so that a stranger is refused before the body
 * is read, and again in the handler, where the answer is remembered.
 */
import type { FastifyRequest } from 'fastify';
import type { TokenClaims, Tokens } from '../access/tokens.ts';
import type { Viewer } from '../access/viewer.ts';
import { Problem } from '../problem.ts';

export type Authenticate = (request: FastifyRequest) => Promise<Viewer>;

/** Who the claims of a token stand for today; null when that user is gone or may not sign in. */
export interface Viewers {
  find(claims: TokenClaims): Promise<Viewer | null>;
}

export function makeAuthenticate({
  tokens,
  viewers,
}: {
  readonly tokens: Pick<Tokens, 'verify'>;
  readonly viewers: Viewers;
}): Authenticate {
  const known = new WeakMap<FastifyRequest, Promise<Viewer>>();
  const authenticate = async (authorization: string | undefined): Promise<Viewer> => {
    const viewer = await viewers.find(await tokens.verify(parseBearer(authorization)));
    if (viewer !== null) return viewer;
    throw new Problem('UNAUTHENTICATED', 'The bearer token was refused: its user may not sign in any more.');
  };
  return (request) => {
    const viewer = known.get(request) ?? authenticate(request.headers.authorization);
    known.set(request, viewer);
    return viewer;
  };
}

/** RFC 6750 §2.1, with the scheme in any case (RFC 9110 §11.1). */
function parseBearer(authorization: string | undefined): string {
  const expected = 'Expected the header "Authorization: Bearer <token>"';
  if (authorization === undefined) throw new Problem('UNAUTHENTICATED', `${expected}; there is none.`);
  const [, scheme = '', token = ''] = /^(\S*) *(.*)$/s.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== 'bearer') throw new Problem('UNAUTHENTICATED', `${expected}, got another scheme.`);
  if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token)) throw new Problem('UNAUTHENTICATED', `${expected}, got no token in it.`);
  return token;
}
