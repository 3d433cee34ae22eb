/** What integrations sign in with, as sealed bytes: one credential for each integration, replaced as a whole. */
import type { PrismaClient } from './prisma/client.ts';

export interface CredentialOwner {
  readonly customerId: string;
  readonly integrationId: string;
}

export interface SealedCredential {
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly stored: Date;
  readonly storedBy: string | null;
}

export async function keepCredential(
  prisma: PrismaClient,
  owner: CredentialOwner,
  credential: SealedCredential,
): Promise<void> {
  await prisma.integrationCredential.upsert({
    where: { customerId_integrationId: owner },
    create: { ...owner, ...credential },
    update: credential,
  });
}

/** False when there was none. */
export async function removeCredential(
  prisma: PrismaClient,
  { customerId, integrationId }: CredentialOwner,
): Promise<boolean> {
  const { count } = await prisma.integrationCredential.deleteMany({ where: { customerId, integrationId } });
  return count > 0;
}

export async function findCredential(prisma: PrismaClient, owner: CredentialOwner): Promise<Uint8Array | null> {
  const found = await prisma.integrationCredential.findUnique({ where: { customerId_integrationId: owner } });
  return found?.sealed ?? null;
}
