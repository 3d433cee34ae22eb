/**
 * The database as the rest of the house sees it. Statements come from the `sql` template and rows leave as plain
 * objects: bigint, numeric, dates and timestamps as text, because JavaScript has no type that keeps them whole.
 *
 * A newcomer's mistake would be to catch a failed statement inside `transaction` and go on: PostgreSQL has given the
 * transaction up by then. Use ON CONFLICT, or a savepoint through `exec`.
 */
import { availableParallelism } from 'node:os';
import type { Log } from '../log.ts';
import type { StopSignal } from '../stop.ts';
import { connectionSettings, makeConnections } from './connections.ts';
import type { RowBytes } from './lines/line.ts';
import { type Lines, makeLines } from './lines/lines.ts';
import { makePace } from './lines/pace.ts';
import { rethrow, takeSession, type Session } from './session.ts';
import { makeSlots } from './slots.ts';
import { makeOpenSnapshot, type Snapshot, type SnapshotOptions } from './snapshot.ts';
import { isSql, toStatement, type Sql, type Statement } from './sql.ts';
import { makeStreams, type StreamOptions } from './streams.ts';

export interface Queryable {
  query<Row>(statement: Sql | Statement): Promise<readonly Row[]>;
}

/** One connection: send one statement after the other. */
export interface Transaction extends Queryable {
  /** Runs SQL text by the simple protocol: several statements, no parameters. Never with input inside. */
  exec(text: string): Promise<void>;
}

export interface QueryOptions {
  /** Aborting cancels the running statement in PostgreSQL; the call rejects with the signal's reason. */
  readonly signal?: StopSignal | undefined;
}

export interface Database extends Queryable {
  query<Row>(statement: Sql | Statement, options?: QueryOptions): Promise<readonly Row[]>;
  /**
   * The rows of a statement that may be carried out twice without harm, as reading can: their columns as the bytes of
   * their text. Where `steady`, it is planned once for all values.
   */
  read(statement: Statement, options?: QueryOptions): Promise<readonly RowBytes[]>;
  /** COMMITs when `work` resolves, and ROLLBACKs when it throws. */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: QueryOptions): Promise<T>;
  /** The first column of each row as text (null as the empty string), fetch by fetch, through a server-side cursor. */
  stream(statement: Sql | Statement, options?: StreamOptions): AsyncIterable<readonly string[]>;
  /** One view of everything as it is at this moment, for as long as it is open. It holds a connection: close it. */
  openSnapshot(options?: SnapshotOptions): Promise<Snapshot>;
  /** Resolves when the database answers, also while every pooled connection is busy. */
  ping(): Promise<void>;
  /** Lets statements and streams in flight finish, then closes every connection. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  /** How many streams and snapshots of callers may be open at once; the next one is OVERLOADED. */
  readonly streams: number;
  readonly statementTimeoutMs: number;
  /** How long a statement may wait for a free connection. */
  readonly poolWaitMs?: number;
  readonly log: Log;
}

export function makeDatabase(options: DatabaseOptions): Database {
  const { url, log, poolWaitMs = 5_000, statementTimeoutMs } = options;
  const pool = makeConnections({ url, log, poolWaitMs, statementTimeoutMs, size: options.poolSize });
  // Pings and cancellations must get through while every other connection is busy.
  const control = makeConnections({ url, log, poolWaitMs, statementTimeoutMs: 2_000, size: 2 });
  // A stream lasts as long as its reader takes, so no statement timeout; its reader's drain rate is watched instead.
  // One more, for the work that the server does behind its answers.
  const streamPool = makeConnections({ url, log, poolWaitMs, statementTimeoutMs: 0, size: options.streams + 1 });
  let closing: Promise<void> | null = null;

  const cancel = async (pid: number): Promise<void> => {
    await control.query('SELECT pg_cancel_backend($1)', [pid]).catch((error: unknown) => {
      log.warn({ err: error, pid }, 'a statement could not be cancelled');
    });
  };
  const pace = makePace();
  const processors = availableParallelism();
  const makeReading = (plans: 'once' | 'anew', { size, depth }: { size: number; depth: number }): Lines =>
    makeLines({
      ...{ url, size, depth, cancel, waitMs: poolWaitMs },
      // Those that are worked on at the same time slow each other down, where there is a processor for only some of them.
      onAnswer: (text, ms) => {
        const busy = lines.short.busy + lines.long.busy + lines.anew.busy;
        pace.record(text, ms / Math.max(1, busy / processors));
      },
      settings: connectionSettings({ statementTimeoutMs, plans }),
    });
  const lines = {
    // Few, because statements that are sent together cost less than those that are sent each on its own.
    short: makeReading('once', { size: Math.max(2, Math.ceil(options.poolSize / 5)), depth: 64 }),
    long: makeReading('once', { size: options.poolSize, depth: 1 }),
    anew: makeReading('anew', { size: options.poolSize, depth: 1 }),
  };
  const slots = makeSlots(options.streams);
  const stream = makeStreams({ pool: streamPool, slots, cancel });

  async function withSession<T>(work: (session: Session) => Promise<T>, signal: StopSignal | undefined): Promise<T> {
    signal?.throwIfAborted();
    const session = await takeSession(pool);
    let cancelled: Promise<void> | null = null;
    const onAbort = (): void => {
      cancelled = cancel(session.pid);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      signal?.throwIfAborted();
      return await work(session);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      await cancelled;
      // A cancellation may reach PostgreSQL late, and would then hit the next user of the connection.
      session.release({ destroy: cancelled !== null });
    }
  }

  return {
    query: <Row>(statement: Sql | Statement, { signal }: QueryOptions = {}) =>
      withSession((session) => session.query<Row>(asStatement(statement)), signal),
    read(statement, { signal } = {}) {
      if (statement.steady !== true) return lines.anew.ask(statement, signal);
      return (pace.isShort(statement.text) ? lines.short : lines.long).ask(statement, signal);
    },
    transaction: (work, { signal } = {}) => withSession((session) => runTransaction(session, work), signal),
    stream: (statement, streamOptions) => stream(asStatement(statement), streamOptions),
    openSnapshot: makeOpenSnapshot({ pool: streamPool, slots, cancel }),
    async ping() {
      await control.query('SELECT 1').catch(rethrow);
    },
    async close() {
      closing ??= Promise.all([pool.end(), streamPool.end(), ...Object.values(lines).map((each) => each.close())]).then(
        () => control.end(),
      );
      await closing;
    },
  };
}

async function runTransaction<T>(session: Session, work: (tx: Transaction) => Promise<T>): Promise<T> {
  await session.exec('BEGIN');
  try {
    const result = await work({
      query: (statement) => session.query(asStatement(statement)),
      exec: async (text) => void (await session.exec(text)),
    });
    // PostgreSQL answers COMMIT with ROLLBACK, and no error, when a statement had failed before.
    if ((await session.exec('COMMIT')) === 'COMMIT') return result;
    throw new Error('The transaction was rolled back, because a failed statement in it was ignored.');
  } catch (error) {
    // When this fails too, the session knows that its connection is not to be reused.
    await session.exec('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

function asStatement(statement: Sql | Statement): Statement {
  return isSql(statement) ? toStatement(statement) : statement;
}
