/**
 * Who guesses passwords is stopped: per account and network, per network, and per account from wherever, all counted in
 * the database so that more processes give nobody more guesses. An attempt is counted before the password is looked at,
 * and forgiven when it was right.
 *
 * A newcomer's mistake would be one strict count for an account: then anybody could lock anybody out. The strict one is
 * for an account as seen from one network; the others are wide.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';
import type { Database } from '../store/database.ts';
import { countAttempt, forgiveAttempt } from '../store/sign-in-attempts.ts';

export interface Attempt {
  readonly email: string;
  /** As network-of.ts names it. */
  readonly network: string;
}

export interface AttemptLimits {
  /** Throws RATE_LIMITED when there were too many. */
  count(attempt: Attempt): Promise<void>;
  forgive(attempt: Attempt): Promise<void>;
}

const windowSeconds = 15 * 60;
const most = { both: 10, network: 100, account: 200 } as const;

export function makeAttemptLimits({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Clock;
}): AttemptLimits {
  return {
    async count(attempt) {
      const keys = keysOf(attempt);
      const counted = await countAttempt(database, Object.values(keys), { now: clock.now(), windowSeconds });
      const used = new Map(counted.map((one) => [one.key, one]));
      for (const name of ['both', 'network', 'account'] as const) {
        const { used: times, secondsLeft } = used.get(keys[name])!;
        if (times <= most[name]) continue;
        const minutes = Math.ceil(secondsLeft / 60);
        const detail = `There were too many attempts to sign in. The next one is possible in ${minutes} minutes.`;
        throw new Problem('RATE_LIMITED', detail, { retryAfter: secondsLeft });
      }
    },
    forgive: (attempt) => forgiveAttempt(database, Object.values(keysOf(attempt))),
  };
}

/** Hashes, because what people type where an e-mail belongs is now and then their password. */
function keysOf({ email, network }: Attempt): Readonly<Record<keyof typeof most, string>> {
  const keyOf = (...parts: readonly string[]): string =>
    createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  const account = email.trim().toLowerCase();
  return {
    both: keyOf('both', account, network),
    network: keyOf('network', network),
    account: keyOf('account', account),
  };
}
