/**
 * Long answers, read through a server-side cursor so that memory stays flat however many rows there are. Streams have
 * their own connections: a slow reader holds one for as long as it likes, and must not starve the short statements.
 */
import type pg from 'pg';
import Cursor from 'pg-cursor';
import type { StopSignal } from '../stop.ts';
import { rethrow } from './session.ts';
import type { Slots } from './slots.ts';
import type { Statement } from './sql.ts';

export interface StreamOptions {
  /** Aborting cancels the statement; the iteration ends with the signal's reason. */
  readonly signal?: StopSignal | undefined;
  readonly rowsPerFetch?: number | undefined;
}

export interface StreamDependencies {
  readonly pool: pg.Pool;
  readonly slots: Slots;
  readonly cancel: (pid: number) => Promise<void>;
}

export type Stream = (statement: Statement, options?: StreamOptions) => AsyncGenerator<readonly string[], void>;

const firstColumnAsText = { rowMode: 'array', types: { getTypeParser: () => (text: string) => text } } as const;

export function makeStreams({ pool, slots, cancel }: StreamDependencies): Stream {
  return async function* stream({ text, values }, { signal, rowsPerFetch = 500 } = {}) {
    signal?.throwIfAborted();
    const release = slots.take();
    try {
      yield* readCursor(await pool.connect().catch(rethrow), { text, values }, rowsPerFetch, cancel, signal);
    } finally {
      release();
    }
  };
}

async function* readCursor(
  client: pg.PoolClient,
  { text, values }: Statement,
  rowsPerFetch: number,
  cancel: StreamDependencies['cancel'],
  signal: StopSignal | undefined,
): AsyncGenerator<readonly string[], void> {
  let cancelled: Promise<void> | null = null;
  const onAbort = (): void => {
    cancelled = cancel((client as unknown as { readonly processID: number }).processID);
  };
  const { promise: ended, resolve: onEnd } = makeDeferred();
  client.once('end', onEnd);
  // A cursor that failed or was cancelled leaves the connection in a state that only a new one repairs.
  let clean = false;
  const cursor = client.query(new Cursor<[string | null]>(text, [...values], firstColumnAsText));
  try {
    signal?.addEventListener('abort', onAbort, { once: true });
    for (;;) {
      signal?.throwIfAborted();
      const rows = await cursor.read(rowsPerFetch);
      if (rows.length === 0) break;
      clean = true;
      yield rows.map(([first]) => first ?? '');
      clean = false;
    }
    clean = true;
  } catch (error) {
    signal?.throwIfAborted();
    rethrow(error);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // The cursor would wait for ever for a connection that was lost while its reader was busy.
    if (clean && cancelled === null)
      clean = await Promise.race([cursor.close().then(() => true), ended.then(() => false)]);
    client.removeListener('end', onEnd);
    await cancelled;
    client.release(!clean || cancelled !== null);
  }
}

function makeDeferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
