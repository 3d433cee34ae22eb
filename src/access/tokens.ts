/**
 * Bearer tokens: JWTs (RFC 7519). Those of the command line are signed here, HS256 and nothing else; those of people and
 * integrations come from an issuer, which verifies its own. A token says who is asking and for which organization; what
 * that person may do is looked up on every request and is never written into a token.
 *
 * A newcomer's mistake would be to read a token's header to choose how to verify it: forgers write that header. Its `iss`
 * is read before it is verified, but only to choose the one issuer whose key, algorithms and audience it is held against.
 */
import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { refuseToken } from './refuse-token.ts';
import { checkClaims, type TokenClaims, type VerifiedToken } from './token-claims.ts';

export type { TokenClaims } from './token-claims.ts';

export interface TokenRequest extends Omit<TokenClaims, 'client' | 'grant'> {
  readonly client?: string | null;
  readonly lifetimeSeconds: number;
}

export interface Tokens {
  sign(request: TokenRequest): Promise<string>;
  /** The claims of a valid token; UNAUTHENTICATED with the reason for any other text. */
  verify(token: string): Promise<TokenClaims>;
  /** The claims of a token that was verified before and still holds. Null says nothing about any other text. */
  find(token: string): TokenClaims | null;
}

/** Somebody else who makes tokens, under the name that their claim `iss` says. */
export interface Issuer {
  readonly name: string;
  /** UNAUTHENTICATED with the reason for whatever is not a valid token of this issuer. */
  verify(token: string): Promise<VerifiedToken>;
}

const own = { issuer: 'doorstep', audience: 'doorstep', algorithms: ['HS256'] };

export function makeTokens({
  secret,
  clock,
  issuers = [],
}: {
  readonly secret: string;
  readonly clock: Clock;
  readonly issuers?: readonly Issuer[];
}): Tokens {
  const key = new TextEncoder().encode(secret);
  // RFC 7518 §3.2: a key for HS256 is at least as long as the hash.
  if (key.length < 32) throw new RangeError(`the secret of the tokens needs 32 bytes or more, got ${key.length}`);
  const secondsNow = (): number => Math.floor(clock.now().getTime() / 1000);
  // A phone sends the same token with every request, and checking its signature costs as much as a small query.
  const verified = new LRUCache<string, VerifiedToken>({ max: 10_000 });
  const find = (token: string): TokenClaims | null => {
    const known = verified.get(token);
    return known !== undefined && known.expires > secondsNow() ? known.claims : null;
  };
  const verifyOwn = async (token: string): Promise<VerifiedToken> => {
    const options = { ...own, requiredClaims: ['exp'], currentDate: clock.now() };
    const { payload } = await jwtVerify(token, key, options).catch((error: unknown) => refuseToken(error, own));
    return { claims: checkClaims(payload), expires: payload.exp ?? 0 };
  };

  return {
    find,
    sign({ userId, customerId, organizationId, client = null, lifetimeSeconds }) {
      return new SignJWT({ customerId, organizationId, ...(client === null ? {} : { client }) })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(own.issuer)
        .setAudience(own.audience)
        .setSubject(userId)
        .setIssuedAt(secondsNow())
        .setExpirationTime(secondsNow() + lifetimeSeconds)
        .sign(key);
    },
    async verify(token) {
      const known = find(token);
      if (known !== null) return known;
      const named = readIssuer(token);
      const issuer = issuers.find(({ name }) => name === named);
      const found = await (issuer === undefined ? verifyOwn(token) : issuer.verify(token));
      verified.set(token, found);
      return found.claims;
    },
  };
}

/** Whose token it says it is; null for what is none. */
function readIssuer(token: string): string | null {
  try {
    return decodeJwt(token).iss ?? null;
  } catch {
    return null;
  }
}
