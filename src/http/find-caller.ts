/**
 * Who sends a request, for counting: the person of a token that was verified before. It must cost next to nothing, so
 * it verifies no token; whoever comes with a new one is a stranger for that one request.
 */
import type { FastifyRequest } from 'fastify';
import type { Tokens } from '../access/tokens.ts';

/** A name for the caller, the same for all of that person's tokens; null for strangers. */
export type FindCaller = (request: Pick<FastifyRequest, 'headers'>) => string | null;

export function makeFindCaller({ tokens }: { readonly tokens: Pick<Tokens, 'find'> }): FindCaller {
  return ({ headers: { authorization = '' } }) => {
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    const claims = token === undefined ? null : tokens.find(token);
    return claims === null ? null : `${claims.customerId}/${claims.userId}`;
  };
}
