/**
 * One transaction that sees the database as it was when it began, however long its reader takes, and COPY out of it:
 * PostgreSQL writes the bytes, and Node passes them on.
 *
 * A newcomer's mistake would be to let the rows of a COPY pile up: the connection is only read when somebody asks for
 * the next chunk, so a slow reader slows PostgreSQL down and costs no memory.
 */
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { StopSignal } from '../stop.ts';
import type { Queryable } from './database.ts';
import { inlineSql } from './inline-sql.ts';
import { rethrow } from './session.ts';
import type { Slots } from './slots.ts';
import { isSql, type Sql, toStatement } from './sql.ts';

/** `lines`: a query of one column, whose text holds no control characters, as one line a row. */
export type CopyForm = 'csv' | 'lines' | 'binary';

export interface Snapshot extends Queryable {
  /** The bytes as they come, in chunks that end anywhere. To stop early, leave the loop and close. */
  copy(query: Sql, form: CopyForm): AsyncGenerator<Buffer, void>;
  /** Gives the connection back. The second time nothing happens. */
  close(): Promise<void>;
}

export interface SnapshotOptions {
  /** Aborting cancels what runs; whoever reads gets the signal's reason. */
  readonly signal?: StopSignal | undefined;
  /** Work of the server itself, of which it does one at a time: it takes no stream away from callers. */
  readonly own?: boolean;
}

export interface SnapshotDependencies {
  readonly pool: pg.Pool;
  readonly slots: Slots;
  readonly cancel: (pid: number) => Promise<void>;
}

/**
 * CSV as RFC 4180 has it, but for its line ends: NULL is nothing, and an empty text is "". Lines are CSV too, with a
 * delimiter and a quote that no text of ours holds, so that nothing in a line is escaped.
 */
const forms: Readonly<Record<CopyForm, string>> = {
  csv: 'FORMAT csv',
  lines: `FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01', NULL E'\\x03'`,
  binary: 'FORMAT binary',
};

export function makeOpenSnapshot({ pool, slots, cancel }: SnapshotDependencies) {
  return async ({ signal, own = false }: SnapshotOptions = {}): Promise<Snapshot> => {
    signal?.throwIfAborted();
    const freeSlot = own ? () => undefined : slots.take();
    try {
      const client = await pool.connect().catch(rethrow);
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY').catch(rethrow);
      } catch (error) {
        client.release(true);
        throw error;
      }
      return makeSnapshot(client, { cancel, signal, freeSlot });
    } catch (error) {
      freeSlot();
      throw error;
    }
  };
}

interface Holding {
  readonly cancel: SnapshotDependencies['cancel'];
  readonly signal: StopSignal | undefined;
  readonly freeSlot: () => void;
}

function makeSnapshot(client: pg.PoolClient, { cancel, signal, freeSlot }: Holding): Snapshot {
  // A statement under way, cancelled or broken, leaves a connection that nobody should use again.
  let isClean = true;
  let isOpen = true;
  const { processID: pid } = client as unknown as { readonly processID: number };
  let cancelled: Promise<void> | null = null;
  const stop = (): void => {
    isClean = false;
    cancelled ??= cancel(pid);
  };
  signal?.addEventListener('abort', stop, { once: true });

  const fail = (error: unknown): never => {
    isClean = false;
    signal?.throwIfAborted();
    return rethrow(error);
  };
  return {
    async query<Row>(statement: Parameters<Queryable['query']>[0]) {
      signal?.throwIfAborted();
      const { text, values } = isSql(statement) ? toStatement(statement) : statement;
      return (await client.query(text, [...values]).catch(fail)).rows as readonly Row[];
    },
    async *copy(query, form) {
      signal?.throwIfAborted();
      isClean = false;
      const stream = client.query(copyTo(`COPY (${inlineSql(query)}) TO STDOUT (${forms[form]})`));
      // One that comes when nobody reads any more has been told already, or is our own cancellation.
      stream.on('error', () => undefined);
      try {
        for await (const chunk of stream) {
          yield chunk as Buffer;
          signal?.throwIfAborted();
        }
        isClean = true;
      } catch (error) {
        fail(error);
      }
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      signal?.removeEventListener('abort', stop);
      try {
        if (isClean) await client.query('COMMIT').catch(() => (isClean = false));
        // PostgreSQL would go on sending to nobody until its buffers are full, and keep its snapshot meanwhile.
        else await (cancelled ??= cancel(pid));
      } finally {
        client.release(!isClean);
        freeSlot();
      }
    },
  };
}
