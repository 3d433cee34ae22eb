import { request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { startHttp } from './start-http.ts';

const text = JSON.stringify({ data: Array.from({ length: 200 }, (_, count) => ({ name: `Ada ${count}` })) });
const long = JSON.stringify({ data: Array.from({ length: 20_000 }, (_, count) => ({ name: `Ada ${count}` })) });

const addRoutes = (app: FastifyInstance): void => {
  app.get('/list', async (_, reply) => {
    reply.headers({ etag: '"2-abc"', vary: 'authorization' });
    return reply.type('application/json; charset=utf-8').send(text);
  });
  app.get('/long', async (_, reply) => reply.type('application/json; charset=utf-8').send(long));
  app.get('/graphql', async (_, reply) => reply.type('application/graphql-response+json; charset=utf-8').send(text));
  app.get('/problem', async (_, reply) => reply.type('application/problem+json').send(Buffer.from(text)));
  app.get('/page', async (_, reply) => reply.type('text/html; charset=utf-8').send(text));
  app.get('/picture', async (_, reply) => reply.type('image/png').send(text));
  app.get('/events', async (_, reply) => reply.type('text/event-stream').send(text));
  app.get('/coded', async (_, reply) => reply.headers({ 'content-encoding': 'zstd' }).type('text/plain').send(text));
  app.get('/part', async (_, reply) => {
    return reply.code(206).header('content-range', 'bytes 0-9/10').type('text/plain').send(text);
  });
  app.get('/same', async (_, reply) => reply.code(304).header('etag', '"2-abc"').send());
};

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** As its Content-Encoding says. */
  readonly text: string;
}

const decoders = new Map<string | undefined, (bytes: Buffer) => Promise<Buffer>>([
  ['br', promisify(brotliDecompress)],
  ['gzip', promisify(gunzip)],
]);

/** Below fetch, which decodes answers and hides how they came. */
const ask = async (url: string, acceptEncoding: string | null, method = 'GET'): Promise<Answer> => {
  const headers = acceptEncoding === null ? {} : { 'accept-encoding': acceptEncoding };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    send(url, { method, headers }, resolve).on('error', reject).end();
  });
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  const decode = bytes.length === 0 ? undefined : decoders.get(response.headers['content-encoding']);
  const decoded = decode === undefined ? bytes : await decode(bytes);
  return { status: response.statusCode, headers: response.headers, bytes, text: decoded.toString('utf8') };
};

/** All headers save those of this one answer. */
const lasting = ({ date: _, 'x-request-id': __, ...rest }: IncomingHttpHeaders) => rest;

describe.each(['/list', '/long'])('an answer at %s', (path) => {
  const whole = path === '/list' ? text : long;

  it.each(['br', 'gzip'])('is sent in %s to who accepts that, with its length', async (coding) => {
    const { url } = await startHttp({}, addRoutes);
    const answer = await ask(url + path, coding);
    expect(answer.headers).toMatchObject({
      'content-encoding': coding,
      'content-length': String(answer.bytes.length),
      'content-type': 'application/json; charset=utf-8',
    });
    expect(answer.text).toBe(whole);
    expect(answer.bytes.length).toBeLessThan(whole.length / 3);
  });

  it('is sent as it is to everybody else', async () => {
    const { url } = await startHttp({}, addRoutes);
    for (const acceptEncoding of [null, 'identity', 'gzip;q=0', 'zstd']) {
      const { headers, bytes } = await ask(url + path, acceptEncoding);
      expect(headers['content-encoding']).toBeUndefined();
      expect(bytes.toString()).toBe(whole);
    }
  });

  it('has for HEAD the headers of GET, whatever the client accepts', async () => {
    const { url } = await startHttp({}, addRoutes);
    for (const acceptEncoding of [null, 'br', 'gzip']) {
      const [get, head] = [await ask(url + path, acceptEncoding), await ask(url + path, acceptEncoding, 'HEAD')];
      expect(lasting(head.headers)).toEqual(lasting(get.headers));
      expect(head.bytes.length).toBe(0);
    }
  });
});

describe('compression', () => {
  it('is named in Vary beside what else the answer depends on, used or not', async () => {
    const { url } = await startHttp({ corsOrigins: ['https://field.example'] }, addRoutes);
    for (const [path, vary] of [
      ['/list', 'authorization, origin, accept-encoding'],
      ['/same', 'origin, accept-encoding'],
      ['/nowhere', 'origin, accept-encoding'],
    ]) {
      expect((await ask(url + path, 'gzip')).headers.vary).toBe(vary);
      expect((await ask(url + path, null)).headers.vary).toBe(vary);
    }
  });

  it('leaves the etag as it is: it is what a change is guarded with', async () => {
    const { url } = await startHttp({}, addRoutes);
    expect((await ask(`${url}/list`, 'gzip')).headers).toMatchObject({ 'content-encoding': 'gzip', etag: '"2-abc"' });
  });

  it.each([
    ['/graphql', 'br'],
    ['/problem', 'br'],
    ['/page', 'br'],
    ['/picture', undefined],
    ['/events', undefined],
    ['/part', undefined],
    ['/coded', 'zstd'],
    ['/things', undefined],
    ['/same', undefined],
  ])('codes what is text and long enough: %s comes as %s', async (path, coding) => {
    const { url } = await startHttp({}, addRoutes);
    const { headers } = await ask(url + path, 'br, gzip');
    expect(headers['content-encoding']).toBe(coding);
  });

  it('is off when the server is told so', async () => {
    const { url } = await startHttp({ compression: 'off' }, addRoutes);
    const { headers, bytes } = await ask(`${url}/list`, 'gzip');
    expect([headers['content-encoding'], headers.vary]).toEqual([undefined, 'authorization']);
    expect(bytes.toString()).toBe(text);
  });
});
