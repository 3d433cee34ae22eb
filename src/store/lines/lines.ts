/**
 * Connections that only read, shared by everybody who asks. As many statements as `depth` may be on one of them at once;
 * the next waits for `waitMs` at most, and is OVERLOADED then.
 */
import type { StopSignal } from '../../stop.ts';
import { translateFailure } from '../failure.ts';
import type { Statement } from '../sql.ts';
import { type Line, type LineOptions, openLine, type RowBytes } from './line.ts';

export interface Lines {
  /** How many connections have a statement under way. */
  readonly busy: number;
  /** Rejects with the signal's reason as soon as it aborts; the statement is cancelled in PostgreSQL. */
  ask(statement: Statement, signal?: StopSignal): Promise<readonly RowBytes[]>;
  close(): Promise<void>;
}

export interface LinesOptions extends Omit<LineOptions, 'connectMs' | 'onLost'> {
  readonly size: number;
  readonly depth: number;
  /** For a place on a connection, and for PostgreSQL to accept a new one. */
  readonly waitMs: number;
}

interface Waiting {
  readonly take: (line: Line | Promise<Line>) => void;
  readonly timer: NodeJS.Timeout;
}

const idleMs = 600_000;
/**
 * A connection with fewer statements than this is not busy: they are gone in a moment, and the more of them are sent and
 * answered together, the less each costs.
 */
const fewWaiting = 12;
/** Three times what a short statement takes, and the event loop's own delays. */
const heldMs = 10;
/** The words of the pool of `pg`, which failure.ts knows. */
const closed = 'Cannot use a pool after calling end on the pool';
const waitedTooLong = 'timeout exceeded when trying to connect';

export function makeLines({ size, depth, waitMs, ...options }: LinesOptions): Lines {
  const lines = new Set<Line>();
  const queue: Waiting[] = [];
  const few = Math.min(depth, fewWaiting);
  let opening = 0;
  let closing: Promise<unknown> | null = null;

  const leave = (line: Line): void => {
    lines.delete(line);
    void line.close().catch(() => undefined);
  };
  /** The first that is not busy yet, else the least busy one; null when all are as busy as they may be. */
  const findFree = (): Line | null => {
    let free: Line | null = null;
    for (const line of lines) {
      if (line.isRetired) leave(line);
      // Behind one that takes long after all, nobody is sent who can go elsewhere.
      else if (line.waiting < few && (line.waiting === 0 || line.heldFor < heldMs)) return line;
      else if (line.waiting < (free?.waiting ?? depth)) free = line;
    }
    return free;
  };
  const open = async (): Promise<Line> => {
    opening += 1;
    try {
      const line = await openLine({ ...options, connectMs: waitMs, onAnswer, onLost: serveQueue });
      lines.add(line);
      // Behind whom it was opened for.
      setImmediate(serveQueue);
      return line;
    } finally {
      opening -= 1;
    }
  };
  /** A connection that is not busy, a new one, or the least busy one; null when all are as busy as they may be. */
  const findLine = (): Line | Promise<Line> | null => {
    const free = findFree();
    if ((free !== null && free.waiting < few && free.heldFor < heldMs) || lines.size + opening >= size) return free;
    return open();
  };
  const serveQueue = (): void => {
    const line = queue.length === 0 ? null : findLine();
    if (line === null) return;
    const { take, timer } = queue.shift()!;
    clearTimeout(timer);
    take(line);
    // The line counts as busy only when it has been asked.
    setImmediate(serveQueue);
  };
  const onAnswer = (text: string, ms: number): void => {
    options.onAnswer(text, ms);
    // The connection is free as soon as this returns.
    if (queue.length > 0) setImmediate(serveQueue);
  };
  const waitForLine = (): Promise<Line> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const at = queue.findIndex((one) => one.timer === timer);
        queue.splice(at, 1);
        reject(failWith(waitedTooLong));
      }, waitMs);
      queue.push({ take: resolve, timer });
    });
  const put = (line: Line, statement: Statement, signal: StopSignal | undefined): Promise<readonly RowBytes[]> =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      line.ask({ statement, signal, resolve, reject });
    });

  // A connection that nobody has used for long is one that the database could have for somebody else.
  const sweep = setInterval(() => {
    for (const line of lines) if (line.waiting === 0 && performance.now() - line.usedAt > idleMs) leave(line);
  }, idleMs / 10);
  sweep.unref();

  return {
    get busy() {
      let busy = 0;
      for (const line of lines) if (line.waiting > 0) busy += 1;
      return busy;
    },
    ask(statement, signal) {
      if (closing !== null) return Promise.reject(failWith(closed));
      const line = queue.length > 0 ? waitForLine() : (findLine() ?? waitForLine());
      if (!(line instanceof Promise)) return put(line, statement, signal);
      return line.then((opened) => put(opened, statement, signal));
    },
    async close() {
      clearInterval(sweep);
      closing ??= Promise.all([...lines].map((line) => line.close()));
      await closing;
    },
  };
}

function failWith(words: string): Error {
  const failure = new Error(words);
  const translated = translateFailure(failure);
  return translated instanceof Error ? translated : failure;
}
