/** Subscriptions as the stock client makes them: over graphql-ws, with its headers in the connection's parameters. */
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { type Client, createClient, type ExecutionResult } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type PersonName, type World } from '../../world.ts';

let world: World;
let url: string;
const clients: Client[] = [];

beforeAll(async () => {
  world = await makeWorld();
  const http = await world.app.listen({ port: 0, host: '127.0.0.1' });
  url = `${http.replace('http', 'ws')}/graphql`;
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.create('alice', 'walklist', {
    ...{ userId: world.people.frank.userId, stops: [{ householdId: world.ids.household }] },
  });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
});

const connect = (authorization: string | null): Client => {
  const connectionParams = authorization === null ? {} : { headers: { Authorization: authorization } };
  const client = createClient({ url, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0, lazy: true });
  clients.push(client);
  return client;
};
const as = (person: PersonName): Client => connect(world.as(person).authorization);

const operation = `subscription onStream($headers: ContactInputHeaders) {
  streamContact(headers: $headers) { documents { id notes isDeleted syncSeq } checkpoint { id syncSeq } } }`;

const listen = (client: Client, query = operation) =>
  client.iterate({ query, variables: { headers: { Authorization: 'x' } } }) as AsyncIterableIterator<
    ExecutionResult<Record<string, { readonly documents: readonly JsonObject[]; readonly checkpoint: JsonObject }>>
  >;
/** Listens, and resolves when the connection is open: what is committed from then on is told. */
const open = async (person: PersonName) => {
  const client = as(person);
  const opened = new Promise<void>((resolve) => client.on('connected', () => resolve()));
  const pages = listen(client);
  const first = pages.next();
  await opened;
  return { client, pages, first };
};
const write = async (notes: string) => {
  const verdict = await world.change(null, 'contact', {
    ...{ kind: 'patch', id: world.ids.contact, etags: '*' },
    operations: () => [{ op: 'add', path: '/notes', value: notes }],
  });
  if ('problem' in verdict) throw verdict.problem;
};
type Told = Awaited<ReturnType<ReturnType<typeof listen>['next']>>;
interface Bulk {
  readonly documents: readonly JsonObject[];
  readonly checkpoint: JsonObject;
}
const bulkOf = ({ value }: Told): Bulk => (value as ExecutionResult<Record<string, Bulk>>).data!['streamContact']!;
const notesOf = (told: Told) => bulkOf(told).documents.map((document) => document['notes']);

test('a change comes to whoever has the row, with the checkpoint behind it', async () => {
  const { pages, first } = await open('frank');
  await write('one');
  const { documents, checkpoint } = bulkOf(await first);
  expect(documents.map(({ notes }) => notes)).toEqual(['one']);
  expect(checkpoint).toEqual({ id: world.ids.contact, syncSeq: documents[0]!['syncSeq'] });
  await write('two');
  expect(notesOf(await pages.next())).toEqual(['two']);
});

test('what is committed between the opening of the connection and the subscription is told', async () => {
  const client = as('frank');
  const opened = new Promise<void>((resolve) => client.on('connected', () => resolve()));
  // One subscription keeps the connection open while another comes late.
  const early = listen(client, operation.replaceAll('Contact', 'Walklist').replace('notes ', ''));
  void early.next().catch(() => undefined);
  await opened;
  await write('in between');
  expect(notesOf(await listen(client).next())).toContain('in between');
});

test('whoever does not have the row is told nothing', async () => {
  const [franks, chelseas] = [await open('frank'), await open('chelsea')];
  let hasHeard = false;
  void chelseas.first.then(
    () => (hasHeard = true),
    () => undefined,
  );
  await write('for frank');
  expect(notesOf(await franks.first)).toEqual(['for frank']);
  await write('for frank again');
  expect(notesOf(await franks.pages.next())).toEqual(['for frank again']);
  expect(hasHeard).toBe(false);
});

test('rights that change cut the connection, since nobody knows what the device has to forget', async () => {
  const { client, first } = await open('frank');
  const closed = new Promise<number>((resolve) =>
    client.on('closed', (event) => resolve((event as { readonly code: number }).code)),
  );
  await write('before');
  await first;
  const [membership] = await world.database.query<{ id: string }>({
    text: 'SELECT id FROM memberships WHERE user_id = $1',
    values: [world.people.frank.userId],
  });
  for (const value of ['disabled', 'active']) {
    await world.change(null, 'membership', {
      ...{ kind: 'patch', id: membership!.id, etags: '*' },
      operations: () => [{ op: 'replace', path: '/status', value }],
    });
  }
  expect(await closed).toBe(4205);
});

