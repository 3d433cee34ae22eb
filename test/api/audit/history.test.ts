/** What was changed of a row is shown to who may see the row and holds read@audit there, over both transports. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type Row, type World } from '../../world.ts';
import { dataOf, makeAsk } from '../graphql/ask.ts';
import { briefly, type Call, makeCall } from '../rest/call.ts';
import { envelopeOf, patch, remove, replace, restore } from '../write/verdicts.ts';

let world: World;
let call: Call;
beforeAll(async () => {
  world = await makeWorld();
  call = makeCall(world);
});
afterAll(() => world.close());

interface Entry extends JsonObject {
  readonly cursor: string;
  readonly verb: string;
}

const historyOf = async (row: Pick<Row, 'id'>, query = ''): Promise<readonly Entry[]> => {
  const answer = await call('alice', `GET /v2/notes/${row.id}/history${query}`);
  expect(answer.status).toBe(200);
  return answer.rows as unknown as readonly Entry[];
};

/** A note with a long life: created, changed twice, removed and restored. */
async function makeLived(): Promise<Row> {
  const note = await world.create('alice', 'note', { text: 'one' });
  const two = envelopeOf(await world.change('bob', 'note', patch(note, replace('/text', 'two'))));
  const three = envelopeOf(
    await world.change('alice', 'note', patch({ id: note.id, etag: two.meta.etag }, replace('/text', 'three'))),
  );
  const gone = envelopeOf(await world.change('bob', 'note', remove({ id: note.id, etag: three.meta.etag })));
  const back = envelopeOf(await world.change('alice', 'note', restore({ id: note.id, etag: gone.meta.etag })));
  return { ...note, etag: back.meta.etag };
}

test('it says newest first what was done, by whom and when, with a patch of what changed', async () => {
  const note = await makeLived();
  const entries = await historyOf(note);
  expect(entries.map(({ verb }) => verb)).toEqual(['restore', 'remove', 'patch', 'patch', 'create']);
  const { alice, bob } = world.people;
  expect(entries.map(({ by }) => by)).toEqual([alice, bob, alice, bob, alice].map(({ userId }) => userId));
  expect(entries[2]!['patch']).toEqual([{ op: 'replace', path: '/text', value: 'three' }]);
  expect(entries[4]!['patch']).toMatchObject([{ op: 'add', path: '', value: { text: 'one' } }]);
  const positions = entries.map(({ position }) => Number(position));
  expect(positions).toEqual(positions.toSorted((one, other) => other - one));
});

test('it says through which client and request', async () => {
  const headers = { 'x-request-id': 'the-request-of-a-test' };
  const made = await call('alice', 'POST /v2/notes', { headers, body: world.body('note') });
  expect(await historyOf(made.row)).toMatchObject([{ verb: 'create', requestId: 'the-request-of-a-test' }]);
});

test('it comes in pages, each entry once', async () => {
  const note = await makeLived();
  const all = await historyOf(note);
  const found: Entry[] = [];
  let url = `/v2/notes/${note.id}/history?limit=2`;
  for (let page = 0; page < 4 && url !== ''; page += 1) {
    const answer = await call('alice', `GET ${url}`);
    found.push(...(answer.rows as unknown as readonly Entry[]));
    url = /<([^>]*)>/.exec(answer.headers['link'] ?? '')?.[1] ?? '';
  }
  expect(found).toEqual(all);
  expect(url).toBe('');
});

test('two changes of a row in one transaction keep their order', async () => {
  const note = await world.create('alice', 'note', { text: 'a' });
  const change = (value: string) =>
    ({ kind: 'patch', id: note.id, etags: '*', operations: () => [replace('/text', value)] }) as const;
  await world.changeAll('alice', 'note', [change('b'), change('c'), change('d')], 'abort');
  const values = (await historyOf(note)).flatMap(({ patch: operations }) =>
    (operations as readonly JsonObject[]).map(({ value }) => value),
  );
  expect(values.slice(0, 3)).toEqual(['d', 'c', 'b']);
});

