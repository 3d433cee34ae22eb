/** The change feed: everything that the caller may see, in commit order, and nothing twice or too late. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/json.ts';
import { readPosition } from '../../../src/read/position.ts';
import { makeWorld, type PersonName, type World } from '../../world.ts';
import { makeAsk } from '../graphql/ask.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

interface Entry {
  readonly resource: string;
  readonly id: string;
  readonly syncSeq: string;
  readonly isDeleted: boolean;
  readonly row?: JsonObject;
}
interface Page {
  readonly data: readonly Entry[];
  readonly meta: { readonly position: string; readonly isComplete: boolean };
}

const get = async (person: PersonName, query: Readonly<Record<string, string>> = {}) => {
  const url = `/v2/changes?${new URLSearchParams(query).toString()}`;
  return world.app.inject({ url, headers: world.as(person) });
};
const page = async (person: PersonName, query: Readonly<Record<string, string>> = {}): Promise<Page> => {
  const response = await get(person, query);
  if (response.statusCode !== 200) throw new Error(response.body);
  return response.json<Page>();
};
const follow = async (person: PersonName, query: Readonly<Record<string, string>> = {}): Promise<Page> => {
  const data: Entry[] = [];
  let after: Record<string, string> = {};
  for (;;) {
    const next = await page(person, { ...query, ...after });
    data.push(...next.data);
    after = { after: next.meta.position };
    if (next.meta.isComplete) return { data, meta: next.meta };
  }
};
const patch = async (person: PersonName | null, resource: string, id: string, path: string, value: Json) => {
  const verdict = await world.change(person, resource, {
    ...{ kind: 'patch', id, etags: '*' },
    operations: () => [{ op: 'add', path, value }],
  });
  if ('problem' in verdict) throw verdict.problem;
};
const placeOf = ({ syncSeq, resource, id }: Entry) => `${syncSeq.padStart(20, '0')} ${resource} ${id}`;

test('pages of any size hold the same, in the order of changes, with the rows as REST shows them', async () => {
  const whole = await follow('alice', { limit: '1000' });
  const places = whole.data.map(placeOf);
  expect(places).toEqual([...places].sort());
  expect(new Set(places).size).toBe(places.length);
  for (const limit of ['1', '7']) expect((await follow('alice', { limit })).data).toEqual(whole.data);
  const contact = whole.data.find(({ id }) => id === world.ids.contact)!;
  const shown = await world.app.inject({ url: `/v2/contacts/${world.ids.contact}`, headers: world.as('alice') });
  expect(contact).toMatchObject({ resource: 'contacts', isDeleted: false, row: shown.json<JsonObject>() });
});

test('everybody is told what is theirs to see', async () => {
  const idsOf = async (person: PersonName) =>
    new Set((await follow(person, { limit: '1000' })).data.map(({ id }) => id));
  const [bob, chelsea, dora] = [await idsOf('bob'), await idsOf('chelsea'), await idsOf('dora')];
  expect([bob, chelsea, dora].map((ids) => ids.has(world.ids.contact))).toEqual([true, false, false]);
  expect([bob, chelsea, dora].map((ids) => ids.has(world.ids.organization))).toEqual([true, true, false]);
});

test('a change comes once, a deleted row as a tombstone without its data', async () => {
  const { meta } = await follow('alice');
  const { id } = await world.create('alice', 'note', { text: 'one' });
  const { id: other } = await world.create('alice', 'note', { text: 'two' });
  await patch('alice', 'note', id, '/text', 'three');
  await world.change('alice', 'note', { kind: 'remove', id: other, etags: '*' });
  const { data, meta: next } = await follow('alice', { after: meta.position });
  expect(data).toMatchObject([
    { resource: 'notes', id, isDeleted: false, row: { data: { text: 'three' } } },
    { resource: 'notes', id: other, isDeleted: true },
  ]);
  expect(Object.keys(data[1]!)).toEqual(['resource', 'id', 'syncSeq', 'isDeleted']);
  expect(await page('alice', { after: next.position })).toEqual({ data: [], meta: next });
});

test('only the resources that are asked for are told', async () => {
  const { data } = await follow('alice', { resources: 'contacts,notes' });
  expect(new Set(data.map(({ resource }) => resource))).toEqual(new Set(['contacts', 'notes']));
});

test('the position of a snapshot is where what comes after it begins', async () => {
  let after = '';
  let inside = '';
  await world.database.transaction(async (tx) => {
    await tx.exec('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    after = await readPosition(tx, world.model, world.people.alice.viewer);
    inside = (await world.create('alice', 'note', { text: 'after the snapshot' })).id;
    expect(await readPosition(tx, world.model, world.people.alice.viewer)).toBe(after);
  });
  expect((await follow('alice', { after })).data.map(({ id }) => id)).toEqual([inside]);
});

test('what only the caller wrote can be left out, and not what others wrote meanwhile', async () => {
  const { meta } = await follow('alice');
  const own = await world.create('alice', 'note', { text: 'mine' });
  const both = await world.create('bob', 'note', { text: "bob's" });
  await patch('alice', 'note', both.id, '/text', 'mine too');
  const theirs = await world.create('bob', 'note', { text: "bob's alone" });
  for (const limit of ['1', '100']) {
    const { data } = await follow('alice', { after: meta.position, excludeOwn: 'true', limit });
    expect(data.map(({ id }) => id)).toEqual([both.id, theirs.id]);
  }
  const all = await follow('alice', { after: meta.position });
  expect(all.data.map(({ id }) => id)).toEqual([own.id, both.id, theirs.id]);
});

test('waiting ends with the next change, and with the time', async () => {
  const { meta } = await follow('alice');
  const waiting = page('alice', { after: meta.position, wait: '30' });
  const { id } = await world.create('bob', 'note', { text: 'now' });
  const { data, meta: next } = await waiting;
  expect(data.map((entry) => entry.id)).toEqual([id]);
  expect((await page('alice', { after: next.position, wait: '1' })).data).toEqual([]);
});

test('what another process commits wakes who waits', async () => {
  const { meta } = await follow('alice');
  const waiting = page('alice', { after: meta.position, wait: '30' });
  // As another process does it: this one is not told.
  const [row] = await world.database.transaction(async (tx) => {
    await tx.query({ text: 'SELECT doorstep_take_position($1::uuid)', values: [world.ids.customer] });
    return tx.query<{ id: string }>({
      text: `UPDATE contacts SET notes = 'elsewhere' WHERE customer_id = $1 RETURNING id`,
      values: [world.ids.customer],
    });
  });
  expect((await waiting).data.map(({ id }) => id)).toContain(row!.id);
});

test('GraphQL tells the same', async () => {
  const { data } = await follow('alice', { resources: 'notes' });
  const query = `query ($limit: Int) { changes(resources: ["notes"], limit: $limit) {
    changes { resource id syncSeq isDeleted row } position isComplete } }`;
  const answer = await makeAsk(world)('alice', query, { limit: 1000 });
  expect(answer.errors).toBeUndefined();
  const { changes, isComplete } = answer.data!['changes'] as unknown as { changes: Entry[]; isComplete: boolean };
  expect(isComplete).toBe(true);
  expect(changes).toEqual(data.map((entry) => ({ ...entry, row: entry.row ?? null })));
});

test('whoever has other rights now begins anew', async () => {
  const { meta } = await follow('frank');
  const [membership] = await world.database.query<{ id: string }>({
    text: 'SELECT id FROM memberships WHERE user_id = $1',
    values: [world.people.frank.userId],
  });
  await patch(null, 'membership', membership!.id, '/status', 'disabled');
  await patch(null, 'membership', membership!.id, '/status', 'active');
  const refused = await get('frank', { after: meta.position });
  expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([410, 'SYNC_CHECKPOINT_EXPIRED']);
  expect((await follow('frank')).data.length).toBeGreaterThan(0);
});

const refused: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
  ['a position that is none', { after: 'nonsense' }, 400],
  ['a limit of nothing', { limit: '0' }, 400],
  ['a limit that is too large', { limit: '1001' }, 400],
  ['a limit that is no number', { limit: '1e2' }, 400],
  ['too long a wait', { wait: '61' }, 400],
  ['a resource that there is not', { resources: 'contacts,kontakte' }, 400],
  ['an answer that is neither yes nor no', { excludeOwn: 'maybe' }, 400],
  ['a misspelt parameter', { afters: '1.0' }, 400],
];
test.each(refused)('%s is refused', async (_, query, status) => {
  const response = await get('alice', query);
  expect([response.statusCode, response.headers['content-type']]).toEqual([status, 'application/problem+json']);
});

test('events follow each other, carry positions, and end with the server', async () => {
  const url = await world.app.listen({ port: 0, host: '127.0.0.1' });
  const { meta } = await follow('alice');
  const abort = new AbortController();
  const headers = { ...world.as('alice'), accept: 'text/event-stream', 'last-event-id': meta.position };
  const response = await fetch(`${url}/v2/changes`, { headers, signal: abort.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toContain('event: changes\ndata: []');
  const { id } = await world.create('bob', 'note', { text: 'line\nbreak' });
  let text = '';
  while (!text.includes('\n\n')) text += (await reader.read()).value ?? '';
  const data = [...text.matchAll(/^data: (.*)$/gm)].map(([, line]) => line).join('\n');
  expect((JSON.parse(data) as readonly Entry[]).map((entry) => entry.id)).toEqual([id]);
  expect(text).toMatch(/^id: \d+\.\d+$/m);
  abort.abort();
});
