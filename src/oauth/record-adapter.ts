/**
 * Where oidc-provider keeps what it has to remember: in PostgreSQL, sealed, found by hashes. Clients come from their own
 * table and are never written from here.
 *
 * A newcomer's mistake would be to look whether a code was used and then to mark it: of two who come with it at the same
 * moment both would be served. Marking it is what tells who was first.
 */
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { InvalidGrant } from 'oidc-provider/lib/helpers/errors.js';
import type { Seal } from '../access/sealed.ts';
import type { Clock } from '../clock.ts';
import type { Clients } from '../sign-in/clients.ts';
import type { Database } from '../store/database.ts';
import {
  consumeRecord,
  findRecord,
  findRecordByUid,
  type FoundRecord,
  keepRecord,
  removeGrant,
  removeGrantOf,
  removeRecord,
} from '../store/oauth-records.ts';
import { parseAccountId } from './account-id.ts';
import { makeClientMetadata } from './client-metadata.ts';

export interface RecordAdapterOptions {
  readonly database: Database;
  readonly clients: Pick<Clients, 'find'>;
  readonly seal: Seal;
  readonly clock: Clock;
  /** Grants of this customer have ended, and tokens with them. */
  readonly onRevoked: (customerId: string) => void;
}

export function makeRecordAdapter({ clients, ...options }: RecordAdapterOptions): AdapterFactory {
  return (kind) => (kind === 'Client' ? makeClientAdapter(clients) : makeKindAdapter(kind, options));
}

function makeKindAdapter(kind: string, options: Omit<RecordAdapterOptions, 'clients'>): Adapter {
  const { database, seal, clock, onRevoked } = options;
  const open = (
    found: FoundRecord | null,
    isMeant: (payload: AdapterPayload) => boolean,
  ): AdapterPayload | undefined => {
    if (found === null) return undefined;
    const payload = JSON.parse(seal.open(found.sealed, kind)) as AdapterPayload;
    // Or a row that somebody moved to another id would be taken for that one.
    if (!isMeant(payload)) return undefined;
    return found.consumed === null ? payload : { ...payload, consumed: Math.floor(found.consumed) };
  };
  const revoke = async (grantId: string): Promise<void> => (await removeGrant(database, grantId)).forEach(onRevoked);
  return {
    async upsert(id, payload, expiresIn) {
      const account = parseAccountId(payload.accountId);
      await keepRecord(database, {
        kind,
        id,
        uid: payload.uid ?? null,
        grantId: kind === 'Grant' ? null : (payload.grantId ?? null),
        clientId: payload.clientId ?? null,
        customerId: account?.customerId ?? null,
        userId: account?.userId ?? null,
        sealed: seal.seal(JSON.stringify(payload), kind),
        expires: new Date(clock.now().getTime() + (expiresIn ?? 0) * 1_000),
      });
    },
    async find(id) {
      return open(await findRecord(database, kind, id, clock.now()), ({ jti }) => jti === id);
    },
    async findByUid(uid) {
      return open(await findRecordByUid(database, kind, uid, clock.now()), (payload) => payload.uid === uid);
    },
    findByUserCode: () => Promise.resolve(undefined),
    async consume(id) {
      if (await consumeRecord(database, kind, id, clock.now())) return;
      // One of those who hold it has no right to it, and nobody knows which.
      (await removeGrantOf(database, kind, id)).forEach(onRevoked);
      throw new InvalidGrant('it was used already');
    },
    destroy: (id) => (kind === 'Grant' ? revoke(id) : removeRecord(database, kind, id)),
    revokeByGrantId: revoke,
  };
}

function makeClientAdapter(clients: Pick<Clients, 'find'>): Adapter {
  const refuse = (): Promise<never> => Promise.reject(new Error('Clients are registered on the command line.'));
  return {
    async find(id) {
      const client = await clients.find(id);
      return client === null ? undefined : makeClientMetadata(client);
    },
    upsert: refuse,
    findByUserCode: refuse,
    findByUid: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  };
}
