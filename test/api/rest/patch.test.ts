import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type PersonName, type Row, type World } from '../../world.ts';
import { type Answer, briefly, type Call, makeCall } from './call.ts';

let world: World;
let call: Call;

beforeAll(async () => {
  world = await makeWorld();
  call = makeCall(world);
});
afterAll(() => world.close());

const replace = (value: unknown, path = '/unavailableReason') => [{ op: 'replace', path, value }];
const patch = (
  id: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  person: PersonName = 'alice',
): Promise<Answer> => call(person, `PATCH /v2/interactions/${id}`, { headers, body });
const make = (): Promise<Row> => world.create('alice', 'interaction');

describe('a patch', () => {
  it('answers 200 with the new envelope and its etag', async () => {
    const { id, etag, data } = await make();
    const { status, headers, row } = await patch(id, { etag }, { data: replace('Not Home') });
    expect(status).toBe(200);
    expect(row.data).toEqual({ ...data, unavailableReason: 'Not Home' });
    expect(headers['etag']).toBe(`"${row.meta.etag}"`);
    expect(row.meta.etag).not.toBe(etag);
    expect((await call('alice', `GET /v2/interactions/${id}`)).row).toEqual(row);
  });

  it('comes under data or bare, under either media type', async () => {
    for (const body of [{ data: replace('x') }, replace('x'), { id: 'ignored', meta: {}, data: replace('x') }]) {
      for (const type of ['application/json', 'application/json-patch+json']) {
        const { id, etag } = await make();
        const answer = await patch(id, { etag, 'content-type': type }, body);
        expect(answer.row.data?.['unavailableReason']).toBe('x');
      }
    }
  });

  it('points relative to data or from the root', async () => {
    const { id, etag } = await make();
    const body = [...replace('x'), ...replace(false, '/data/successful'), ...replace(1, '/data/location/confidence')];
    const { row } = await patch(id, { etag }, body);
    expect(row.data).toMatchObject({ unavailableReason: 'x', successful: false, location: { confidence: 1 } });
  });

  it('that changes nothing keeps the version', async () => {
    const { id, etag } = await make();
    const answer = await patch(id, { etag }, replace(true, '/successful'));
    expect([answer.status, answer.row.meta.etag]).toEqual([200, etag]);
  });

  it('is all or nothing', async () => {
    const { id, etag } = await make();
    const answer = await patch(id, { etag }, [...replace('x'), { op: 'remove', path: '/nothing' }]);
    expect(briefly(answer)).toBe('400 INVALID_PATCH');
    expect((await call('alice', `GET /v2/interactions/${id}`)).row.meta.etag).toBe(etag);
  });

  it('is 409 when a test does not hold', async () => {
    const { id, etag } = await make();
    const test = { op: 'test', path: '/successful', value: false };
    const answer = await patch(id, { etag }, { data: [test, ...replace('x')] });
    expect(briefly(answer)).toBe('409 PATCH_TEST_FAILED');
    expect(answer.problem.errors).toMatchObject([{ pointer: '/data/0/path' }]);
  });

  it('wins exactly once when two come with one etag', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { id, etag } = await make();
      const answers = await Promise.all(['one', 'two'].map((value) => patch(id, { etag }, replace(value))));
      expect(answers.map(briefly).sort()).toEqual(['200', '412 ETAG_STALE']);
      const [won, lost] = answers[0]?.status === 200 ? answers : answers.reverse();
      expect((await call('alice', `GET /v2/interactions/${id}`)).row).toEqual(won?.row);
      expect(lost?.problem.etag).toBe(won?.row.meta.etag);
    }
  });
});

describe('the etag of a patch', () => {
  it.each<[string, (etag: string) => Readonly<Record<string, string>>, string]>([
    ['in etag, bare', (etag) => ({ etag }), '200'],
    ['in etag, quoted', (etag) => ({ etag: `"${etag}"` }), '200'],
    ['in etag, weak', (etag) => ({ etag: `W/"${etag}"` }), '200'],
    ['in If-Match, bare', (etag) => ({ 'if-match': etag }), '200'],
    ['in If-Match, quoted', (etag) => ({ 'if-match': `"${etag}"` }), '200'],
    ['in If-Match, weak', (etag) => ({ 'if-match': `W/"${etag}"` }), '200'],
    ['in a list', (etag) => ({ 'if-match': `"1-other", ,W/"${etag}"` }), '200'],
    ['any, in If-Match', () => ({ 'if-match': '*' }), '200'],
    ['in both headers', (etag) => ({ etag, 'if-match': `"${etag}"` }), '200'],
    ['in etag, with any in If-Match', (etag) => ({ etag, 'if-match': '*' }), '200'],
    ['in one of two headers', (etag) => ({ etag, 'if-match': '"1-other"' }), '412 ETAG_STALE'],
    ['of another version', () => ({ etag: '1-other' }), '412 ETAG_STALE'],
    ['of another version, with any in If-Match', () => ({ etag: '1-other', 'if-match': '*' }), '412 ETAG_STALE'],
    ['missing', () => ({}), '428 ETAG_REQUIRED'],
    ['empty', () => ({ etag: '', 'if-match': ' ' }), '428 ETAG_REQUIRED'],
    ['not closed', () => ({ 'if-match': '"open' }), '400 MALFORMED_REQUEST'],
    ['two in etag', (etag) => ({ etag: `${etag}, 1-other` }), '400 MALFORMED_REQUEST'],
    ['any in etag', () => ({ etag: '*' }), '400 MALFORMED_REQUEST'],
  ])('%s', async (_, headers, expected) => {
    const { id, etag } = await make();
    const answer = await patch(id, headers(etag), replace('x'));
    expect(briefly(answer)).toBe(expected);
    const { meta } = (await call('alice', `GET /v2/interactions/${id}`)).row;
    expect(meta.etag === etag).toBe(expected !== '200');
    if (answer.status === 412) expect([answer.headers['etag'], answer.problem.etag]).toEqual([`"${etag}"`, etag]);
  });
});

