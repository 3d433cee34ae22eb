/** What is kept of letters for a new password: a hash of the token, whose it is, and until when. */
import type { PrismaClient } from './prisma/client.ts';

export interface Account {
  readonly customerId: string;
  readonly userId: string;
}

export interface Addressee extends Account {
  readonly email: string;
  readonly customerName: string;
}

/** Everybody who may sign in with that email; one person can have an account at several customers. */
export async function findAddressees(prisma: PrismaClient, email: string): Promise<readonly Addressee[]> {
  const users = await prisma.user.findMany({
    where: { emailKey: email.toLowerCase(), isDeleted: false, status: { not: 'inactive' } },
    select: { id: true, customerId: true, email: true },
  });
  const ids = users.map(({ customerId }) => customerId);
  const customers = await prisma.customer.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(customers.map(({ id, name }) => [id, name]));
  return users.map(({ id, customerId, email: to }) => {
    return { customerId, userId: id, email: to, customerName: names.get(customerId) ?? customerId };
  });
}

/** False when the account has as many open tokens as it may have: nobody's letter box is filled by strangers. */
export async function keepResetToken(
  prisma: PrismaClient,
  { customerId, userId }: Account,
  token: { readonly hash: Uint8Array<ArrayBuffer>; readonly now: Date; readonly expires: Date; readonly most: number },
): Promise<boolean> {
  const { hash: tokenHash, now: created, expires, most } = token;
  await prisma.passwordReset.deleteMany({ where: { expires: { lte: created } } });
  return prisma.$transaction(async (tx) => {
    // Strangers ask in parallel: without a lock each of them would count before the others have written.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`reset ${customerId} ${userId}`}, 0))::text`;
    const open = await tx.passwordReset.count({ where: { customerId, userId } });
    if (open >= most) return false;
    await tx.passwordReset.create({ data: { tokenHash, customerId, userId, created, expires } });
    return true;
  });
}

/** Whose the token is, once: it is gone afterwards, and of two who come at the same moment one gets null. */
export async function takeResetToken(
  prisma: PrismaClient,
  tokenHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<Account | null> {
  const found = await prisma.passwordReset.findUnique({ where: { tokenHash } });
  if (found === null) return null;
  const { count } = await prisma.passwordReset.deleteMany({ where: { tokenHash, expires: { gt: now } } });
  return count === 0 ? null : { customerId: found.customerId, userId: found.userId };
}

/** After a password was chosen, letters that are still on their way are void. */
export async function forgetResetTokens(prisma: PrismaClient, { customerId, userId }: Account): Promise<void> {
  await prisma.passwordReset.deleteMany({ where: { customerId, userId } });
}
