/**
 * Bearer tokens: JWTs (RFC 7519) that this server signs itself, HS256 and nothing else. A token says who is asking and
 * for which organization; what that person may do is looked up on every request and is never written into a token.
 *
 * A newcomer's mistake would be to read a token's header to choose how to verify it: forgers write that header.
 */
import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';

export interface TokenClaims {
  readonly userId: string;
  readonly customerId: string;
  readonly organizationId: string;
  /** The application that asked for the token, for the change log. */
  readonly client: string | null;
}

export interface TokenRequest extends Omit<TokenClaims, 'client'> {
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

const name = 'doorstep';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function makeTokens({ secret, clock }: { readonly secret: string; readonly clock: Clock }): Tokens {
  const key = new TextEncoder().encode(secret);
  // RFC 7518 §3.2: a key for HS256 is at least as long as the hash.
  if (key.length < 32) throw new RangeError(`the secret of the tokens needs 32 bytes or more, got ${key.length}`);
  const secondsNow = (): number => Math.floor(clock.now().getTime() / 1000);
  // A phone sends the same token with every request, and checking its signature costs as much as a small query.
  const verified = new LRUCache<string, { readonly claims: TokenClaims; readonly expires: number }>({ max: 10_000 });
  const find = (token: string): TokenClaims | null => {
    const known = verified.get(token);
    return known !== undefined && known.expires > secondsNow() ? known.claims : null;
  };

  return {
    find,
    sign({ userId, customerId, organizationId, client = null, lifetimeSeconds }) {
      return new SignJWT({ customerId, organizationId, ...(client === null ? {} : { client }) })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(name)
        .setAudience(name)
        .setSubject(userId)
        .setIssuedAt(secondsNow())
        .setExpirationTime(secondsNow() + lifetimeSeconds)
        .sign(key);
    },
    async verify(token) {
      const known = find(token);
      if (known !== null) return known;
      const options = { algorithms: ['HS256'], issuer: name, audience: name, requiredClaims: ['exp'] };
      const { payload } = await jwtVerify(token, key, { ...options, currentDate: clock.now() }).catch(refuse);
      const claims = checkClaims(payload);
      verified.set(token, { claims, expires: payload.exp ?? 0 });
      return claims;
    },
  };
}

function checkClaims(payload: JWTPayload): TokenClaims {
  const id = (claim: string): string => {
    const value = payload[claim];
    if (typeof value === 'string' && uuid.test(value)) return value;
    throw unauthenticated(`its claim "${claim}" is not a lower-case UUID`);
  };
  const { client = null } = payload;
  if (client !== null && typeof client !== 'string') throw unauthenticated('its claim "client" is not text');
  return { userId: id('sub'), customerId: id('customerId'), organizationId: id('organizationId'), client };
}

function refuse(error: unknown): never {
  if (error instanceof errors.JWTExpired) throw unauthenticated(`it expired at ${printTime(error.payload.exp)}`);
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason, payload } = error;
    if (reason === 'missing') throw unauthenticated(`its claim "${claim}" is missing`);
    if (claim === 'nbf' && reason === 'check_failed') {
      throw unauthenticated(`it is not valid before ${printTime(payload.nbf)}`);
    }
    if (claim === 'iss') throw unauthenticated(`its issuer is not "${name}"`);
    if (claim === 'aud') throw unauthenticated(`its audience is not "${name}"`);
    throw unauthenticated(`its claim "${claim}" is not valid`);
  }
  if (error instanceof errors.JOSEAlgNotAllowed) throw unauthenticated('its algorithm is not HS256');
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    throw unauthenticated('its signature does not match: another server signed it, or it was changed');
  }
  if (error instanceof errors.JOSEError) throw unauthenticated('it is not a signed JWT of three parts');
  throw error;
}

function unauthenticated(reason: string): Problem {
  return new Problem('UNAUTHENTICATED', `The bearer token was refused: ${reason}.`);
}

function printTime(seconds: number | undefined): string {
  const time = new Date((seconds ?? NaN) * 1000);
  return Number.isNaN(time.getTime()) ? `second ${seconds}` : time.toISOString();
}
