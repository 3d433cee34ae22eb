/**
 * A new password, an account that may not sign in any more, and one that is removed end every sign-in of that person,
 * in the same transaction: sessions of browsers, refresh tokens, and with their grants the access tokens, within seconds.
 */
import type { Candidate, HookContext } from '../../resource.ts';
import { sql } from '../../store/sql.ts';

export async function endSignIns(written: readonly Candidate[], context: HookContext): Promise<void> {
  const ended = written.filter(isOver).map(({ id }) => id);
  if (ended.length === 0) return;
  await context.database.query(sql`
    DELETE FROM oauth_records WHERE customer_id = ${context.customerId} AND user_id = ANY(${ended}::uuid[])`);
}

function isOver({ before, after, params }: Candidate): boolean {
  if (before === null) return false;
  return after === null || after['status'] === 'inactive' || typeof params['password'] === 'string';
}
