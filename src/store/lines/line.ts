/**
 * One connection that only reads. `pg` opens it, with all that belongs to that (TLS, passwords); then its messages are
 * read and written here, because a statement of ours is one prepared shape whose answer is a few columns of finished
 * text: it need not be described, and its bytes need not become a JavaScript string on their way to the client.
 *
 * Statements are sent without waiting for the answers to those before them (PostgreSQL's documentation, "Pipelining"),
 * and those of one turn of the event loop leave in one packet. Each is followed by a Sync, so a failure stays its own.
 */
import type { Socket } from 'node:net';
import pg from 'pg';
import { serialize } from 'pg-protocol';
import type { StopSignal } from '../../stop.ts';
import { translateFailure } from '../failure.ts';
import { isOutdated } from '../prepared.ts';
import type { Statement } from '../sql.ts';
import { makeStatementNames, type NamedShape } from '../statement-names.ts';
import { makeWireReader, readColumns, readErrorFields } from './wire-reader.ts';

/** The columns of one row in their order, as the bytes of their text in UTF-8. */
export type RowBytes = readonly (Buffer | null)[];

export interface Asking {
  readonly statement: Statement;
  readonly signal: StopSignal | undefined;
  resolve(rows: readonly RowBytes[]): void;
  reject(error: unknown): void;
}

export interface Line {
  /** Statements whose answers have not come yet. */
  readonly waiting: number;
  /** For how many milliseconds the one that PostgreSQL works on has kept it. */
  readonly heldFor: number;
  /** Whether it takes no more statements: it is lost, closing, or may be hit by a cancellation that comes late. */
  readonly isRetired: boolean;
  readonly usedAt: number;
  ask(asking: Asking): void;
  /** Lets what it was asked finish, then closes the connection. */
  close(): Promise<void>;
}

export interface LineOptions {
  readonly url: string;
  readonly settings: string;
  readonly connectMs: number;
  /** Cancels what the connection with this process id is doing. */
  readonly cancel: (pid: number) => Promise<void>;
  /** After each answer: which shape it was, and how long PostgreSQL took for it, in milliseconds. */
  readonly onAnswer: (text: string, ms: number) => void;
  /** When the connection has been lost. */
  readonly onLost: () => void;
}

interface Sent extends Asking {
  readonly name: string;
  readonly sentAt: number;
  /** Whether PostgreSQL had to parse it first. */
  readonly isNew: boolean;
  rows: RowBytes[];
  error: unknown;
  /** Whether it was asked once more already. */
  isAgain: boolean;
  stop(): void;
  isStopped: boolean;
}

const letters = { dataRow: 0x44, error: 0x45, ready: 0x5a } as const;
const execute = serialize.execute({ portal: '' });
const sync = serialize.sync();
const { prepareValue } = (pg as unknown as { readonly utils: { prepareValue(value: unknown): string | null } }).utils;

