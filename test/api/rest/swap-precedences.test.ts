/** Two segments change places, both or neither. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeWorld, type Row, type World } from '../../world.ts';
import { briefly, type Call, type Envelope, makeCall } from './call.ts';

let world: World;
let call: Call;
let pair: readonly [Row, Row];
beforeAll(async () => {
  world = await makeWorld();
  call = makeCall(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  const { id: campaignId } = await world.create('alice', 'campaign');
  const make = (precedence: number) => world.create('alice', 'segment', { campaignId, precedence });
  pair = [await make(1), await make(2)];
});

const url = 'POST /v1/segments/swap-precedences';
const bodyOf = (...segments: readonly { readonly id: string; readonly etag?: string }[]) => {
  return { body: { data: { segments: segments.map(({ id, etag }) => ({ id, etag })) } } };
};
const precedences = async (): Promise<readonly unknown[]> => {
  const rows = await world.rows<{ id: string; precedence: number }>('segment');
  return pair.map(({ id }) => rows.find((row) => row.id === id)?.precedence);
};

test('each gets the precedence of the other, and both come back in the order of the call', async () => {
  const { status, text } = await call('alice', url, bodyOf(pair[1], pair[0]));
  expect(status).toBe(200);
  const envelopes = JSON.parse(text) as readonly Envelope[];
  expect(envelopes.map(({ id, data }) => [id, data['precedence']])).toEqual([
    [pair[1].id, 1],
    [pair[0].id, 2],
  ]);
  expect(envelopes.map(({ meta }) => meta.etag)).not.toEqual([pair[1].etag, pair[0].etag]);
  expect(await precedences()).toEqual([2, 1]);
});

test('a stale etag of either leaves both as they are, and is told with the current one', async () => {
  const stale = `0-${'A'.repeat(27)}`;
  for (const [index, body] of [
    bodyOf({ ...pair[0], etag: stale }, pair[1]),
    bodyOf(pair[0], { ...pair[1], etag: stale }),
  ].entries()) {
    const answer = await call('alice', url, body);
    expect([briefly(answer), answer.problem.etag]).toEqual(['412 ETAG_STALE', pair[index]!.etag]);
    expect(answer.problem.errors).toMatchObject([{ pointer: `/data/segments/${index}` }]);
  }
  expect(await precedences()).toEqual([1, 2]);
});

test('two who swap the same pair at the same moment swap it once', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => call('alice', url, bodyOf(...pair))));
  expect(answers.map(briefly).sort()).toEqual(['200', '412 ETAG_STALE', '412 ETAG_STALE']);
  expect(await precedences()).toEqual([2, 1]);
});

test('what is not there, not yours, or not said is refused, and nothing changes', async () => {
  const other = await world.create('alice', 'segment');
  const nobody = { id: makeId(), etag: pair[0].etag };
  const cases = [
    ['alice', bodyOf(pair[0], nobody), '404 NOT_FOUND'],
    ['chelsea', bodyOf(...pair), '404 NOT_FOUND'],
    ['dora', bodyOf(...pair), '404 NOT_FOUND'],
    ['frank', bodyOf(...pair), '403 FORBIDDEN'],
    ['erin', bodyOf(...pair), '403 FORBIDDEN'],
    ['alice', bodyOf({ id: pair[0].id }, pair[1]), '428 ETAG_REQUIRED'],
    ['alice', bodyOf({ ...pair[0], etag: '*' }, pair[1]), '412 ETAG_STALE'],
    ['alice', bodyOf(pair[0], pair[0]), '400 INVALID_INPUT'],
    ['alice', bodyOf(pair[0], other), '400 INVALID_INPUT'],
    ['alice', bodyOf(pair[0]), '400 INVALID_INPUT'],
    ['alice', bodyOf(pair[0], pair[1], other), '400 INVALID_INPUT'],
    ['alice', bodyOf(pair[0], { id: 'second' }), '400 INVALID_INPUT'],
    ['alice', { body: { segments: [] } }, '400 INVALID_INPUT'],
    ['alice', { body: [] }, '400 INVALID_INPUT'],
    [null, bodyOf(...pair), '401 UNAUTHENTICATED'],
  ] as const;
  for (const [person, body, expected] of cases) {
    expect([person, body, briefly(await call(person, url, body))]).toEqual([person, body, expected]);
  }
  expect(await precedences()).toEqual([1, 2]);
});
