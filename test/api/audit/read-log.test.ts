/** Who reads personal data in bulk is recorded, with what they asked for and how many rows they got. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBulkReads } from '../../../src/audit/bulk-reads.ts';
import { systemClock } from '../../../src/clock.ts';
import { makeLog } from '../../../src/log.ts';
import { makeWorld, type PersonName, type World } from '../../world.ts';
import { dataOf, makeAsk } from '../graphql/ask.ts';
import { briefly, type Call, makeCall } from '../rest/call.ts';

const threshold = 5;

let world: World;
let call: Call;
beforeAll(async () => {
  world = await makeWorld({ env: { BULK_READ_ROWS: String(threshold) } });
  call = makeCall(world);
  for (let note = 0; note < threshold + 2; note += 1) await world.create('alice', 'note', { text: `note ${note}` });
});
afterAll(() => world.close());

interface Entry {
  readonly id: string;
  readonly userId: string;
  readonly transport: string;
  readonly resource: string;
  readonly filter?: string;
  readonly rows: number;
}

/** What is recorded behind the answers to `work`. */
async function recordedOf(work: () => Promise<unknown>): Promise<readonly Entry[]> {
  const [last] = await listReads();
  await work();
  await world.bulkReads.flush();
  const all = await listReads();
  return all.slice(0, last === undefined ? all.length : all.findIndex(({ id }) => id === last.id));
}

async function listReads(person: PersonName = 'alice', query = ''): Promise<readonly Entry[]> {
  const answer = await call(person, `GET /v1/audit/reads${query}`);
  expect(answer.status).toBe(200);
  return answer.rows as unknown as readonly Entry[];
}

test('a long list over REST is recorded with its filter, and a short one is not', async () => {
  const filter = encodeURIComponent('/data/text like "note *"');
  const recorded = await recordedOf(async () => {
    await call('bob', `GET /v2/notes?limit=${threshold - 1}`);
    await call('bob', `GET /v2/notes?filter=${filter}`);
  });
  const { userId } = world.people.bob;
  const facts = { userId, transport: 'rest', resource: 'notes', rows: threshold + 2 };
  expect(recorded).toMatchObject([{ ...facts, filter: '/data/text like "note *"' }]);
});

test('a streamed list is recorded by what was taken of it', async () => {
  const recorded = await recordedOf(() => call('alice', 'GET /v2/notes?limit=9007199254740991'));
  expect(recorded).toMatchObject([{ transport: 'rest', resource: 'notes', rows: threshold + 2 }]);
  expect(recorded[0]).not.toHaveProperty('filter');
});

test('GraphQL is counted however deep the rows lie, on every way that an operation may go', async () => {
  const query = `query ($text: String) { campaign(id: "${world.ids.campaign}") { id }
    contacts { nodes { notes(filter: { text: { neq: $text } }) { edges { node { id data { text } } } } } } }`;
  for (let time = 0; time < 3; time += 1) {
    const recorded = await recordedOf(() => dataOf(makeAsk(world)('alice', query, { text: 'a\nb' })));
    expect(recorded).toMatchObject([{ transport: 'graphql', resource: 'contacts,notes', rows: 1 + threshold + 2 }]);
  }
  const whole = `query ($like: String) { notes(filter: { text: { like: $like } }, limit: 50) { nodes { data { text } } } __schema { __typename } }`;
  const recorded = await recordedOf(() => dataOf(makeAsk(world)('alice', whole, { like: 'note *' })));
  expect(recorded).toMatchObject([{ rows: threshold + 2, filter: '/data/text like "note *"' }]);
});

test('an end of line inside a text counts for no row', async () => {
  const { id } = await world.create('alice', 'contact', { notes: 'a\n'.repeat(20), externalId: makeId() });
  const query = `query ($id: ID!) { contacts(filter: { id: { eq: $id } }) { nodes { data { notes profile } } } }`;
  expect(await recordedOf(() => dataOf(makeAsk(world)('alice', query, { id })))).toEqual([]);
});

test('lists of what is nobody’s data are not recorded', async () => {
  for (let status = 0; status < threshold; status += 1) await world.create('alice', 'status', { name: `s${status}` });
  expect(await recordedOf(() => call('alice', 'GET /v1/statuses'))).toEqual([]);
});

