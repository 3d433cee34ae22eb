/**
 * Access tokens of this server's own authorization server, as the API reads them (RFC 9068): one algorithm, one type,
 * one audience, and a key that is found by its id among our own and nowhere else.
 */
import { importJWK, type JWTHeaderParameters, type JWTPayload, jwtVerify } from 'jose';
import { refuseToken, unauthenticated } from '../access/refuse-token.ts';
import { checkClaims, isTokenId } from '../access/token-claims.ts';
import type { Issuer } from '../access/tokens.ts';
import type { Clock } from '../clock.ts';
import { signingAlgorithm, type SigningKeys } from './signing-keys.ts';

/** What `aud` of an access token names: this API. */
export const audience = 'doorstep';

export function makeOwnIssuer({
  issuer,
  keys,
  clock,
}: {
  /** As `iss` says it. */
  readonly issuer: string;
  readonly keys: Pick<SigningKeys, 'findPublic'>;
  readonly clock: Clock;
}): Issuer {
  const expected = { issuer, audience, algorithms: [signingAlgorithm] };
  const findKey = async ({ kid }: JWTHeaderParameters) => {
    const jwk = typeof kid === 'string' ? await keys.findPublic(kid) : null;
    if (jwk === null) throw unauthenticated('its issuer has no such key');
    return importJWK(jwk, signingAlgorithm);
  };
  return {
    name: issuer,
    async verify(token) {
      const options = { ...expected, typ: 'at+jwt', requiredClaims: ['exp'], currentDate: clock.now() };
      const { payload } = await jwtVerify(token, findKey, options).catch((error: unknown) =>
        refuseToken(error, expected),
      );
      const { client, ...claims } = checkClaims({ ...payload, client: payload['client_id'] });
      if (client === null) throw unauthenticated('its claim "client_id" is missing');
      return {
        claims: { ...claims, client, grant: { clientId: client, id: grantIdOf(payload) } },
        expires: payload.exp ?? 0,
      };
    },
  };
}

function grantIdOf({ grantId = null }: JWTPayload): string | null {
  if (grantId === null || isTokenId(grantId)) return grantId;
  throw unauthenticated('its claim "grantId" is not a lower-case UUID');
}
