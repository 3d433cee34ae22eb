/** Bytes on a bare socket that are meant to be read in two ways, or never to end. */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startHttp } from '../api/http/start-http.ts';

const inner = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
const length = `Content-Length: ${inner.length}`;
const chunked = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`;

/** One request with a body, which a reader of other rules takes for two. */
const ambiguous: Readonly<Record<string, readonly [headers: readonly string[], body: string]>> = {
  'a length and chunks': [[length, 'Transfer-Encoding: chunked'], `0\r\n\r\n${inner}`],
  'chunks and a length': [['Transfer-Encoding: chunked', 'Content-Length: 5'], `0\r\n\r\n${inner}`],
  'two lengths': [['Content-Length: 0', length], inner],
  'two lengths in one line': [[`Content-Length: 0, ${inner.length}`], inner],
  'a length with a sign': [[`Content-Length: +${inner.length}`], inner],
  'a length in hexadecimal': [[`Content-Length: 0x${inner.length.toString(16)}`], inner],
  'a negative length': [['Content-Length: -1'], inner],
  'a length with a blank before its colon': [['Content-Length : 0'], inner],
  'chunks under another name': [['Transfer-Encoding: xchunked'], chunked],
  'chunks that are not the last coding': [['Transfer-Encoding: chunked, identity'], chunked],
  'two codings in two lines': [['Transfer-Encoding: identity', 'Transfer-Encoding: chunked'], chunked],
  'a folded line': [['Transfer-Encoding:', ' chunked'], chunked],
  'a tab in the name': [['Transfer-Encoding\t: chunked'], chunked],
  'a NUL in a value': [['X-Odd: a\0b', length], inner],
  'a bare CR in a value': [['X-Odd: a\rContent-Length: 0', length], inner],
  'a chunk whose size is none': [['Transfer-Encoding: chunked'], `-1\r\n${inner}\r\n0\r\n\r\n`],
  'a chunk whose size does not end': [['Transfer-Encoding: chunked'], `${'0'.repeat(100_000)}`],
  'a chunk that is longer than its size': [['Transfer-Encoding: chunked'], `1\r\n${inner}\r\n0\r\n\r\n`],
};

test.each(Object.entries(ambiguous))('a body with %s is never read as a second request', async (_, [headers, body]) => {
  const seen: string[] = [];
  const { exchange } = await startHttp({ requestTimeoutMs: 500 }, (app) => {
    app.addHook('onRequest', async ({ url }) => void seen.push(url));
  });
  const head = [
    'POST /things HTTP/1.1',
    'Host: x',
    'Connection: close',
    'Content-Type: application/json',
    ...headers,
  ].join('\r\n');
  const answer = await exchange(`${head}\r\n\r\n${body}`).catch(() => '');
  expect(seen).not.toContain('/smuggled');
  // One answer at most, and it is a refusal.
  expect(answer.match(/^HTTP\/1\.1 (?!4)/gm) ?? []).toEqual([]);
});

test.each(['GET /things HTTP/1.1\r\n\r\n', 'GET /things HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'])(
  'a request without one host is refused: %j',
  async (bytes) => {
    const { exchange } = await startHttp({ requestTimeoutMs: 500 });
    const answer = await exchange(bytes.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    // RFC 9112 §3.2 wants 400 for none; of two, Node takes the first, and no answer depends on it.
    expect(answer).toMatch(bytes.includes('Host') ? /^HTTP\/1\.1 (200|400) / : /^HTTP\/1\.1 400 /);
  },
);

test('what a header says of another method is not believed', async () => {
  const { url } = await startHttp();
  for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
    const headers = { 'content-type': 'application/json', [name]: 'DELETE' };
    const response = await fetch(`${url}/things`, { method: 'POST', headers, body: '{"a":1}' });
    expect([response.status, await response.json()]).toEqual([201, { got: { a: 1 } }]);
  }
});

test('a connection on which nothing comes is closed', async () => {
  const { open } = await startHttp({ requestTimeoutMs: 200 });
  const silent = open();
  silent.resume();
  await once(silent, 'close');
});

test('a body that comes a byte at a time is cut off when its time is over, however lively it is', async () => {
  const { open } = await startHttp({ requestTimeoutMs: 300 });
  const socket = open();
  let answer = '';
  socket.on('data', (text: string) => (answer += text)).on('error', () => undefined);
  socket.write('POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n');
  const drip = setInterval(() => socket.write(' '), 20);
  await once(socket, 'close');
  clearInterval(drip);
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
});

test('who does not read an answer is not waited for', async () => {
  const { app, open } = await startHttp({ requestTimeoutMs: 200 }, (routes) => {
    routes.get('/large', async () => ({ text: 'x'.repeat(50_000_000) }));
  });
  const socket = open();
  socket.on('error', () => undefined).pause();
  socket.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(app.server, 'request');
  const count = () =>
    new Promise<number>((resolve) => app.server.getConnections((_, connections) => resolve(connections)));
  await expect.poll(count, { timeout: 10_000 }).toBe(0);
  socket.destroy();
});