describe('a patch that is wrong', () => {
  it.each<[string, unknown, string, string]>([
    ['a text', 'replace', 'INVALID_PATCH', ''],
    ['null', null, 'INVALID_PATCH', ''],
    ['one operation without its array', replace('x')[0], 'INVALID_PATCH', ''],
    ['attributes', { successful: false }, 'INVALID_PATCH', ''],
    ['no operations', [], 'INVALID_PATCH', ''],
    ['no operations under data', { data: [] }, 'INVALID_PATCH', '/data'],
    ['data that is no array', { data: {} }, 'INVALID_PATCH', '/data'],
    ['members beside data', { data: replace('x'), params: {} }, 'INVALID_INPUT', '/params'],
    ['an operation that is none', [{ op: 'toString', path: '' }], 'INVALID_PATCH', '/0/op'],
    ['an operation that is none, under data', { data: [{ op: '_get', path: '' }] }, 'INVALID_PATCH', '/data/0/op'],
    ['a path that is none', replace('x', 'successful'), 'INVALID_PATCH', '/0/path'],
    ['a value that is missing', [{ op: 'add', path: '/successful' }], 'INVALID_PATCH', '/0/value'],
    ['an attribute that is none', replace('x', '/colour'), 'INVALID_PATCH', '/0/path'],
    ['a place outside data', replace('x', '/meta/etag'), 'INVALID_PATCH', '/0/path'],
    ['another customer', replace('x', '/customerId'), 'INVALID_PATCH', '/0/path'],
    ['a prototype', replace('x', '/__proto__/x'), 'INVALID_PATCH', '/0/path'],
    [
      'a second operation that fails',
      { data: [...replace('x'), { op: 'remove', path: '/a' }] },
      'INVALID_PATCH',
      '/data/1/path',
    ],
    ['a value of the wrong type', replace('yes', '/successful'), 'INVALID_INPUT', '/successful'],
    ['an attribute that is required', replace(null, '/campaignId'), 'INVALID_INPUT', '/campaignId'],
    ['a reference to nothing', replace(makeId(), '/statusId'), 'INVALID_INPUT', '/statusId'],
  ])('is 400 and names the place: %s', async (_, body, code, pointer) => {
    const { id, etag } = await make();
    const answer = await patch(id, { etag }, body);
    expect(briefly(answer)).toBe(`400 ${code}`);
    expect(answer.problem.errors?.map((fault) => fault.pointer)).toEqual([pointer]);
    expect((await call('alice', `GET /v2/interactions/${id}`)).row.meta.etag).toBe(etag);
  });

  it('is 415 as a merge patch, and says what is taken', async () => {
    const { id, etag } = await make();
    const answer = await patch(id, { etag, 'content-type': 'application/merge-patch+json' }, { successful: true });
    expect(briefly(answer)).toBe('415 UNSUPPORTED_MEDIA_TYPE');
    expect(answer.headers['accept-patch']).toContain('application/json-patch+json');
  });
});

describe('the order of checks', () => {
  const broken = { data: 7 };
  const stale = { etag: '1-stale' };
  const malformed = { etag: '"open' };

  it('is 401, 404, 403, 428, 412, 400, whatever else is wrong', async () => {
    const { id, etag } = await make();
    const campaign = world.ids.campaign;
    const change = (person: PersonName | null, url: string, headers: Readonly<Record<string, string>>) =>
      call(person, `PATCH ${url}`, { headers, body: broken }).then(briefly);
    const own = `/v2/interactions/${id}`;
    expect(await change(null, own, {})).toBe('401 UNAUTHENTICATED');
    for (const headers of [{}, stale, malformed, { etag }]) {
      expect(await change('alice', `/v2/interactions/${makeId()}`, headers)).toBe('404 NOT_FOUND');
      expect(await change('alice', '/v2/interactions/x', headers)).toBe('404 NOT_FOUND');
      expect(await change('chelsea', own, headers)).toBe('404 NOT_FOUND');
      expect(await change('dora', own, headers)).toBe('404 NOT_FOUND');
      expect(await change('frank', `/v1/campaigns/${campaign}`, headers)).toBe('403 FORBIDDEN');
    }
    expect(await change('alice', own, {})).toBe('428 ETAG_REQUIRED');
    expect(await change('alice', own, malformed)).toBe('400 MALFORMED_REQUEST');
    expect(await change('alice', own, stale)).toBe('412 ETAG_STALE');
    expect(await change('alice', own, { etag })).toBe('400 INVALID_PATCH');
  });

  it('is the same for a deletion', async () => {
    const { id, etag } = await make();
    const remove = (person: PersonName | null, url: string, headers: Readonly<Record<string, string>>) =>
      call(person, `DELETE ${url}`, { headers }).then(briefly);
    const own = `/v2/interactions/${id}`;
    expect(await remove(null, own, {})).toBe('401 UNAUTHENTICATED');
    for (const headers of [{}, stale, malformed, { etag }]) {
      expect(await remove('chelsea', own, headers)).toBe('404 NOT_FOUND');
      expect(await remove('frank', `/v1/campaigns/${world.ids.campaign}`, headers)).toBe('403 FORBIDDEN');
    }
    expect(await remove('alice', own, {})).toBe('428 ETAG_REQUIRED');
    expect(await remove('alice', own, malformed)).toBe('400 MALFORMED_REQUEST');
    expect(await remove('alice', own, stale)).toBe('412 ETAG_STALE');
    expect(await remove('alice', own, { etag })).toBe('200');
  });
});
