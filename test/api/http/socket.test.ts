import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { readToEnd, startHttp } from './start-http.ts';

const request = (path: string, connection = 'keep-alive'): string =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: ${connection}\r\n\r\n`;

const documentIn = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));

describe('bytes that are no request', () => {
  it.each([
    ['hello\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['GET / HTTP/9.9\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['GET /things HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    [`GET /things HTTP/1.1\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
  ])('get a problem document: %j', async (bytes, status, code) => {
    const { exchange, lines } = await startHttp();
    const answer = await exchange(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('content-type: application/problem+json');
    const { requestId } = documentIn(answer) as { requestId: string };
    expect(documentIn(answer)).toMatchObject({ status, code });
    expect(lines.find(({ msg }) => msg === 'not a request')).toMatchObject({ requestId, code });
  });

  it('do not break into an answer that is under way: the connection ends', async () => {
    const { open } = await startHttp();
    const socket = open();
    socket.write(request('/stream'));
    await once(socket, 'readable');
    socket.write('garbage\r\n\r\n');
    expect(await readToEnd(socket).catch(() => 'reset')).not.toMatch(/HTTP\/1.1 400/);
    expect(socket.destroyed).toBe(true);
  });
});

describe('a request that never finishes', () => {
  it('is 408 when its headers stop', async () => {
    const { exchange } = await startHttp({ requestTimeoutMs: 100 });
    const answer = await exchange('GET /things HTTP/1.1\r\nHost: x\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(documentIn(answer)).toMatchObject({ code: 'REQUEST_TIMEOUT' });
  });

  it('is 408 when its body stops, under its own request id', async () => {
    const { exchange } = await startHttp({ requestTimeoutMs: 100 });
    const head = 'POST /things HTTP/1.1\r\nHost: x\r\nx-request-id: mine\r\nContent-Type: application/json\r\n';
    const answer = await exchange(`${head}Content-Length: 10\r\n\r\n{"a"`);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(documentIn(answer)).toMatchObject({ code: 'REQUEST_TIMEOUT', requestId: 'mine' });
  });

  it('is no bug in the log when the client hangs up in the middle', async () => {
    const { app, open, lines } = await startHttp();
    const socket = open();
    const arrived = once(app.server, 'request');
    socket.write('POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"a"');
    await arrived;
    socket.destroy();
    await expect.poll(() => lines.find(({ msg }) => msg === 'refused')).toMatchObject({ code: 'MALFORMED_REQUEST' });
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

it('an answer that fails in the middle is broken off, and the log says why', async () => {
  const { open, slow, lines } = await startHttp();
  const socket = open();
  socket.write(request('/stream'));
  await once(socket, 'readable');
  slow.finish();
  const answer = await readToEnd(socket).catch(() => 'reset');
  expect(answer).not.toMatch(/\r\n0\r\n/);
  await expect
    .poll(() => lines.find(({ level }) => level === 'error'))
    .toMatchObject({ msg: 'the answer broke in the middle', err: { message: 'the database went away' } });
});

describe('the orderly end', () => {
  it('finishes what is in flight, says that the connection ends, and listens no more', async () => {
    const { open, slow, drain, url } = await startHttp();
    const socket = open();
    const answer = readToEnd(socket);
    socket.write(request('/slow'));
    await slow.entered;
    const drained = drain();
    await expect.poll(() => fetch(`${url}/health/live`).catch((error: unknown) => error)).toBeInstanceOf(Error);
    slow.finish();
    expect(await answer).toMatch(/^HTTP\/1.1 200 [^]*connection: close[^]*\{"slow":true\}$/);
    await drained;
  });

  it('does not wait for a connection that only idles', async () => {
    const { open, drain } = await startHttp();
    const socket = open();
    const answer = readToEnd(socket);
    socket.write(request('/things'));
    await once(socket, 'readable');
    await drain();
    expect(await answer).toMatch(/^HTTP\/1.1 200 /);
  });

  it('cuts off what does not finish within the grace', async () => {
    const { open, slow, drain, lines } = await startHttp({ shutdownGraceMs: 50 });
    const socket = open();
    socket.write(request('/slow'));
    const answer = readToEnd(socket).catch(() => 'reset');
    await slow.entered;
    await drain();
    expect(['', 'reset']).toContain(await answer);
    expect(lines.find(({ level }) => level === 'warn')).toMatchObject({ msg: 'requests in flight were cut off' });
  });

  it('happens once, however often it is asked for', async () => {
    const { drain } = await startHttp();
    await Promise.all([drain(), drain()]);
  });
});
