/**
 * Whose e-mail and password these are. One person can have an account with several customers, each with its own password
 * or with the same; all that fit are answered, and the person chooses.
 *
 * A newcomer's mistake would be to answer at once where nobody has the e-mail: how long it takes tells who has an account.
 */
import { hashPassword, isPassword } from '../access/password.ts';
import type { Database } from '../store/database.ts';
import { findPasswordAccounts } from '../store/accounts-by-email.ts';
import type { Attempt, AttemptLimits } from './limit-attempts.ts';

export interface Account {
  readonly customerId: string;
  readonly userId: string;
}

/** Empty when they fit nobody. Throws RATE_LIMITED after too many attempts. */
export type CheckPassword = (attempt: Attempt & { readonly password: string }) => Promise<readonly Account[]>;

/** Longer ones were never set: see findPasswordFault. */
const longestPassword = 1_024;
const longestEmail = 254;

export function makeCheckPassword({
  database,
  limits,
}: {
  readonly database: Database;
  readonly limits: AttemptLimits;
}): CheckPassword {
  let nobodys: Promise<string> | null = null;
  return async ({ email: typed, network, password }) => {
    const email = typed.trim();
    await limits.count({ email, network });
    if (email.length > longestEmail || password.length > longestPassword) return [];
    const accounts = await findPasswordAccounts(database, email);
    const withPassword = accounts.filter(({ passwordHash }) => passwordHash !== null);
    if (withPassword.length === 0) {
      nobodys ??= hashPassword('nobody has this one');
      await isPassword(password, await nobodys);
      return [];
    }
    const fitting: Account[] = [];
    // One after the other: each takes 32 MiB.
    for (const { customerId, userId, passwordHash } of withPassword) {
      if (await isPassword(password, passwordHash)) fitting.push({ customerId, userId });
    }
    if (fitting.length > 0) await limits.forgive({ email, network });
    return fitting;
  };
}