test('the log is shown where read@audit holds, and to nobody else', async () => {
  await call('alice', 'GET /v2/notes');
  await world.bulkReads.flush();
  expect((await listReads('bob')).length).toBeGreaterThan(0);
  expect(await listReads('chelsea')).toEqual([]);
  expect(await listReads('dora')).toEqual([]);
  const { id: roleId } = await world.create(null, 'role', { name: 'reader', permissions: ['read@notes'] });
  const { id: userId } = await world.create(null, 'user', { email: `${makeId()}@doorstep.example`, status: 'active' });
  const { organization: organizationId, customer: customerId } = world.ids;
  await world.create(null, 'membership', { organizationId, userId, roleId, status: 'active' });
  const token = await world.tokens.sign({ userId, customerId, organizationId, lifetimeSeconds: 60 });
  const headers = { authorization: `Bearer ${token}` };
  expect(briefly(await call(null, 'GET /v1/audit/reads', { headers }))).toBe('403 FORBIDDEN');
});

test('it is asked for by person and resource, in pages', async () => {
  for (const person of ['alice', 'bob', 'alice'] as const) await call(person, 'GET /v2/notes');
  await world.bulkReads.flush();
  const { userId } = world.people.bob;
  const ofBob = await listReads('alice', `?userId=${userId}&resource=notes`);
  expect(new Set(ofBob.map((entry) => entry.userId))).toEqual(new Set([userId]));
  expect(await listReads('alice', '?resource=households')).toEqual([]);
  const first = await call('alice', 'GET /v1/audit/reads?limit=1');
  const next = /<([^>]*)>/.exec(first.headers['link']!)![1]!;
  const all = await listReads();
  expect((await call('alice', `GET ${next}`)).rows).toMatchObject([{ id: all[1]!.id }]);
  for (const query of ['?after=x', '?limit=5000']) {
    expect(briefly(await call('alice', `GET /v1/audit/reads${query}`))).toBe('400 INVALID_PAGE');
  }
  expect(briefly(await call('alice', 'GET /v1/audit/reads?userId=x'))).toBe('400 INVALID_INPUT');
});

test('what cannot be written yet is kept, and written later, once', async () => {
  const log = makeLog({ logLevel: 'silent', logFormat: 'json' });
  let isAway = true;
  const database = {
    query: <Row>(statement: never): Promise<readonly Row[]> =>
      isAway ? Promise.reject(new Error('away')) : world.database.query<Row>(statement),
  };
  const bulkReads = makeBulkReads({ database, clock: systemClock, log, threshold: 1 });
  const { viewer } = world.people.alice;
  const resource = `kept-${makeId()}`;
  bulkReads.record({ viewer, transport: 'export', resource, filter: null, rows: 1, requestId: null });
  await bulkReads.flush();
  isAway = false;
  bulkReads.record({ viewer, transport: 'export', resource, filter: null, rows: 2, requestId: null });
  await bulkReads.close();
  expect((await listReads('alice', `?resource=${resource}`)).map(({ rows }) => rows)).toEqual([2, 1]);
});

test('what a device pulls of a collection within a moment is one entry', async () => {
  const { alice, bob } = world.people;
  const resource = `pulled-${makeId()}`;
  const pull = ({ viewer }: typeof alice, rows: number): void =>
    world.bulkReads.record({ viewer, transport: 'sync', resource, filter: null, rows, requestId: null });
  await world.bulkReads.flush();
  pull(alice, 500);
  pull(bob, 7);
  pull(alice, 20);
  await world.bulkReads.flush();
  pull(alice, 3);
  await world.bulkReads.flush();
  const entries = await listReads('alice', `?resource=${resource}`);
  expect(entries.map(({ userId, rows }) => [userId, rows])).toEqual([
    [alice.userId, 3],
    [bob.userId, 7],
    [alice.userId, 520],
  ]);
});

test('it is written behind the answer, without anybody asking for it', async () => {
  const count = (await listReads()).length;
  await call('alice', 'GET /v2/notes');
  await expect.poll(async () => (await listReads()).length, { timeout: 10_000, interval: 200 }).toBeGreaterThan(count);
});
