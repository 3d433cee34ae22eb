/**
 * oidc-provider as Doorstep runs it: OAuth 2.1 and no more. Codes with PKCE for people's applications, client credentials
 * for those that act for themselves, refresh tokens that are used once, access tokens that are JWTs (RFC 9068). Every
 * authorization asks the person, because they choose the organization there.
 *
 * A newcomer's mistake would be to name the scope of the API under `scopes`: those are the library's own, and consent
 * would be asked for without end.
 */
import type { Configuration, Provider as ProviderType } from 'oidc-provider';
import { InvalidGrant, InvalidTarget } from 'oidc-provider/lib/helpers/errors.js';
import { Provider } from 'oidc-provider/lib/provider.js';
import { makeSeal } from '../access/sealed.ts';
import type { Clock } from '../clock.ts';
import { isSecretOf } from '../sign-in/clients.ts';
import { audience } from '../sign-in/own-issuer.ts';
import type { SignInParts } from '../sign-in/sign-in.ts';
import { type KeySet, signingAlgorithm } from '../sign-in/signing-keys.ts';
import type { Database } from '../store/database.ts';
import { findGrantPlace } from '../store/oauth-records.ts';
import { parseAccountId } from './account-id.ts';
import { makeCookies } from './cookies.ts';
import { makeRecordAdapter } from './record-adapter.ts';

export interface ProviderOptions {
  readonly signIn: SignInParts;
  readonly database: Database;
  readonly secret: string;
  readonly clock: Clock;
  readonly accessTokenMinutes: number;
  /** Origins whose pages may call, whatever an application has registered. */
  readonly corsOrigins: '*' | readonly string[];
  /** Grants of this customer have ended, and tokens with them. */
  readonly onRevoked: (customerId: string) => void;
  /** The page for a request that leads nowhere. */
  readonly printFault: (fault: { readonly error: string; readonly description: string }) => string;
}

/** All that there is to ask for: what a person may do is in their roles. */
export const apiScope = 'api';

/** Where the addresses of the library begin. */
export const mountPath = '/oauth';

const daySeconds = 86_400;
/** Without being used. */
const refreshSeconds = 30 * daySeconds;
/** However often it was used. */
const grantSeconds = 180 * daySeconds;

/** The provider with the keys of the moment: a new one when these change, as they do a few times a year. */
export type FindProvider = () => Promise<ProviderType>;

export function makeFindProvider(options: ProviderOptions): FindProvider {
  let known: { readonly keySet: KeySet; readonly provider: ProviderType } | null = null;
  return async () => {
    const keySet = await options.signIn.keys.current();
    if (known?.keySet !== keySet) known = { keySet, provider: makeProvider(options, keySet) };
    return known.provider;
  };
}

function makeProvider(options: ProviderOptions, { keys }: KeySet): ProviderType {
  const { signIn } = options;
  const provider = new Provider(signIn.issuer, {
    ...makeConfiguration(options),
    jwks: { keys: keys.map(({ privateJwk }) => privateJwk) },
  });
  // The bridge says under which address people see us.
  provider.proxy = true;
  provider.use((ctx, next) => {
    ctx['mountPath'] = mountPath;
    return next();
  });
  provider.on('authorization.success', (ctx, response) => {
    const organizationId = ctx.oidc.result?.consent?.['organizationId'];
    if (response !== undefined && typeof organizationId === 'string') response['organizationId'] = organizationId;
  });
  Object.defineProperty(provider.Client.prototype, 'compareClientSecret', {
    value(this: { readonly clientSecret: string }, given: string) {
      return isSecretOf(given, this.clientSecret);
    },
  });
  return provider;
}

function makeConfiguration(options: ProviderOptions): Configuration {
  const { signIn, database, secret, clock, accessTokenMinutes, corsOrigins, onRevoked, printFault } = options;
  const resource = new URL('/', signIn.issuer).href;
  const accessTokenSeconds = accessTokenMinutes * 60;
  const seal = makeSeal({ secret, purpose: 'sign-ins' });
  return {
    adapter: makeRecordAdapter({ database, clients: signIn.clients, seal, clock, onRevoked }),
    cookies: makeCookies({ secret, isSecure: signIn.issuer.startsWith('https:') }),
    routes: { authorization: '/authorize', token: '/token', revocation: '/revoke', jwks: '/jwks' },
    interactions: { url: (_, { uid }) => `${mountPath}/sign-in/${uid}` },
    scopes: ['offline_access'],
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    clientDefaults: { id_token_signed_response_alg: signingAlgorithm },
    enabledJWA: { idTokenSigningAlgValues: [signingAlgorithm] },
    extraClientMetadata: { properties: ['needs_pkce'] },
    pkce: { required: (_, client) => client.clientAuthMethod === 'none' || client['needs_pkce'] !== false },
    rotateRefreshToken: true,
    issueRefreshToken: (_, client) => Promise.resolve(client.grantTypeAllowed('refresh_token')),
    expiresWithSession: () => false,
    loadExistingGrant: (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return Promise.resolve(grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId));
    },
    clientBasedCORS: (_, origin, client) =>
      corsOrigins === '*' ||
      corsOrigins.includes(origin) ||
      (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    async findAccount(_, accountId) {
      const account = parseAccountId(accountId);
      if (account === null || (await signIn.findEmail(account)) === null) return undefined;
      return { accountId, claims: () => Promise.resolve({ sub: accountId }) };
    },
    async extraTokenClaims(_, token) {
      if (token.kind === 'ClientCredentials') {
        const actsAs = (await signIn.clients.find(token.clientId ?? ''))?.actsAs ?? null;
        if (actsAs === null) throw new InvalidGrant('the client acts for nobody');
        return { customerId: actsAs.customerId, organizationId: actsAs.organizationId, userId: actsAs.userId };
      }
      const account = parseAccountId(token.accountId);
      const place = await findGrantPlace(database, token.grantId ?? '');
      if (account === null || place === null) throw new InvalidGrant('the grant is gone');
      return { ...account, ...place, grantId: token.grantId };
    },
    formats: {
      customizers: {
        jwt(_, __, { payload }) {
          const { userId, ...claims } = payload;
          for (const name of Object.keys(payload)) delete payload[name];
          Object.assign(payload, claims, { sub: userId });
        },
      },
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_, client, token) => Promise.resolve(token.clientId === client.clientId),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => Promise.resolve(resource),
        useGrantedResource: () => Promise.resolve(true),
        async getResourceServerInfo(_, indicator) {
          if (indicator !== resource) throw new InvalidTarget(`the only resource here is ${resource}`);
          return {
            scope: apiScope,
            audience,
            accessTokenTTL: accessTokenSeconds,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: signingAlgorithm } },
          };
        },
      },
    },
    ttl: {
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      AuthorizationCode: 60,
      Grant: grantSeconds,
      Interaction: 3_600,
      // A browser that is closed forgets it at once.
      Session: 8 * 3_600,
      RefreshToken: (_, { iiat }) => {
        const now = Math.floor(clock.now().getTime() / 1_000);
        return Math.max(1, Math.min(refreshSeconds, (iiat ?? now) + grantSeconds - now));
      },
    },
    renderError(ctx, { error, error_description: description }) {
      ctx.type = 'html';
      ctx.body = printFault({ error, description: description ?? '' });
    },
  };
}
