/**
 * Every statement that leaves this process for a PostgreSQL, read from the bytes of its connections (PostgreSQL's
 * documentation, "Message Formats"). A connection is understood when it was opened after the tap.
 */
import { Socket } from 'node:net';
import { vi } from 'vitest';

export interface TappedStatement {
  /** What the connection was opened with: `database`, `user`, `application_name`. */
  readonly start: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface WireTap {
  /** The statements that were carried out since the last call. */
  take(): readonly TappedStatement[];
  stop(): void;
}

interface Connection {
  readonly start: Readonly<Record<string, string>>;
  /** What is prepared, by name. */
  readonly texts: Map<string, string>;
  bound: string;
}

const protocol3 = 196_608;

export function tapWire(): WireTap {
  const connections = new WeakMap<Socket, Connection>();
  let taken: TappedStatement[] = [];
  const write = Socket.prototype.write;
  const spy = vi.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...given: unknown[]) {
    const [bytes] = given;
    if (Buffer.isBuffer(bytes)) read(this, bytes);
    return (write as (...all: unknown[]) => boolean).apply(this, given);
  });
  const read = (socket: Socket, bytes: Buffer): void => {
    const connection = connections.get(socket);
    if (connection !== undefined) return readMessages(connection, bytes);
    if (bytes.length < 8 || bytes.readInt32BE(0) !== bytes.length || bytes.readInt32BE(4) !== protocol3) return;
    const words = bytes.toString('utf8', 8).split('\0');
    const start: Record<string, string> = {};
    for (let index = 0; index + 1 < words.length; index += 2) start[words[index]!] = words[index + 1]!;
    connections.set(socket, { start, texts: new Map(), bound: '' });
  };
  // Whoever writes puts whole messages into a buffer.
  const readMessages = (connection: Connection, bytes: Buffer): void => {
    for (let at = 0; at + 5 <= bytes.length;) {
      const end = at + 1 + bytes.readUInt32BE(at + 1);
      const words = bytes.toString('utf8', at + 5, end).split('\0');
      const letter = String.fromCharCode(bytes[at]!);
      if (letter === 'P') connection.texts.set(words[0]!, words[1]!);
      if (letter === 'B') connection.bound = words[1]!;
      if (letter === 'E') taken.push({ start: connection.start, text: connection.texts.get(connection.bound) ?? '' });
      if (letter === 'Q') taken.push({ start: connection.start, text: words[0]! });
      at = end;
    }
  };
  return {
    take() {
      const all = taken;
      taken = [];
      return all;
    },
    stop: () => spy.mockRestore(),
  };
}
