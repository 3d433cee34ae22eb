/**
 * What a token says: who is asking, for which customer and organization, and through which application. What that
 * person may do is looked up on every request and is never written into a token.
 */
import type { JWTPayload } from 'jose';
import { unauthenticated } from './refuse-token.ts';

export interface TokenClaims {
  readonly userId: string;
  readonly customerId: string;
  readonly organizationId: string;
  /** The application that asked for the token, for the change log. */
  readonly client: string | null;
  /** What the token stands on, and falls with: a registered application, and what somebody granted to it. */
  readonly grant?: TokenGrant;
}

export interface TokenGrant {
  readonly clientId: string;
  /** Null when the application acts for itself. */
  readonly id: string | null;
}

/** The claims of a token, and the second (Unix time) from which on they have to be verified anew. */
export interface VerifiedToken {
  readonly claims: TokenClaims;
  readonly expires: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isTokenId(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

/** The ids that a verified token of our own has to hold; UNAUTHENTICATED when one is not there. */
export function checkClaims(payload: JWTPayload): TokenClaims {
  const id = (claim: string): string => {
    const value = payload[claim];
    if (isTokenId(value)) return value;
    throw unauthenticated(`its claim "${claim}" is not a lower-case UUID`);
  };
  const { client = null } = payload;
  if (client !== null && typeof client !== 'string') throw unauthenticated('its claim "client" is not text');
  return { userId: id('sub'), customerId: id('customerId'), organizationId: id('organizationId'), client };
}
