/** Where a person may sign in: every active membership of everybody who has an email, across customers. */
import type { PrismaClient } from './prisma/client.ts';

export interface SignIn {
  readonly userId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly organizationId: string;
  readonly organizationName: string;
}

/** Null when nobody has the email; an empty list when whoever has it may sign in nowhere. */
export async function findSignIns(prisma: PrismaClient, email: string): Promise<readonly SignIn[] | null> {
  const users = await prisma.user.findMany({
    where: { emailKey: email.toLowerCase(), isDeleted: false },
    select: { id: true, customerId: true, status: true },
  });
  if (users.length === 0) return null;
  const active = users.filter(({ status }) => status !== 'inactive');
  const signIns = await Promise.all(active.map(({ id, customerId }) => listMemberships(prisma, id, customerId)));
  return signIns.flat();
}

/** The same for one account; empty when it may not sign in. */
export async function listSignIns(
  prisma: PrismaClient,
  { customerId, userId }: { readonly customerId: string; readonly userId: string },
): Promise<readonly SignIn[]> {
  const where = { customerId, id: userId, isDeleted: false, status: { not: 'inactive' } };
  return (await prisma.user.count({ where })) === 0 ? [] : listMemberships(prisma, userId, customerId);
}

async function listMemberships(prisma: PrismaClient, userId: string, customerId: string): Promise<readonly SignIn[]> {
  const [memberships, customer] = await Promise.all([
    prisma.membership.findMany({
      where: { customerId, userId, status: 'active', isDeleted: false },
      select: { organizationRow: { select: { id: true, name: true, isDeleted: true } } },
      orderBy: { created: 'asc' },
    }),
    prisma.customer.findFirst({ where: { id: customerId }, select: { name: true } }),
  ]);
  return memberships
    .filter(({ organizationRow }) => !organizationRow.isDeleted)
    .map(({ organizationRow: { id, name } }) => {
      const customerName = customer?.name ?? customerId;
      return { userId, customerId, customerName, organizationId: id, organizationName: name };
    });
}
