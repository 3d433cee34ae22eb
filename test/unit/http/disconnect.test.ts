import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { watchDisconnect } from '../../../src/http/disconnect.ts';

test('who hung up before anybody watched is noticed too', async () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const asked = once(server, 'request') as Promise<[unknown, ServerResponse]>;
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [, raw] = await asked;
  const closed = once(raw, 'close');
  socket.destroy();
  await closed;
  expect(watchDisconnect({ raw }).signal).toMatchObject({ aborted: true, reason: { code: 'ECONNRESET' } });
});
