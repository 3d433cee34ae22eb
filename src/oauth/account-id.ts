/** How an account is named in what the authorization server remembers: ids of users are unique within a customer only. */
import type { Account } from '../sign-in/check-password.ts';
import { isUuid } from '../uuid.ts';

export function printAccountId({ customerId, userId }: Account): string {
  return `${customerId}.${userId}`;
}

/** Null for what is none. */
export function parseAccountId(text: string | undefined): Account | null {
  const [customerId = '', userId = '', ...more] = (text ?? '').split('.');
  return isUuid(customerId) && isUuid(userId) && more.length === 0 ? { customerId, userId } : null;
}
