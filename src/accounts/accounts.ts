/** What has to do with signing in, here and elsewhere: new passwords and the credentials of integrations. */
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Model } from '../model.ts';
import type { Database } from '../store/database.ts';
import type { PrismaClient } from '../store/prisma/client.ts';
import type { Writer } from '../write/writer.ts';
import { type Credentials, makeCredentials } from './credentials.ts';
import { type Joining, makeJoining, makeSignUps, type SignUps } from './joining.ts';
import { makeMailer } from './mailer.ts';
import { makeMemberPasswords, type MemberPasswords } from './member-passwords.ts';
import { makePasswordResets, type PasswordResets } from './password-resets.ts';

export interface Accounts {
  readonly passwordResets: PasswordResets;
  readonly memberPasswords: MemberPasswords;
  readonly credentials: Credentials;
  readonly joining: Joining;
  readonly signUps: SignUps;
  /** Lets letters that are under way be handed over. */
  close(): Promise<void>;
}

export interface AccountOptions {
  readonly prisma: PrismaClient;
  readonly database: Database;
  readonly model: Model;
  readonly writer: Writer;
  readonly config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'passwordResetPage'>;
  readonly secret: string;
  readonly clock: Clock;
  readonly log: Log;
}

export function makeAccounts(options: AccountOptions): Accounts {
  const { prisma, database, model, writer, config, secret, clock, log } = options;
  const mailer = makeMailer({ config, log });
  const page = config.passwordResetPage;
  const passwordResets = makePasswordResets({ prisma, model, writer, mailer, clock, log, page });
  return {
    passwordResets,
    memberPasswords: makeMemberPasswords({ database, model, passwordResets }),
    credentials: makeCredentials({ prisma, clock, secret }),
    joining: makeJoining({ database, model, writer }),
    signUps: makeSignUps({ database, model, writer, passwordResets, log }),
    async close() {
      await passwordResets.settle();
      mailer.close();
    },
  };
}
