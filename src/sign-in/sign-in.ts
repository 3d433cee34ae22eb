/**
 * Who may sign in, and with what: people by e-mail and password, applications by what `doorstep client` registered, and
 * whoever an outside issuer vouches for. How they do it over HTTP is src/oauth.
 */
import type { Issuer } from '../access/tokens.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { findActiveEmail } from '../store/accounts-by-email.ts';
import type { Database } from '../store/database.ts';
import type { PrismaClient } from '../store/prisma/client.ts';
import { listSignIns, type SignIn } from '../store/sign-ins.ts';
import { type Account, type CheckPassword, makeCheckPassword } from './check-password.ts';
import { type Clients, makeClients } from './clients.ts';
import { makeAttemptLimits } from './limit-attempts.ts';
import { makeOutsideIssuer } from './outside-issuer.ts';
import { makeOwnIssuer } from './own-issuer.ts';
import { makeSigningKeys, type SigningKeys } from './signing-keys.ts';

export interface SignInParts {
  /** Of our own access tokens, as `iss` says it; OAuth's addresses are below it. */
  readonly issuer: string;
  readonly issuers: readonly Issuer[];
  readonly keys: SigningKeys;
  readonly clients: Clients;
  readonly checkPassword: CheckPassword;
  /** The e-mail of an account; null when it may not sign in. */
  findEmail(account: Account): Promise<string | null>;
  /** The organizations for which somebody may sign in; empty when the account may not sign in at all. */
  listPlaces(account: Account): Promise<readonly SignIn[]>;
}

export interface SignInOptions {
  readonly database: Database;
  readonly prisma: PrismaClient;
  readonly config: Pick<Config, 'publicUrl' | 'port' | 'oidcIssuer' | 'oidcAudience'>;
  readonly secret: string;
  readonly clock: Clock;
  readonly log: Log;
}

export function makeSignIn({ database, prisma, config, secret, clock, log }: SignInOptions): SignInParts {
  const issuer = `${publicUrlOf(config)}/oauth`;
  const keys = makeSigningKeys({ database, secret, clock, log });
  const { oidcIssuer, oidcAudience: audience } = config;
  const outside = oidcIssuer === null ? [] : [makeOutsideIssuer({ issuer: oidcIssuer, audience, prisma, clock, log })];
  return {
    issuer,
    issuers: [makeOwnIssuer({ issuer, keys, clock }), ...outside],
    keys,
    clients: makeClients({ database, clock }),
    checkPassword: makeCheckPassword({ database, limits: makeAttemptLimits({ database, clock }) }),
    findEmail: (account) => findActiveEmail(database, account),
    listPlaces: (account) => listSignIns(prisma, account),
  };
}

/** Where a server that nobody has told is reached: on its own machine. */
export function publicUrlOf({ publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>): string {
  return publicUrl ?? `http://127.0.0.1:${port}`;
}
