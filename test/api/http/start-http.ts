/**
 * The HTTP server of the tests: the real one on a free port, without a database, with a few routes to try it on.
 * `lines` are the log lines it wrote.
 */
import { connect, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { type Config, parseConfig } from '../../../src/config.ts';
import type { FindCaller } from '../../../src/http/find-caller.ts';
import { makeHttp, type Http } from '../../../src/http/http.ts';
import { makeLog } from '../../../src/log.ts';
import { Problem } from '../../../src/problem.ts';

export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly requestId?: string;
  readonly [key: string]: unknown;
}

export interface StartedHttp extends Http {
  readonly url: string;
  readonly lines: readonly LogLine[];
  readonly database: { isAway: boolean };
  /** What the server believes that time it is. */
  readonly clock: { now(): Date; moveOn(seconds: number): void };
  /** Resolves when a request has reached `/slow`; the second function lets it finish. */
  readonly slow: { readonly entered: Promise<void>; readonly finish: () => void };
  /** Sends the bytes on a connection of its own and resolves with all that comes back until the server ends it. */
  exchange(...pieces: readonly string[]): Promise<string>;
  open(): Socket;
}

export async function startHttp(
  config: Partial<Config> = {},
  addRoutes: (app: FastifyInstance) => void = () => undefined,
  findCaller: FindCaller = () => null,
): Promise<StartedHttp> {
  const lines: LogLine[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) };
  const database = { isAway: false };
  const clock = makeClock();
  const http = makeHttp({
    log: makeLog({ logLevel: 'trace', logFormat: 'json' }, { destination }),
    clock,
    config: { ...parseConfig({ BODY_LIMIT: '1000', SHUTDOWN_GRACE_MS: '60000', RATE_LIMIT: '0' }), ...config },
    findCaller,
    ping: async () => {
      if (database.isAway) throw new Problem('DATABASE_UNAVAILABLE', 'The database does not answer.');
    },
  });
  const entered = makeSignal();
  const finished = makeSignal();
  const { app } = http;
  app.get('/things', async () => ({ data: [] }));
  app.post('/things', async (request, reply) => reply.code(201).send({ got: request.body }));
  app.post('/things/bulk', { bodyLimit: 4_000 }, async () => ({}));
  app.patch('/things/:id', async (request) => ({ got: request.body }));
  app.delete('/things/:id', async () => ({}));
  app.get('/broken', async () => Promise.reject(new Error('SELECT name FROM voters failed')));
  app.get('/stale', async () => Promise.reject(new Problem('ETAG_STALE', 'It has changed.', { etag: '2-abc' })));
  app.get('/slow', async () => {
    entered.raise();
    await finished.raised;
    return { slow: true };
  });
  app.get('/stream', async (_, reply) => {
    const stream = new PassThrough();
    void finished.raised.then(() => stream.destroy(new Error('the database went away')));
    stream.write('[1,');
    return reply.type('application/json').send(stream);
  });
  addRoutes(app);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const port = Number(new URL(url).port);
  onTestFinished(async () => {
    finished.raise();
    app.server.closeAllConnections();
    await app.close();
  });

  const open = (): Socket => connect(port, '127.0.0.1').setEncoding('utf8');
  return {
    ...http,
    url,
    lines,
    database,
    clock,
    slow: { entered: entered.raised, finish: finished.raise },
    open,
    exchange(...pieces) {
      const socket = open();
      for (const piece of pieces) socket.write(piece);
      return readToEnd(socket);
    },
  };
}

export async function readToEnd(socket: Socket): Promise<string> {
  let all = '';
  for await (const piece of socket) all += String(piece);
  return all;
}

function makeClock(): StartedHttp['clock'] {
  let ms = Date.UTC(2026, 4, 1, 12);
  return { now: () => new Date(ms), moveOn: (seconds) => void (ms += seconds * 1_000) };
}

function makeSignal(): { readonly raised: Promise<void>; readonly raise: () => void } {
  let raise = (): void => undefined;
  const raised = new Promise<void>((resolve) => (raise = resolve));
  return { raised, raise };
}