test('GraphQL has it at the row, with the same entries', async () => {
  const note = await makeLived();
  const query = `query ($id: ID!) { note(id: $id) {
    history { cursor position verb at by client requestId patch } latest: history(limit: 1) { verb } } }`;
  // The second time goes the short way.
  for (let time = 0; time < 2; time += 1) {
    const { note: found } = await dataOf<{ note: { history: readonly JsonObject[]; latest: unknown } }>(
      makeAsk(world)('alice', query, { id: note.id }),
    );
    expect(found.latest).toEqual([{ verb: 'restore' }]);
    const entries = found.history.map((entry) =>
      Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null)),
    );
    expect(entries).toEqual(await historyOf(note));
    const [, second] = entries;
    const older = 'query ($id: ID!, $after: String) { note(id: $id) { history(after: $after) { cursor } } }';
    const rest = await dataOf<{ note: { history: readonly JsonObject[] } }>(
      makeAsk(world)('alice', older, { id: note.id, after: second!['cursor']! }),
    );
    expect(rest.note.history).toEqual(entries.slice(2).map(({ cursor }) => ({ cursor })));
  }
});

test('who may not audit is told so, and who may not see the row is told nothing', async () => {
  const note = await world.create('alice', 'note');
  const url = `GET /v2/notes/${note.id}/history` as const;
  // Frank's role in this world is read@*, which holds read@audit as well.
  const reader = await world.create(null, 'role', { name: 'reader', permissions: ['read@notes'] });
  const rows = await world.rows<{ id: string; etag: string; user_id: string }>('membership');
  const membership = rows.find(({ user_id: userId }) => userId === world.people.frank.userId)!;
  await world.change(null, 'membership', patch(membership, replace('/roleId', reader.id)));
  world.viewers.forget(world.ids.customer);
  const answers = await Promise.all((['frank', 'chelsea', 'erin', 'dora'] as const).map((person) => call(person, url)));
  expect(answers.map(briefly)).toEqual(['403 FORBIDDEN', '404 NOT_FOUND', '404 NOT_FOUND', '404 NOT_FOUND']);
  const query = '{ notes(limit: 1) { nodes { history { verb } } } }';
  const { notes } = await dataOf<{ notes: { nodes: unknown } }>(makeAsk(world)('frank', query));
  expect(notes.nodes).toEqual([{ history: null }]);
  expect(briefly(await call(null, url))).toBe('401 UNAUTHENTICATED');
});

test('a customer-wide row is audited only in its own group, though everybody reads it', async () => {
  const status = await world.create('alice', 'status', { name: 'Audited' });
  const url = `GET /v1/statuses/${status.id}/history` as const;
  expect((await call('alice', url)).status).toBe(200);
  expect(briefly(await call('chelsea', url))).toBe('403 FORBIDDEN');
});

test('a deleted row has a history', async () => {
  const note = await world.create('alice', 'note');
  await world.change('alice', 'note', remove(note));
  expect((await historyOf(note)).map(({ verb }) => verb)).toEqual(['remove', 'create']);
});

test('what is no cursor, no limit and no id is refused', async () => {
  const note = await world.create('alice', 'note');
  const url = `/v2/notes/${note.id}/history`;
  for (const query of [
    '?after=nonsense',
    '?after=1.2.3',
    '?after=99999999999999999999.1',
    '?limit=1001',
    '?limit=-1',
  ]) {
    expect([query, briefly(await call('alice', `GET ${url}${query}`))]).toEqual([query, '400 INVALID_PAGE']);
  }
  expect(briefly(await call('alice', `GET /v2/notes/${makeId()}/history`))).toBe('404 NOT_FOUND');
  expect(briefly(await call('alice', 'GET /v2/notes/nonsense/history'))).toBe('404 NOT_FOUND');
  expect(briefly(await call('alice', `GET ${url}?filters=x`))).toBe('400 MALFORMED_REQUEST');
  const asked = await makeAsk(world)('alice', `{ note(id: "${note.id}") { history(after: "x") { verb } } }`);
  expect(asked.errors?.map(({ extensions }) => extensions.code)).toEqual(['INVALID_PAGE']);
});