test.each([null, 'Bearer nonsense', 'Basic x'])('a connection with the token %j is closed', async (authorization) => {
  const pages = listen(connect(authorization));
  await expect(pages.next()).rejects.toMatchObject({ code: 4403 });
});

test.each([
  ['a query', '{ __typename }'],
  ['a mutation', 'mutation { deleteNote(id: "x", etag: "y") { id } }'],
  ['a field that there is not', 'subscription { streamNothing { checkpoint { id } } }'],
  [
    'two streams at once',
    'subscription { a: streamContact { checkpoint { id } } b: streamContact { checkpoint { id } } }',
  ],
  ['what cannot be read', 'subscription {'],
])('%s is refused', async (_, query) => {
  const pages = listen(as('frank'), query);
  await expect(pages.next()).rejects.toMatchObject([{ message: expect.any(String) as string }]);
});

test('other addresses take no connections, and no message is too large for a phone', async () => {
  const elsewhere = new WebSocket(url.replace('/graphql', '/v2/changes'), 'graphql-transport-ws');
  const [error] = (await once(elsewhere, 'error')) as [Error];
  // It is asked like any other request, and has no token.
  expect(error.message).toContain('401');
  const large = new WebSocket(url, 'graphql-transport-ws');
  await once(large, 'open');
  large.send(JSON.stringify({ type: 'connection_init', payload: { x: 'x'.repeat(70_000) } }));
  const [code] = (await once(large, 'close')) as [number];
  expect(code).toBe(1009);
});

/** Sends the bytes on a connection of their own, and gives back what comes until the server ends it. */
const exchange = async (text: string): Promise<string> => {
  const { hostname, port } = new URL(url);
  const socket = createConnection({ host: hostname, port: Number(port) });
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
};
const offering = (what: string, line: string, more = ''): string =>
  `${line} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: ${what}\r\nHTTP2-Settings: AAMAAABk\r\n${more}`;

test.each(['h2c', 'websocket'])('a request that offers %s elsewhere is answered as if it did not', async (what) => {
  const last = 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  expect(await exchange(`${offering(what, 'GET /health/live')}\r\n${last}`)).toMatch(
    /^HTTP\/1.1 200 [^]*HTTP\/1.1 200 /,
  );
});

test('a body that comes with an offer of HTTP/2 is read', async () => {
  const body = JSON.stringify({ query: '{ __typename }' });
  const headers = `Authorization: ${world.as('frank').authorization}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  const last = 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  expect(await exchange(`${offering('h2c', 'POST /graphql', headers)}${body}${last}`)).toContain(
    '{"__typename":"Query"}',
  );
});

test('whoever offers and hangs up at once harms nobody', async () => {
  const { hostname, port } = new URL(url);
  for (const line of ['GET /x', 'GET /graphql', 'GET /health/live']) {
    for (let count = 0; count < 30; count += 1) {
      const socket = createConnection({ host: hostname, port: Number(port) });
      await once(socket, 'connect');
      socket.write(`${offering('websocket', line)}\r\n`, () => socket.resetAndDestroy());
      await once(socket, 'close');
    }
  }
  expect((await fetch(`${url.replace('ws', 'http').replace('/graphql', '')}/health/live`)).status).toBe(200);
});

test('a connection has an end of its streams', async () => {
  const client = as('frank');
  const streams = Array.from({ length: 31 }, () => listen(client).next());
  await expect(Promise.race(streams)).rejects.toMatchObject([{ message: expect.stringContaining('30') as string }]);
  for (const stream of streams) stream.catch(() => undefined);
});

test('a server that stops does not wait for a client that says nothing', async () => {
  const own = await makeWorld();
  const http = await own.app.listen({ port: 0, host: '127.0.0.1' });
  const { hostname, port } = new URL(http);
  const socket = createConnection({ host: hostname, port: Number(port), allowHalfOpen: true });
  const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n';
  socket.write(`GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n`);
  await once(socket, 'data');
  await own.close();
  socket.destroy();
});

test('a server that stops says so to everybody, and does not wait for them', async () => {
  const own = await makeWorld();
  const http = await own.app.listen({ port: 0, host: '127.0.0.1' });
  const socket = new WebSocket(`${http.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  const closed = once(socket, 'close');
  await own.close();
  expect((await closed)[0]).toBe(1001);
});
