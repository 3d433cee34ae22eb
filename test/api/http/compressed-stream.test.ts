import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { frameRows } from '../../../src/rest/frame-rows.ts';
import { makeRowStream } from '../../../src/rest/row-stream.ts';
import { startHttp } from './start-http.ts';

/** Half a megabyte that no coding makes small, so that the buffers between server and client are soon full. */
const someRows = (): readonly string[] =>
  Array.from({ length: 50 }, () => JSON.stringify(randomBytes(5_000).toString('hex')));

interface Source {
  /** Batches until this many; after them the end, or a failure. */
  readonly batches: number;
  readonly fails?: boolean;
  readonly drainTimeoutMs?: number;
}

/** A server whose list is framed and streamed like those of REST. */
const startStream = async ({ batches, fails = false, drainTimeoutMs = 600_000 }: Source) => {
  const seen = { taken: 0, closed: 0, stopped: 0 };
  const http = await startHttp({}, (app) => {
    app.get('/rows', async (_, reply) => {
      const stop = new AbortController();
      stop.signal.addEventListener('abort', () => (seen.stopped += 1));
      async function* rows(): AsyncGenerator<readonly string[]> {
        try {
          for (; seen.taken < batches; seen.taken += 1) yield someRows();
          if (fails) throw new Error('the database went away');
        } finally {
          seen.closed += 1;
        }
      }
      const onStall = (): void => void reply.raw.destroy();
      reply.type('application/json; charset=utf-8');
      return reply.send(await makeRowStream(frameRows(rows()), { stop, drainTimeoutMs, onStall }));
    });
  });
  const open = async (coding: string): Promise<IncomingMessage> => {
    const asking = request(`${http.url}/rows`, { headers: { 'accept-encoding': coding } }).end();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    return response;
  };
  return { ...http, open, seen };
};

/** What came until the end, and whether HTTP says that it was all. */
const readAll = async (response: IncomingMessage) => {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of response) pieces.push(piece as Buffer);
  } catch {
    // Its end is missing: `complete` says so.
  }
  return { bytes: Buffer.concat(pieces), complete: response.complete };
};

describe.each([
  ['br', promisify(brotliDecompress)],
  ['gzip', promisify(gunzip)],
] as const)('a list streamed in %s', (coding, decode) => {
  it('holds all rows', async () => {
    const { open, seen } = await startStream({ batches: 5 });
    const response = await open(coding);
    expect(response.headers).toMatchObject({ 'content-encoding': coding, 'transfer-encoding': 'chunked' });
    const { bytes, complete } = await readAll(response);
    expect(complete).toBe(true);
    const { data } = JSON.parse((await decode(bytes)).toString()) as { data: readonly string[] };
    expect(data).toHaveLength(250);
    expect(seen).toMatchObject({ taken: 5, closed: 1 });
  });

  it('breaks off when its rows fail, and ends neither its coding nor its JSON', async () => {
    const { open, lines } = await startStream({ batches: 5, fails: true });
    const { bytes, complete } = await readAll(await open(coding));
    expect(complete).toBe(false);
    expect(bytes.length).toBeGreaterThan(0);
    await expect(decode(bytes)).rejects.toThrow(/unexpected end/);
    await expect
      .poll(() => lines.filter(({ level }) => level === 'error'))
      .toMatchObject([{ msg: 'the answer broke in the middle', err: { message: 'the database went away' } }]);
  });

  it('gives its rows back when the client hangs up', async () => {
    const { open, seen } = await startStream({ batches: 1_000 });
    const response = await open(coding);
    await once(response, 'readable');
    response.destroy();
    await expect.poll(() => seen).toMatchObject({ closed: 1, stopped: 1 });
    expect(seen.taken).toBeLessThan(100);
  });

  it('is read no faster than its client takes it, and cut off when that takes too long', async () => {
    const { open, seen } = await startStream({ batches: 1_000, drainTimeoutMs: 200 });
    const response = await open(coding);
    await expect.poll(() => seen, { timeout: 10_000 }).toMatchObject({ closed: 1, stopped: 1 });
    const { bytes, complete } = await readAll(response);
    expect(complete).toBe(false);
    await expect(decode(bytes)).rejects.toThrow(/unexpected end/);
    expect(seen.taken).toBeLessThan(100);
  });
});
