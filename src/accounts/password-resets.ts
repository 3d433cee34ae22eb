/**
 * A new password for somebody who has forgotten theirs: by a letter with a token, or from the hands of a manager. The
 * password itself is written by the writer, as a change of the user in the name of whoever changes it.
 *
 * A newcomer's mistake would be to wait for the letter before answering: how long that takes tells who has an account.
 */
import { createHash, randomBytes } from 'node:crypto';
import { makeSystemViewer } from '../access/viewer.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Model } from '../model.ts';
import { invalidInput } from '../problem.ts';
import type { PrismaClient } from '../store/prisma/client.ts';
import {
  type Account,
  type Addressee,
  findAddressees,
  forgetResetTokens,
  keepResetToken,
  takeResetToken,
} from '../store/reset-tokens.ts';
import type { Writer } from '../write/writer.ts';
import type { Mailer } from './mailer.ts';
import { makeResetLetter } from './reset-letter.ts';

export interface PasswordResets {
  /** Returns at once, whether or not anybody has that email; letters go out behind the answer. */
  request(email: string): void;
  /** Throws a Problem when the token is none, was used, or has expired. */
  confirm(token: string, password: string, requestId: string): Promise<void>;
  /** Sets the password of an account, in the name of `by`. */
  set(account: Account, password: string, by: { readonly userId: string; readonly requestId: string }): Promise<void>;
  /** Resolves when every letter that was asked for has been handed over, or given up. */
  settle(): Promise<void>;
}

export interface PasswordResetOptions {
  readonly prisma: PrismaClient;
  readonly model: Model;
  readonly writer: Writer;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly log: Log;
  readonly page: string | null;
}

const lifetimeMinutes = 60;
const mostOpen = 3;

export function makePasswordResets(options: PasswordResetOptions): PasswordResets {
  const { prisma, model, writer, mailer, clock, log, page } = options;
  const underWay = new Set<Promise<void>>();

  const write = async (addressee: Addressee): Promise<void> => {
    const token = randomBytes(32).toString('base64url');
    const now = clock.now();
    const expires = new Date(now.getTime() + lifetimeMinutes * 60_000);
    const kept = await keepResetToken(prisma, addressee, { hash: hashOf(token), now, expires, most: mostOpen });
    if (!kept) return;
    await mailer.send(makeResetLetter({ ...addressee, token, page, minutes: lifetimeMinutes }));
  };

  const setPassword: PasswordResets['set'] = async ({ customerId, userId }, password, { userId: by, requestId }) => {
    // Nobody's own rights are asked for here: whoever calls has made sure of them, or holds the token.
    const viewer = makeSystemViewer({ customerId, organizationGroupId: '', userId: by });
    const change = { kind: 'patch', id: userId, etags: '*', operations: () => [], params: { password } } as const;
    const written = { onError: 'abort', members: [], spelling: 'rest', requestId } as const;
    const [verdict] = await writer.write(viewer, model.get('user'), [change], written);
    if ('problem' in verdict!) throw verdict.problem;
    await forgetResetTokens(prisma, { customerId, userId });
  };

  return {
    request(email) {
      const work = findAddressees(prisma, email)
        .then((addressees) => Promise.all(addressees.map(write)))
        .catch((error: unknown) => log.warn({ err: error }, 'a letter for a new password could not be sent'))
        .then(() => void underWay.delete(work));
      underWay.add(work);
    },
    async confirm(token, password, requestId) {
      const account = await takeResetToken(prisma, hashOf(token), clock.now());
      if (account === null) {
        const message = 'must be the code of a letter that was not used yet and is not older than an hour';
        throw invalidInput([{ pointer: '/token', message }]);
      }
      await setPassword(account, password, { userId: account.userId, requestId });
    },
    set: setPassword,
    settle: async () => void (await Promise.all(underWay)),
  };
}

function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
