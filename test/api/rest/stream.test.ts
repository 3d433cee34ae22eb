import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../world.ts';
import { briefly, type Call, makeCall } from './call.ts';

const everything = '/v2/notes?limit=9007199254740991';
const total = 20_000;

interface Crowd {
  readonly world: World;
  readonly call: Call;
  readonly port: number;
}

/** A world with so many notes that they fit into no buffer of a socket. Two streams at most. */
const makeCrowd = async (drainTimeoutMs: number): Promise<Crowd> => {
  const world = await makeWorld({ env: { STREAMS: '2', DRAIN_TIMEOUT_MS: String(drainTimeoutMs) } });
  const { id } = await world.create('alice', 'note', { text: 'x'.repeat(1_500) });
  const columns = await world.database.query<{ column: string }>({
    text: `SELECT attname AS column FROM pg_attribute
      WHERE attrelid = 'notes'::regclass AND attnum > 0 AND attname <> 'id' AND NOT attisdropped AND attgenerated = ''`,
    values: [],
  });
  const names = columns.map(({ column }) => `"${column}"`).join(', ');
  await world.database.transaction(async (tx) => {
    // Copies of one valid row: its triggers and references need not be asked twenty thousand times.
    await tx.exec('SET LOCAL session_replication_role = replica; SET LOCAL statement_timeout = 0');
    await tx.query({
      text: `INSERT INTO notes (id, ${names})
        SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ${names}
        FROM notes, generate_series(2, ${total}) n WHERE id = $1`,
      values: [id],
    });
  });
  const address = await world.app.listen({ port: 0, host: '127.0.0.1' });
  return { world, call: makeCall(world), port: Number(new URL(address).port) };
};

/** A client that has asked and reads nothing yet. */
const ask = async ({ world, port }: Crowd): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  socket.pause();
  await once(socket, 'connect');
  socket.write(`GET ${everything} HTTP/1.1\r\nHost: x\r\nAuthorization: ${world.as('alice').authorization}\r\n\r\n`);
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

/** Ids in the order of the answer, without keeping the rest of it. */
const readIds = ({ world, port }: Crowd, url: string): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    request({ port, path: url, headers: world.as('alice') }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece) => (text += String(piece)));
      response.on('error', reject);
      response.on('end', () => resolve((JSON.parse(text) as { data: { id: string }[] }).data.map(({ id }) => id)));
    })
      .on('error', reject)
      .end();
  });

/** A stream that ends soon: answered as long as one is free. */
const tryStream = ({ call }: Crowd) => call('alice', `GET /v2/notes?limit=200000&skip=${total - 1}`).then(briefly);

describe('a streamed list', () => {
  let crowd: Crowd;
  beforeAll(async () => {
    crowd = await makeCrowd(600_000);
  });
  afterAll(() => crowd.world.close());

  it('holds all rows in the order of the pages', async () => {
    const ids = await readIds(crowd, everything);
    expect(new Set(ids).size).toBe(total);
    expect(ids).toEqual([...ids].sort());
    const page = await crowd.call('alice', 'GET /v2/notes?limit=1000&skip=11000');
    expect(page.rows.map(({ id }) => id)).toEqual(ids.slice(11_000, 12_000));
  });

  it('links to its next page, which begins behind its last row whatever was added in front', async () => {
    const { call, world } = crowd;
    const newest = 'sort=/meta/created&sort=DESC';
    const straight = await call('alice', `GET /v2/notes?limit=3000&${newest}`);
    const first = await call('alice', `GET /v2/notes?limit=1500&${newest}`);
    const next = /<([^>]*)>; rel="next"/.exec(first.headers['link'] ?? '')?.[1] as string;
    const added = await world.create('alice', 'note');
    const second = await call('alice', `GET ${next}`);
    await world.change('alice', 'note', { kind: 'remove', id: added.id, etags: '*' });
    expect([first.rows.length, second.rows.length]).toEqual([1500, 1500]);
    expect([...first.rows, ...second.rows]).toEqual(straight.rows);
  });

  it('links to nothing from its last page', async () => {
    for (const [skip, rows] of [
      [total - 1500, 1500],
      [total - 100, 100],
      [total, 0],
    ] as const) {
      const last = await crowd.call('alice', `GET /v2/notes?limit=1500&skip=${skip}`);
      expect([last.rows.length, last.headers['link']]).toEqual([rows, undefined]);
    }
  });

  it('leaves its stream to the next one when its client hangs up', async () => {
    const clients = [await ask(crowd), await ask(crowd)];
    const refused = await crowd.call('alice', 'GET /v2/notes?limit=200000');
    expect(briefly(refused)).toBe('503 OVERLOADED');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await crowd.call('alice', 'GET /v2/notes?limit=1')).status).toBe(200);
    clients.forEach((client) => client.destroy());
    await expect.poll(() => tryStream(crowd), { timeout: 10_000 }).toBe('200');
  });

  it('breaks off when the database goes away, and never closes its JSON', async () => {
    const client = await ask(crowd);
    await crowd.world.database.query({
      text: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%"notes"%' AND state <> 'idle'`,
      values: [],
    });
    const received = await readToEnd(client);
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(received).not.toContain('],"meta":{}}');
    expect(received.endsWith('0\r\n\r\n')).toBe(false);
    await expect.poll(() => tryStream(crowd), { timeout: 10_000 }).toBe('200');
  });
});

describe('a client that does not read', () => {
  it('is cut off after a while, and its JSON is never closed', async () => {
    const crowd = await makeCrowd(200);
    const clients = [await ask(crowd), await ask(crowd)];
    await expect.poll(() => tryStream(crowd), { timeout: 10_000 }).toBe('200');
    for (const client of clients) {
      const received = await readToEnd(client);
      expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(received).not.toContain('],"meta":{}}');
    }
    await crowd.world.close();
  });
});
