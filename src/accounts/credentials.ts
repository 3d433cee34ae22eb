/**
 * The credentials of integrations: what comes in is sealed and never shown to anybody again, not even to who brought it.
 * `open` is for the work that signs in at the other system, and for no transport.
 */
import { makeSeal } from '../access/sealed.ts';
import type { Clock } from '../clock.ts';
import {
  type CredentialOwner,
  findCredential,
  keepCredential,
  removeCredential,
} from '../store/integration-credentials.ts';
import type { PrismaClient } from '../store/prisma/client.ts';

export interface Credentials {
  /** Replaces those that there are. */
  keep(owner: CredentialOwner, accessToken: string, storedBy: string | null): Promise<void>;
  /** False when there are none. */
  remove(owner: CredentialOwner): Promise<boolean>;
  open(owner: CredentialOwner): Promise<string | null>;
}

export function makeCredentials({
  prisma,
  clock,
  secret,
}: {
  readonly prisma: PrismaClient;
  readonly clock: Clock;
  /** The installation's: a database that is restored elsewhere opens only with it. */
  readonly secret: string;
}): Credentials {
  const box = makeSeal({ secret, purpose: 'integration credentials' });
  const belongsTo = ({ customerId, integrationId }: CredentialOwner): string => `${customerId} ${integrationId}`;
  return {
    async keep(owner, accessToken, storedBy) {
      const sealed = new Uint8Array(box.seal(accessToken, belongsTo(owner)));
      await keepCredential(prisma, owner, { sealed, stored: clock.now(), storedBy });
    },
    remove: (owner) => removeCredential(prisma, owner),
    async open(owner) {
      const sealed = await findCredential(prisma, owner);
      return sealed === null ? null : box.open(sealed, belongsTo(owner));
    },
  };
}