export async function openLine({ url, settings, connectMs, cancel, ...on }: LineOptions): Promise<Line> {
  const client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: connectMs });
  // The socket tells of a loss as well, and there every statement that waits hears of it.
  client.on('error', () => undefined);
  await client
    .connect()
    .then(() => client.query(settings))
    .catch((error: unknown) => {
      throw translateFailure(error);
    });
  const { connection, processID } = client as unknown as {
    readonly connection: { readonly stream: Socket };
    readonly processID: number;
  };
  const { stream } = connection;

  const names = makeStatementNames();
  const parsed = new Set<string>();
  const sent: Sent[] = [];
  let outgoing: Buffer[] = [];
  let answeredAt = performance.now();
  let isRetired = false;
  let isCancelling = false;
  let onIdle: (() => void) | null = null;

  const flush = (): void => {
    const bytes = outgoing.length === 1 ? outgoing[0]! : Buffer.concat(outgoing);
    outgoing = [];
    stream.write(bytes);
  };
  const send = (...messages: readonly Buffer[]): void => {
    if (outgoing.length === 0) setImmediate(flush);
    outgoing.push(...messages);
  };
  const cancelFirst = (): void => {
    isRetired = true;
    isCancelling = true;
    void cancel(processID);
  };
  const unprepare = (shape: NamedShape | null): void => {
    if (shape === null || !parsed.delete(shape.name)) return;
    names.forget(shape.text);
    // Answered before the next statement; PostgreSQL takes it also when there is no such name.
    send(serialize.close({ type: 'S', name: shape.name }));
  };
  const ask = (asking: Asking, isAgain = false): void => {
    const { statement, signal } = asking;
    const name = names.find(statement.text) ?? '';
    unprepare(names.dropOldest());
    const isNew = !parsed.has(name);
    if (isNew) send(serialize.parse({ name, text: statement.text }));
    if (name !== '') parsed.add(name);
    send(serialize.bind({ statement: name, values: [...statement.values], valueMapper: prepareValue }), execute, sync);
    const { resolve, reject } = asking;
    const stop = (): void => {
      one.isStopped = true;
      reject(signal?.reason);
      if (sent[0] === one) cancelFirst();
    };
    // Spelt out: V8 gives objects that are spread and then added to a shape of their own each, which costs as much as all
    // the rest of this file.
    const one: Sent = {
      statement,
      signal,
      resolve,
      reject,
      name,
      sentAt: performance.now(),
      isNew,
      isAgain,
      rows: [],
      error: null,
      isStopped: false,
      stop,
    };
    signal?.addEventListener('abort', one.stop, { once: true });
    sent.push(one);
  };
  const finish = (one: Sent): void => {
    const now = performance.now();
    on.onAnswer(one.statement.text, now - Math.max(one.sentAt, answeredAt));
    answeredAt = now;
    one.signal?.removeEventListener('abort', one.stop);
    // Whoever hung up while others were answered is cancelled now that it is being worked on.
    if (sent[0]?.isStopped === true) cancelFirst();
    if (one.isStopped) return;
    if (one.error === null) return one.resolve(one.rows);
    if (one.isNew || isOutdated(one.error)) unprepare({ text: one.statement.text, name: one.name });
    // It only reads, so it may be asked again. A cancellation may have been meant for the statement before it.
    if (!one.isAgain && (isOutdated(one.error) || (isCancelling && isCancelled(one.error)))) return ask(one, true);
    one.reject(translateFailure(one.error));
  };
  const onMessage = (letter: number, body: Buffer): void => {
    const [first] = sent;
    if (letter === letters.dataRow) first!.rows.push(readColumns(body));
    else if (letter === letters.error) {
      const error = makeFailure(readErrorFields(body));
      // Without a statement it is the server's farewell, and the connection is closed next.
      if (first !== undefined) first.error = error;
    } else if (letter === letters.ready) {
      finish(sent.shift()!);
      if (sent.length === 0) onIdle?.();
    }
  };
  const onLost = (error: unknown): void => {
    isRetired = true;
    for (const one of sent.splice(0)) {
      one.signal?.removeEventListener('abort', one.stop);
      if (!one.isStopped) one.reject(translateFailure(error));
    }
    onIdle?.();
    on.onLost();
  };
  stream.removeAllListeners('data');
  stream.on('data', makeWireReader(onMessage));
  stream.on('error', onLost);
  stream.on('close', () => onLost(new Error('Connection terminated unexpectedly')));

  return {
    get waiting() {
      return sent.length;
    },
    get heldFor() {
      const first = sent[0];
      return first === undefined ? 0 : performance.now() - Math.max(first.sentAt, answeredAt);
    },
    get isRetired() {
      return isRetired;
    },
    get usedAt() {
      return answeredAt;
    },
    ask,
    async close() {
      isRetired = true;
      if (sent.length > 0) await new Promise<void>((resolve) => (onIdle = resolve));
      await client.end();
    },
  };
}

function isCancelled(error: unknown): boolean {
  return (error as { readonly code?: string }).code === '57014';
}

/** As `pg` reports it. */
function makeFailure(fields: Readonly<Record<string, string>>): Error {
  const failure = new pg.DatabaseError(fields['M'] ?? '', 0, 'error');
  return Object.assign(failure, {
    ...{ severity: fields['S'], code: fields['C'], detail: fields['D'], hint: fields['H'], position: fields['P'] },
    ...{ where: fields['W'], table: fields['t'], column: fields['c'], constraint: fields['n'] },
  });
}
