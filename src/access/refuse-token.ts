/** Why a bearer token was refused, in words that help its owner and tell a forger nothing: never a part of the token. */
import { errors } from 'jose';
import { Problem } from '../problem.ts';

/** What the token was held against. */
export interface Expected {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
}

export function unauthenticated(reason: string): Problem {
  return new Problem('UNAUTHENTICATED', `The bearer token was refused: ${reason}.`);
}

/** Throws UNAUTHENTICATED for what jose says of a token, and anything else as it is. */
export function refuseToken(error: unknown, { issuer, audience, algorithms }: Expected): never {
  if (error instanceof errors.JWTExpired) throw unauthenticated(`it expired at ${printTime(error.payload.exp)}`);
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason, payload } = error;
    if (reason === 'missing') throw unauthenticated(`its claim "${claim}" is missing`);
    if (claim === 'nbf' && reason === 'check_failed') {
      throw unauthenticated(`it is not valid before ${printTime(payload.nbf)}`);
    }
    if (claim === 'iss') throw unauthenticated(`its issuer is not "${issuer}"`);
    if (claim === 'aud') throw unauthenticated(`its audience is not "${audience}"`);
    throw unauthenticated(`its claim "${claim}" is not valid`);
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    throw unauthenticated(`its algorithm is not ${algorithms.join(' or ')}`);
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    throw unauthenticated('its signature does not match: another server signed it, or it was changed');
  }
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    throw unauthenticated('its issuer has no such key');
  }
  if (error instanceof errors.JOSEError) throw unauthenticated('it is not a signed JWT of three parts');
  throw error;
}

function printTime(seconds: number | undefined): string {
  const time = new Date((seconds ?? NaN) * 1000);
  return Number.isNaN(time.getTime()) ? `second ${seconds}` : time.toISOString();
}
