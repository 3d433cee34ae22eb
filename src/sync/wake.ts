/**
 * Who waits for changes of a customer is woken when there are some: at once by what this process commits, within a second
 * by what others commit, whose positions are looked at for as long as somebody waits.
 *
 * A newcomer's mistake would be to look first and to wait then: what is committed in between would be slept over. Listen
 * first; what happens from then on is remembered until it is asked for.
 */
import type { Log } from '../log.ts';
import type { Model } from '../model.ts';
import { Problem } from '../problem.ts';
import { latestOf } from '../read/position.ts';
import type { StopSignal } from '../stop.ts';
import type { Queryable } from '../store/database.ts';
import { sql, toStatement } from '../store/sql.ts';

export interface Listener {
  /** Resolves at the next change since the last call, or when the time is up, or nobody waits any more. */
  next(milliseconds: number, signal?: StopSignal): Promise<void>;
  close(): void;
}

export interface Wake {
  listen(customerId: string): Listener;
  /** Something of the customer's was committed here. */
  notify(customerId: string): void;
  /** Whether the server is stopping: nobody should wait for more. */
  readonly isClosed: boolean;
  close(): void;
}

const tickMs = 1_000;
/** Each holds a request or a connection open. */
const mostListeners = 10_000;

interface Waiting {
  readonly customerId: string;
  hasMoved: boolean;
  wake: (() => void) | null;
}

export function makeWake({ database, model, log }: { database: Queryable; model: Model; log: Log }): Wake {
  const listeners = new Map<string, Set<Waiting>>();
  const latest = new Map<string, string>();
  let [count, isClosed, isLooking] = [0, false, false];
  let timer: NodeJS.Timeout | null = null;

  const notify = (customerId: string): void => {
    for (const waiting of listeners.get(customerId) ?? []) {
      waiting.hasMoved = true;
      waiting.wake?.();
    }
  };
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      for (const { id, seq } of await readLatest(database, model, [...listeners.keys()])) {
        const known = latest.get(id);
        latest.set(id, seq);
        if (known !== seq) notify(id);
      }
    } catch (error) {
      log.debug({ err: error }, 'the positions of waiting customers could not be read');
    } finally {
      isLooking = false;
    }
  };
  const forget = (waiting: Waiting): void => {
    const others = listeners.get(waiting.customerId);
    if (others?.delete(waiting) !== true) return;
    count -= 1;
    if (others.size > 0) return;
    listeners.delete(waiting.customerId);
    latest.delete(waiting.customerId);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };

  return {
    notify,
    get isClosed() {
      return isClosed;
    },
    listen(customerId) {
      if (count >= mostListeners) {
        throw new Problem('OVERLOADED', 'Too many are waiting for changes already. Ask without waiting.', {
          retryAfter: 5,
        });
      }
      const waiting: Waiting = { customerId, hasMoved: false, wake: null };
      listeners.set(customerId, (listeners.get(customerId) ?? new Set()).add(waiting));
      count += 1;
      if (timer === null && !isClosed) timer = setInterval(() => void look(), tickMs).unref();
      return {
        async next(milliseconds, signal) {
          if (!waiting.hasMoved && !isClosed && signal?.aborted !== true) await sleep(waiting, milliseconds, signal);
          waiting.hasMoved = false;
        },
        close: () => forget(waiting),
      };
    },
    close() {
      isClosed = true;
      if (timer !== null) clearInterval(timer);
      for (const customerId of listeners.keys()) notify(customerId);
    },
  };
}

function sleep(waiting: Waiting, milliseconds: number, signal: StopSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      waiting.wake = null;
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done, { once: true });
    waiting.wake = done;
  });
}

function readLatest(
  database: Queryable,
  { resources }: Model,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly seq: string }[]> {
  const tables = resources.map(({ table }) => table);
  const statement = toStatement(sql`SELECT customer.id::text AS id, ${latestOf(tables, sql`customer.id`)}::text AS seq
    FROM unnest(${ids}::uuid[]) AS customer (id)`);
  return database.query({ ...statement, steady: true });
}
