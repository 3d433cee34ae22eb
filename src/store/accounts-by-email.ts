/** Whose password could be meant by an e-mail: everybody who may sign in with it, across customers. */
import type { Database } from './database.ts';
import { sql } from './sql.ts';

export interface PasswordAccount {
  readonly customerId: string;
  readonly userId: string;
  readonly passwordHash: string | null;
}

/** Each try costs a tenth of a second of processor time, so there is an end to them. */
const mostAccounts = 20;

export async function findPasswordAccounts(database: Database, email: string): Promise<readonly PasswordAccount[]> {
  return database.query<PasswordAccount>(sql`
    SELECT customer_id AS "customerId", id AS "userId", password_hash AS "passwordHash" FROM users
    WHERE email_key = ${email.toLowerCase()} AND NOT is_deleted AND status <> 'inactive'
    ORDER BY customer_id LIMIT ${mostAccounts}`);
}

/** The e-mail of somebody who may sign in; null when they may not, or not any more. */
export async function findActiveEmail(
  database: Database,
  { customerId, userId }: { readonly customerId: string; readonly userId: string },
): Promise<string | null> {
  const [found] = await database.query<{ email: string }>(sql`
    SELECT email FROM users
    WHERE customer_id = ${customerId} AND id = ${userId} AND NOT is_deleted AND status <> 'inactive'`);
  return found?.email ?? null;
}
