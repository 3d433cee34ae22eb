import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, referencesOf, type World } from '../../world.ts';
import { type Ask, dataOf, makeAsk } from './ask.ts';

let world: World;
let ask: Ask;

beforeAll(async () => {
  world = await makeWorld();
  ask = makeAsk(world);
});
afterAll(() => world.close());

interface Verdict {
  readonly outcome: string | null;
  readonly interaction: { readonly id: string; readonly meta: { readonly etag: string } } | null;
  readonly problem: { readonly code: string; readonly status: number; readonly detail: string } | null;
}

const verdict =
  '{ outcome interaction { id meta { etag } } problem { code status title detail errors { pointer message } etag } }';
const create = `mutation ($items: [InteractionCreate!]!, $onError: OnError) {
  done: createInteractions(items: $items, onError: $onError) ${verdict} }`;
const patch = `mutation ($items: [PatchItem!]!, $onError: OnError) {
  done: patchInteractions(items: $items, onError: $onError) ${verdict} }`;
const remove = `mutation ($items: [DeleteItem!]!, $onError: OnError) {
  done: deleteInteractions(items: $items, onError: $onError) ${verdict} }`;

async function run(query: string, items: readonly JsonObject[], onError?: string): Promise<readonly Verdict[]> {
  const variables = onError === undefined ? { items } : { items, onError };
  return (await dataOf<{ done: readonly Verdict[] }>(ask('alice', query, variables))).done;
}

const itemOf = (data: JsonObject = {}, id = makeId()): JsonObject & { readonly id: string } => ({
  id,
  input: { ...referencesOf(world.model, 'interaction', world.ids), ...data },
});

async function exists(id: string): Promise<boolean> {
  const query = 'query ($id: ID!) { interaction(id: $id) { id } }';
  const { interaction } = await dataOf<{ interaction: object | null }>(ask('alice', query, { id }));
  return interaction !== null;
}

test('a batch gives a verdict for each item, in its place', async () => {
  const items = [itemOf(), itemOf({ successful: false })];
  const verdicts = await run(create, [...items, items[0]!]);
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['CREATED', 'CREATED', 'EXISTING']);
  expect(verdicts.map(({ interaction }) => interaction?.id)).toEqual([items[0]!.id, items[1]!.id, items[0]!.id]);
  expect(verdicts.every(({ problem }) => problem === null)).toBe(true);
});

test('with ABORT, also when nothing is said, one failure undoes the batch', async () => {
  for (const onError of [undefined, 'ABORT']) {
    const items = [itemOf(), itemOf({ contactId: makeId() }), itemOf()];
    const verdicts = await run(create, items, onError);
    expect(verdicts.map(({ problem }) => problem?.code)).toEqual(['ABORTED', 'INVALID_INPUT', 'ABORTED']);
    expect(verdicts.map(({ outcome, interaction }) => outcome ?? interaction)).toEqual([null, null, null]);
    expect(await exists(items[0]!.id)).toBe(false);
  }
});

test('with CONTINUE the others stand', async () => {
  const items = [itemOf(), itemOf({ contactId: makeId() }), itemOf()];
  const verdicts = await run(create, items, 'CONTINUE');
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['CREATED', null, 'CREATED']);
  expect(verdicts[1]!.problem).toMatchObject({ code: 'INVALID_INPUT', status: 400 });
  expect(await Promise.all(items.map(({ id }) => exists(id)))).toEqual([true, false, true]);
});

test('rows are patched together, and a stale one is told its current etag', async () => {
  const [one, two] = [await world.create('alice', 'interaction'), await world.create('alice', 'interaction')];
  const change = [{ op: 'replace', path: '/successful', value: false }];
  const items = [one, two].map(({ id, etag }) => ({ id, etag, patch: change }));
  const verdicts = await run(patch, items);
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['CHANGED', 'CHANGED']);
  const fresh = { id: one.id, etag: verdicts[0]!.interaction!.meta.etag, patch: change };
  const again = await run(patch, [fresh, items[1]!, { ...fresh, id: makeId() }], 'CONTINUE');
  expect(again.map(({ outcome, problem }) => outcome ?? problem?.code)).toEqual([
    'UNCHANGED',
    'ETAG_STALE',
    'NOT_FOUND',
  ]);
  expect(again[1]!.problem).toMatchObject({ status: 412, etag: verdicts[1]!.interaction!.meta.etag });
});

test('a patch that is none fails in its place', async () => {
  const { id, etag } = await world.create('alice', 'interaction');
  const items = [{ id, etag, patch: [{ op: 'add', path: 'successful', value: true }] }];
  expect(await run(patch, items, 'CONTINUE')).toMatchObject([{ problem: { code: 'INVALID_PATCH' } }]);
});

test('rows are deleted together', async () => {
  const rows = [await world.create('alice', 'interaction'), await world.create('alice', 'interaction')];
  const verdicts = await run(
    remove,
    rows.map(({ id, etag }) => ({ id, etag })),
  );
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['REMOVED', 'REMOVED']);
  expect(await exists(rows[0]!.id)).toBe(false);
});

test('the row of a verdict may be asked for several times, under other names', async () => {
  const query = `mutation ($items: [InteractionCreate!]!) { createInteractions(items: $items) {
    problem: interaction { contact { id } } rows: interaction { id } outcome: __typename x: outcome } }`;
  const item = itemOf();
  expect(await dataOf(ask('alice', query, { items: [item] }))).toEqual({
    createInteractions: [
      {
        problem: { contact: { id: world.ids.contact } },
        rows: { id: item.id },
        outcome: 'InteractionVerdict',
        x: 'CREATED',
      },
    ],
  });
});

test('a batch has 1 to 1,000 items', async () => {
  const { id } = await world.create('alice', 'interaction');
  for (const count of [0, 1001]) {
    const items = Array.from({ length: count }, () => ({ id, etag: 'x' }));
    const { data, errors } = await ask('alice', remove, { items });
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { path: ['done'], extensions: { code: 'INVALID_INPUT', errors: [{ pointer: '/items' }] } },
    ]);
    expect(errors![0]!.message).toContain(`1 to 1000 items, found ${count}`);
  }
});

test('a thousand interactions go in one batch', async () => {
  const items = Array.from({ length: 1000 }, () => itemOf());
  const verdicts = await run(create, items);
  expect(new Set(verdicts.map(({ outcome }) => outcome))).toEqual(new Set(['CREATED']));
}, 60_000);
