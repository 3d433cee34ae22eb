/**
 * Who owns the embedded server. A live server may be one that a killed Doorstep left behind, or one that another
 * Doorstep is using. The difference is a lock that its owner holds inside PostgreSQL for as long as it lives: when a
 * process dies, however it dies, its connection and with it the lock are gone.
 *
 * The owner also keeps the server alive: when its connection is lost it looks whether there still is a server.
 */
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';
import { isConnectionLost } from './failure.ts';

export interface Keeper {
  /** Holds the lock while `stop` stops the server, so that nobody adopts a server that is about to go. */
  release(stop: () => Promise<void>): Promise<void>;
}

export type Attempt = { readonly keeper: Keeper } | 'taken' | 'unreachable';

// Any number that nothing else in the database `postgres` of this server uses.
const lock = 'SELECT pg_try_advisory_lock(7215407) AS owned';

export interface KeepOptions {
  readonly url: string;
  /** Starts the server again if it is gone. */
  readonly revive: () => Promise<void>;
  readonly log: Log;
}

export async function tryKeep({ url, revive, log }: KeepOptions): Promise<Attempt> {
  const first = await connect(url);
  if (!(first instanceof pg.Client)) return first;
  let released = false;
  let current = first;
  let regaining: Promise<void> | null = null;
  // PostgreSQL drops every connection when one of its processes crashes, and recovers by itself; somebody who kills
  // all of it leaves nothing that could recover.
  const watch = (client: pg.Client): void => {
    client.on('end', () => {
      if (released) return;
      log.warn({}, 'the embedded database dropped its connections');
      regaining = regain();
    });
  };
  const regain = async (): Promise<void> => {
    while (!released) {
      await revive().catch((error: unknown) => log.error({ err: error }, 'the embedded database cannot be started'));
      const next = await connect(url).catch(() => 'unreachable' as const);
      if (next instanceof pg.Client) {
        current = next;
        return released ? void next.end() : watch(next);
      }
      await wait(200, undefined, { ref: false });
    }
  };
  watch(first);
  return {
    keeper: {
      async release(stop) {
        released = true;
        // Or a server that is being revived would come up after the stop, and nobody would own it.
        await regaining;
        await stop().finally(() => current.end().catch(() => undefined));
      },
    },
  };
}

async function connect(url: string): Promise<pg.Client | 'taken' | 'unreachable'> {
  const client = new pg.Client({ connectionString: url, application_name: 'doorstep keeper' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ owned: boolean }>(lock);
    if (rows[0]?.owned === true) return client;
    await client.end();
    return 'taken';
  } catch (error) {
    if (isConnectionLost(error)) return 'unreachable';
    throw error;
  }
}
