/** A batch: one transaction, a verdict for each item in its place. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorld, type World } from '../../world.ts';
import { create, envelopeOf, expectProblem, outcomeOf, patch, remove, replace } from './verdicts.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const note = (text: string) => create({ contactId: world.ids.contact, text });

test('with continue, what is wrong stays out and the rest is written', async () => {
  const verdicts = await world.changeAll('alice', 'note', [
    note('a'),
    note(''),
    note('c'),
    create({ text: 'no contact' }),
  ]);
  expect(verdicts.map(outcomeOf)).toEqual(['created', 'INVALID_INPUT', 'created', 'INVALID_INPUT']);
  expect(envelopeOf(verdicts[2]).data).toMatchObject({ text: 'c' });
});

test('with abort, one failure leaves nothing behind and every item knows', async () => {
  const marker = makeId();
  const before = await world.rows('note');
  const verdicts = await world.changeAll('alice', 'note', [note(marker), note(''), note(marker)], 'abort');
  expect(verdicts.map(outcomeOf)).toEqual(['ABORTED', 'INVALID_INPUT', 'ABORTED']);
  expect(await world.rows('note')).toHaveLength(before.length);
  const logged = await world.database.query({
    text: `SELECT FROM change_log WHERE patch::text LIKE '%' || $1 || '%'`,
    values: [marker],
  });
  expect(logged).toHaveLength(0);
});

test('the same row twice in one batch: the second one is about a version that is gone', async () => {
  const row = await world.create('alice', 'note', { text: 'start' });
  const verdicts = await world.changeAll('alice', 'note', [
    patch(row, replace('/text', 'x')),
    patch(row, replace('/text', 'y')),
  ]);
  expect(verdicts.map(outcomeOf)).toEqual(['changed', 'ETAG_STALE']);
  expect(envelopeOf(verdicts[0]).data).toMatchObject({ text: 'x' });
});

test('a thousand items at once are all written', async () => {
  const items = Array.from({ length: 1000 }, (_, index) => note(`note ${index}`));
  const verdicts = await world.changeAll('alice', 'note', items);
  expect(verdicts.map((verdict) => envelopeOf(verdict).data['text'])).toEqual(items.map((_, index) => `note ${index}`));
});

test('deletes of a batch get their verdicts in place', async () => {
  const [one, two] = [await world.create('alice', 'note'), await world.create('alice', 'note')];
  const absent = { id: makeId(), etag: one.etag };
  const verdicts = await world.changeAll('alice', 'note', [
    remove(two),
    remove(absent),
    remove({ ...one, etag: two.etag }),
  ]);
  expect(verdicts.map(outcomeOf)).toEqual(['removed', 'NOT_FOUND', 'ETAG_STALE']);
});

test('whoever may not write is told so before anything else is looked at', async () => {
  const row = await world.create('alice', 'contact', { externalId: makeId(), primaryHouseholdId: null });
  expectProblem(await world.change('frank', 'contact', create({ nonsense: true })), 'FORBIDDEN');
  expectProblem(
    await world.change('frank', 'contact', patch({ ...row, etag: 'stale' }, replace('/nonsense', 1))),
    'FORBIDDEN',
  );
  expectProblem(await world.change('chelsea', 'contact', patch(row, replace('/notes', 'x'))), 'NOT_FOUND');
  expectProblem(await world.change('alice', 'contact', { kind: 'remove', id: row.id, etags: null }), 'ETAG_REQUIRED');
  expectProblem(
    await world.change('alice', 'contact', patch({ ...row, etag: 'stale' }, replace('/nonsense', 1))),
    'ETAG_STALE',
  );
  expectProblem(await world.change('alice', 'contact', patch(row, replace('/nonsense', 1))), 'INVALID_PATCH');
});
