/** Versions, etags, positions and the change log: what the database itself keeps, for every writer. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDatabase } from '../../../src/store/database.ts';
import { makeLog } from '../../../src/log.ts';
import { makeWorld, type World } from '../../world.ts';
import { create, envelopeOf, expectProblem, outcomeOf, patch, remove, replace, restore } from './verdicts.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ env: { POOL_SIZE: '12' } });
});
afterAll(() => world.close());

test('an etag is hex, a hyphen and 27 characters of base64', async () => {
  const { etag } = await world.create('alice', 'note');
  expect(etag).toMatch(/^[0-9a-f]+-[A-Za-z0-9+/]{27}$/);
});

test('of two clients that patch one row with one etag exactly one wins, always', async () => {
  for (let round = 0; round < 25; round += 1) {
    const note = await world.create('alice', 'note', { text: `Round ${round}` });
    const verdicts = await Promise.all(
      ['frank is here', 'erin is here'].map((words) =>
        world.change('alice', 'note', patch(note, replace('/text', words))),
      ),
    );
    expect(verdicts.map(outcomeOf).sort()).toEqual(['ETAG_STALE', 'changed']);
  }
});

test('a stale etag is refused with the current one', async () => {
  const note = await world.create('alice', 'note');
  const changed = envelopeOf(await world.change('alice', 'note', patch(note, replace('/text', 'New'))));
  const problem = expectProblem(
    await world.change('alice', 'note', patch(note, replace('/text', 'Newer'))),
    'ETAG_STALE',
  );
  expect(problem.facts.etag).toBe(changed.meta.etag);
});

test('no two versions share an etag, not even when the content returns to what it was', async () => {
  const note = await world.create('alice', 'note', { text: 'A' });
  const etags = [note.etag];
  for (const words of ['B', 'A', 'B', 'A']) {
    const verdict = await world.change(
      'alice',
      'note',
      patch({ id: note.id, etag: etags.at(-1)! }, replace('/text', words)),
    );
    etags.push(envelopeOf(verdict).meta.etag);
  }
  const gone = envelopeOf(await world.change('alice', 'note', remove({ id: note.id, etag: etags.at(-1)! })));
  const back = envelopeOf(await world.change('alice', 'note', restore({ id: note.id, etag: gone.meta.etag })));
  etags.push(gone.meta.etag, back.meta.etag);
  expect(new Set(etags).size).toBe(etags.length);
});

test('a patch that makes no difference makes no version and no entry', async () => {
  const note = await world.create('alice', 'note', { text: 'Same' });
  const verdict = await world.change('alice', 'note', patch(note, replace('/text', 'Same')));
  expect(outcomeOf(verdict)).toBe('unchanged');
  expect(envelopeOf(verdict).meta.etag).toBe(note.etag);
  expect(await entriesOf(note.id)).toHaveLength(1);
});

test('deleting twice is 404, like a row that never was', async () => {
  const note = await world.create('alice', 'note');
  const gone = envelopeOf(await world.change('alice', 'note', remove(note)));
  expectProblem(await world.change('alice', 'note', remove({ id: note.id, etag: gone.meta.etag })), 'NOT_FOUND');
  expectProblem(await world.change('alice', 'note', remove({ id: makeId(), etag: gone.meta.etag })), 'NOT_FOUND');
});

test('a write without a position is refused by the database, whoever sends it', async () => {
  const { id } = await world.create('alice', 'note');
  const unstamped = world.database.query({ text: `UPDATE notes SET text = 'sneaked in' WHERE id = $1`, values: [id] });
  await expect(unstamped).rejects.toMatchObject({ code: 'DS001' });
  const misplaced = world.database.transaction(async (tx) => {
    await tx.query({ text: 'SELECT doorstep_take_position($1)', values: [world.ids.otherCustomer] });
    await tx.query({ text: `UPDATE notes SET text = 'of another customer' WHERE id = $1`, values: [id] });
  });
  await expect(misplaced).rejects.toMatchObject({ code: 'DS001' });
});

test('nobody can move a row to another group', async () => {
  const { id } = await world.create('alice', 'note');
  const moved = world.database.transaction(async (tx) => {
    await tx.query({ text: 'SELECT doorstep_take_position($1)', values: [world.ids.customer] });
    await tx.query({
      text: 'UPDATE notes SET security_group_id = $1 WHERE id = $2',
      values: [world.ids.chapterGroup, id],
    });
  });
  await expect(moved).rejects.toMatchObject({ code: 'DS002' });
});

test('a reader that follows positions misses nothing beside eight writers and a long transaction', async () => {
  const log = makeLog({ logLevel: 'silent', logFormat: 'json' });
  const stranger = makeDatabase({ url: world.url, poolSize: 1, streams: 1, statementTimeoutMs: 60_000, log });
  let endStranger = (): void => undefined;
  const idle = new Promise<void>((resolve) => (endStranger = resolve));
  const longOne = stranger.transaction(async (tx) => {
    await tx.query({ text: 'SELECT pg_current_xact_id()', values: [] });
    await idle;
  });
  const written: string[] = [];
  let isWriting = true;
  const write = async (): Promise<void> => {
    for (let count = 0; count < 25; count += 1) {
      const verdicts = await world.changeAll('alice', 'note', [create(world.body('note')), create(world.body('note'))]);
      written.push(...verdicts.map((verdict) => envelopeOf(verdict).id));
    }
  };
  const read: string[] = [];
  // Known before the first writer starts: what comes later must be found.
  let position = await lastPosition();
  const follow = async (): Promise<void> => {
    for (let more = true; more;) {
      more = isWriting;
      const rows = await world.database.query<{ id: string; position: string }>({
        text: 'SELECT id, sync_seq AS position FROM notes WHERE customer_id = $1 AND sync_seq > $2 ORDER BY sync_seq, id',
        values: [world.ids.customer, position],
      });
      read.push(...rows.map(({ id }) => id));
      position = rows.at(-1)?.position ?? position;
    }
  };
  const reader = follow();
  await Promise.all(Array.from({ length: 8 }, write));
  isWriting = false;
  await reader;
  endStranger();
  await longOne;
  await stranger.close();
  expect(written).toHaveLength(400);
  expect(new Set(read).size).toBe(read.length);
  expect([...written].filter((id) => !read.includes(id))).toEqual([]);
});

test('the change log has who, what and through which client, and what changed', async () => {
  const note = await world.create('alice', 'note', { text: 'One' });
  const changed = envelopeOf(await world.change('bob', 'note', patch(note, replace('/text', 'Two'))));
  await world.change('alice', 'note', remove({ id: note.id, etag: changed.meta.etag }));
  expect(await entriesOf(note.id)).toMatchObject([
    { verb: 'create', changed_by: world.people.alice.userId, patch: [{ op: 'add', path: '', value: { text: 'One' } }] },
    { verb: 'patch', changed_by: world.people.bob.userId, patch: [{ op: 'replace', path: '/text', value: 'Two' }] },
    { verb: 'remove', changed_by: world.people.alice.userId, patch: null },
  ]);
});

interface Entry {
  readonly verb: string;
  readonly changed_by: string;
  readonly patch: unknown;
}

function entriesOf(id: string): Promise<readonly Entry[]> {
  const text =
    'SELECT verb, changed_by, patch FROM change_log WHERE customer_id = $1 AND row_id = $2 ORDER BY sync_seq';
  return world.database.query({ text, values: [world.ids.customer, id] });
}

async function lastPosition(): Promise<string> {
  const [row] = await world.database.query<{ last: string }>({
    text: 'SELECT max(sync_seq) AS last FROM notes',
    values: [],
  });
  return row?.last ?? '0';
}
