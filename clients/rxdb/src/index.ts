/**
 * Doorstep on a phone. `startDoorstep` adds all collections to a database and keeps them in step with the server; what
 * is written into `interaction` and `walklistItem` goes there as soon as there is a signal.
 *
 * A newcomer's mistake would be to hold on to a collection. When the rights of a person change, what is on the device is
 * dropped and pulled anew, and the collection with it: ask `collections` each time.
 */
import type { RxCollection, RxDatabase } from 'rxdb';
import { type CollectionName, collectionNames } from './collections.ts';
import { conflictHandler } from './conflict-handler.ts';
import { makeClaim, type ShiftProof, shiftProofsQuery } from './proof.ts';
import { replicate, type Replication } from './replicate.ts';
import { type DoorstepDocument, schemaOf } from './schemas.ts';
import { makeServer, type ServerOptions } from './server.ts';

export { type CollectionName, collectionNames, collections } from './collections.ts';
export { conflictHandler } from './conflict-handler.ts';
export { hashIds, makeClaim, type ShiftClaim, type ShiftProof } from './proof.ts';
export type { DoorstepDocument } from './schemas.ts';

export interface DoorstepOptions extends ServerOptions {
  /** False to replicate once and stop. */
  readonly live?: boolean;
  /** `wss://doorstep.example/graphql`, to hear of changes at once. */
  readonly websocketUrl?: string;
  /** Told after a collection was dropped and begun anew. */
  readonly onReset?: (name: CollectionName) => void;
}

export interface Doorstep {
  /** As they are now; a reset puts another one in the place of each. */
  readonly collections: Readonly<Record<CollectionName, RxCollection<DoorstepDocument>>>;
  readonly replications: Readonly<Record<CollectionName, Replication>>;
  /** Resolves when everything has gone and come that could, for now. */
  inSync(): Promise<void>;
  /** Asks the server for what is new, of each collection; for when the app wakes up. */
  resync(): void;
  /** Whether everything that this device made with a walklist has arrived. */
  proveShift(walklistId: string): Promise<ShiftProof>;
  stop(): Promise<void>;
}

export async function startDoorstep(database: RxDatabase, options: DoorstepOptions): Promise<Doorstep> {
  const server = makeServer(options);
  const replications = {} as Record<CollectionName, Replication>;
  const resetting = new Map<CollectionName, Promise<void>>();
  let isStopped = false;

  const begin = (name: CollectionName): void => {
    const onCode = (code: string): void => {
      if (code === 'SYNC_CHECKPOINT_EXPIRED') resetting.set(name, resetting.get(name) ?? reset(name));
    };
    const { live = true, websocketUrl = null } = options;
    replications[name] = replicate(name, collectionOf(name), server, { live, websocketUrl, onCode });
  };
  const collectionOf = (name: CollectionName): RxCollection<DoorstepDocument> =>
    database.collections[name] as RxCollection<DoorstepDocument>;
  const add = async (names: readonly CollectionName[]): Promise<void> => {
    const added = names.map((name) => [name, { schema: schemaOf(name), conflictHandler }] as const);
    await database.addCollections(Object.fromEntries(added));
  };
  /** What was made here goes out first; then everything is forgotten, and pulled again as far as it may be. */
  const reset = async (name: CollectionName): Promise<void> => {
    await untilPushed(replications[name]);
    if (isStopped) return;
    await replications[name].remove();
    await collectionOf(name).remove();
    await add([name]);
    resetting.delete(name);
    begin(name);
    options.onReset?.(name);
  };

  const inSync = async (): Promise<void> => {
    await Promise.all(collectionNames.map((name) => replications[name].awaitInSync()));
    if (resetting.size === 0) return;
    await Promise.all(resetting.values());
    await inSync();
  };

  await add(collectionNames);
  for (const name of collectionNames) begin(name);
  return {
    get collections() {
      return Object.fromEntries(collectionNames.map((name) => [name, collectionOf(name)])) as Doorstep['collections'];
    },
    replications,
    inSync,
    resync: () => collectionNames.forEach((name) => replications[name].reSync()),
    async proveShift(walklistId) {
      const made = await collectionOf('interaction').find({ selector: { walklistId } }).exec();
      const ids = made.map(({ id }) => id);
      const ask = async (named: boolean): Promise<ShiftProof> => {
        const claims = [await makeClaim(walklistId, ids, { named })];
        const { shiftProofs } = await server.ask<{ shiftProofs: readonly ShiftProof[] }>(shiftProofsQuery, { claims });
        return shiftProofs[0]!;
      };
      const proof = await ask(false);
      return proof.isComplete ? proof : ask(true);
    },
    async stop() {
      isStopped = true;
      await Promise.all(collectionNames.map((name) => replications[name].cancel()));
    },
  };
}

/** Resolves when nothing is on its way to the server any more. */
async function untilPushed(replication: Replication): Promise<void> {
  const state = replication.internalReplicationState;
  if (replication.push === undefined || state === undefined) return;
  const isDone = (): boolean => state.firstSyncDone.up.getValue() && !state.events.active.up.getValue();
  if (isDone()) return;
  await new Promise<void>((resolve) => {
    const check = (): void => {
      if (!isDone()) return;
      done.unsubscribe();
      active.unsubscribe();
      resolve();
    };
    const done = state.firstSyncDone.up.subscribe(() => queueMicrotask(check));
    const active = state.events.active.up.subscribe(() => queueMicrotask(check));
  });
}
