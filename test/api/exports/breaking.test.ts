/** Exports that do not come to their end: nobody can take a part of one for all of it. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { multiplyRow } from '../../multiply-row.ts';
import { makeWorld, type World } from '../../world.ts';
import { askExport, readCsv } from './ask-export.ts';

let world: World;
let port: number;
const total = 20_000;
beforeAll(async () => {
  world = await makeWorld({ env: { STREAMS: '2', DRAIN_TIMEOUT_MS: '600000' } });
  const { id } = await world.create('alice', 'note', { text: 'x'.repeat(1_500) });
  await multiplyRow(world.database, {
    table: 'notes',
    id,
    count: total - 1,
    changes: `jsonb_build_object('text', row.text || n)`,
  });
  port = Number(new URL(await world.app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => world.close());

/** A client that has asked and reads nothing yet. */
const ask = async (format: string): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  socket.pause();
  await once(socket, 'connect');
  const head = `GET /v2/notes/export?format=${format} HTTP/1.1\r\nHost: x`;
  socket.write(`${head}\r\nAuthorization: ${world.as('alice').authorization}\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
};

const readToEnd = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    socket.on('data', (piece: Buffer) => (text += piece.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
    socket.resume();
  });

/** Asked until it is so: what happens behind a connection that closed takes its time. */
const until = async <T>(look: () => Promise<T>, isSo: (found: T) => boolean): Promise<T> => {
  for (;;) {
    const found = await look();
    if (isSo(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const idIn = (answer: string): string => /<\/v2\/exports\/([0-9a-f-]{36})>; rel="describedby"/.exec(answer)![1]!;

const manifestOf = async (id: string) => {
  const [row] = await world.database.query<{ state: string; manifest: Readonly<Record<string, unknown>> }>({
    text: 'SELECT state, manifest FROM export_jobs WHERE id = $1',
    values: [id],
  });
  return row!;
};

it('one that comes whole says so, with its rows and its checksum', async () => {
  const { bytes, headers } = await askExport(world, 'alice', '/v2/notes/export');
  expect(readCsv(bytes)).toHaveLength(total);
  const { state, manifest } = await manifestOf(idIn(String(headers['link'])));
  expect(state).toBe('complete');
  const { createHash } = await import('node:crypto');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(manifest).toMatchObject({
    ...{ state: 'complete', resource: 'notes', format: 'csv', filter: null, rows: total, bytes: bytes.length },
    parts: [{ name: 'notes-00001.csv', rows: total, bytes: bytes.length, sha256 }],
    failure: null,
  });
});

it('streams of others are left alone: the one that is too many is refused', async () => {
  const clients = [await ask('csv'), await ask('ndjson')];
  const refused = await askExport(world, 'alice', '/v2/notes/export?filter=/data/text eq "none"');
  expect([refused.status, refused.problem.code]).toEqual([503, 'OVERLOADED']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  for (const client of clients) client.destroy();
  const answer = () => askExport(world, 'alice', '/v2/notes/export?filter=/data/text eq "none"');
  expect((await until(answer, ({ status }) => status === 200)).bytes.toString()).toMatch(/^id,.*\r\n$/);
});

it.each(['csv', 'parquet'])(
  'whoever hangs up leaves a manifest of %s that says so, and no connection',
  async (format) => {
    const client = await ask(format);
    const head = String(client.read());
    client.destroy();
    const found = await until(
      () => manifestOf(idIn(head)),
      ({ state }) => state !== 'running',
    );
    expect(found).toMatchObject({ state: 'cancelled', manifest: { state: 'cancelled', parts: [], rows: 0 } });
    const busy = () =>
      world.database.query<{ n: string }>({
        text: `SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'
        AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
        values: [],
      });
    expect(await until(busy, ([row]) => row!.n === '0')).toEqual([{ n: '0' }]);
  },
);

it('a failure in the middle breaks the connection, and the manifest says what it was', async () => {
  const client = await ask('csv');
  await world.database.query({
    text: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY%' AND datname = current_database()`,
    values: [],
  });
  const answer = await readToEnd(client);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).not.toMatch(/\r\n0\r\n\r\n$/);
  const found = await until(
    () => manifestOf(idIn(answer)),
    ({ state }) => state !== 'running',
  );
  expect(found).toMatchObject({
    state: 'failed',
    manifest: { state: 'failed', parts: [], failure: { code: 'DATABASE_UNAVAILABLE' } },
  });
});
