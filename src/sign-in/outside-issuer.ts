/**
 * Tokens of somebody else's issuer (OIDC_ISSUER): its keys are fetched from where its discovery document says, kept, and
 * fetched again when a token names one that is not among them. Whose token it is: the user whose id is `sub`, or else the
 * one with its `email`, if the issuer says that this was verified. Where several customers know the e-mail, or the person
 * belongs to several organizations, the claims `customerId` and `organizationId` choose; without the latter it is the
 * organization that they joined first.
 *
 * A newcomer's mistake would be to trust an e-mail that nobody has verified: anybody could sign up there as anybody here.
 */
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { refuseToken, unauthenticated } from '../access/refuse-token.ts';
import { isTokenId } from '../access/token-claims.ts';
import type { Issuer } from '../access/tokens.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { Problem } from '../problem.ts';
import type { PrismaClient } from '../store/prisma/client.ts';
import { findSignIns, listSignIns, type SignIn } from '../store/sign-ins.ts';

export interface OutsideIssuerOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly prisma: PrismaClient;
  readonly clock: Clock;
  readonly log: Log;
}

type KeySet = ReturnType<typeof createRemoteJWKSet>;

// None that a key known to everybody could make: no HS…, no "none".
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const patienceMs = 5_000;
/** For so long whose token it is stays as it was found, though the e-mail may change hands. */
const rememberedSeconds = 300;

export function makeOutsideIssuer({ issuer, audience, prisma, clock, log }: OutsideIssuerOptions): Issuer {
  const expected = { issuer, audience, algorithms };
  let finding: Promise<KeySet> | null = null;
  const findKeys = (): Promise<KeySet> => {
    finding ??= discoverKeys(issuer).catch((error: unknown) => {
      finding = null;
      throw error;
    });
    return finding;
  };
  const refuse = (error: unknown): never => {
    if (!isUnreachable(error)) return refuseToken(error, expected);
    log.warn({ err: error, issuer }, 'the keys of the outside issuer cannot be fetched');
    throw new Problem('ISSUER_UNAVAILABLE', `The keys of ${issuer} cannot be fetched at the moment.`);
  };
  return {
    name: issuer,
    async verify(token) {
      const keys = await findKeys().catch(refuse);
      const options = { ...expected, requiredClaims: ['exp', 'sub'], currentDate: clock.now() };
      const { payload } = await jwtVerify(token, keys, options).catch(refuse);
      const { userId, customerId, organizationId } = choose(payload, await findPlaces(prisma, payload));
      const client = [payload['azp'], payload['client_id']].find((one) => typeof one === 'string') ?? issuer;
      const soon = Math.floor(clock.now().getTime() / 1_000) + rememberedSeconds;
      return {
        claims: { userId, customerId, organizationId, client: String(client) },
        expires: Math.min(payload.exp ?? 0, soon),
      };
    },
  };
}

/** OpenID Connect Discovery 1.0 §4. */
async function discoverKeys(issuer: string): Promise<KeySet> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(patienceMs), redirect: 'error' });
  if (!answer.ok) throw new Unreachable(`${address} answers ${answer.status}`);
  const document = (await answer.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  // §4.3: or one issuer could speak for another.
  if (document.issuer !== issuer) throw new Unreachable(`${address} is of another issuer`);
  if (typeof document.jwks_uri !== 'string' || !URL.canParse(document.jwks_uri)) {
    throw new Unreachable(`${address} names no keys`);
  }
  return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: patienceMs });
}

class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** The network, an answer that is no key set, or one that does not come. */
function isUnreachable(error: unknown): boolean {
  return (
    error instanceof Unreachable ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC') ||
    !(error instanceof errors.JOSEError || error instanceof Problem)
  );
}

async function findPlaces(prisma: PrismaClient, payload: JWTPayload): Promise<readonly SignIn[]> {
  const { sub, customerId } = payload;
  if (isTokenId(sub) && isTokenId(customerId)) {
    const places = await listSignIns(prisma, { userId: sub, customerId });
    if (places.length > 0) return places;
  }
  const { email, email_verified: isVerified } = payload;
  if (typeof email !== 'string') throw unauthenticated('nobody here has its "sub", and it has no claim "email"');
  if (isVerified !== true) throw unauthenticated('its issuer has not verified its e-mail');
  return (await findSignIns(prisma, email)) ?? [];
}

function choose({ customerId, organizationId }: JWTPayload, places: readonly SignIn[]): SignIn {
  const those = places.filter(
    (place) =>
      (customerId === undefined || place.customerId === customerId) &&
      (organizationId === undefined || place.organizationId === organizationId),
  );
  const [first] = those;
  if (first === undefined) throw unauthenticated('it is of nobody who may sign in here');
  if (those.some((place) => place.customerId !== first.customerId)) {
    throw unauthenticated('several customers know its e-mail, and it has no claim "customerId"');
  }
  return first;
}
