/** A mail server of the tests: it takes every letter, as far as SMTP (RFC 5321) is needed for that, and shows them. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface ReceivedLetter {
  readonly to: string;
  /** The whole letter, headers included, without the line breaks that encoding put into long lines. */
  readonly text: string;
}

export interface LetterBox {
  readonly url: string;
  readonly letters: readonly ReceivedLetter[];
  /** From now on the server takes nothing. */
  refuse(): void;
  close(): Promise<void>;
}

export async function openLetterBox(): Promise<LetterBox> {
  const letters: ReceivedLetter[] = [];
  const sockets = new Set<Socket>();
  let isRefusing = false;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    receive(
      socket,
      (letter) => void letters.push(letter),
      () => isRefusing,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters,
    refuse: () => (isRefusing = true),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function receive(socket: Socket, take: (letter: ReceivedLetter) => void, isRefusing: () => boolean): void {
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  let waiting = '';
  let to = '';
  let lines: string[] | null = null;
  const hear = (line: string): void => {
    if (lines !== null && line !== '.') return void lines.push(line);
    if (lines !== null) {
      const text = lines.join('\n').replaceAll('=\n', '').replaceAll('=3D', '=');
      take({ to, text });
      lines = null;
      return say('250 taken');
    }
    const command = line.slice(0, 4).toUpperCase();
    if (command === 'RCPT') to = /<(.*)>/.exec(line)?.[1] ?? '';
    if (command === 'DATA') lines = [];
    if (command === 'RCPT' && isRefusing()) return say('550 not today');
    say(command === 'DATA' ? '354 go on' : command === 'QUIT' ? '221 bye' : '250 ok');
  };
  socket.on('error', () => socket.destroy());
  socket.setEncoding('utf8').on('data', (text: string) => {
    const parts = (waiting + text).split('\r\n');
    waiting = parts.pop()!;
    parts.forEach(hear);
  });
  say('220 letter box');
}
