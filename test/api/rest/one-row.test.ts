import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type Row, type World } from '../../world.ts';
import { briefly, type Call, makeCall } from './call.ts';

let world: World;
let call: Call;
let row: Row;

beforeAll(async () => {
  world = await makeWorld();
  call = makeCall(world);
  row = await world.create('alice', 'interaction');
});
afterAll(() => world.close());

const address = (id: string = row.id) => `/v2/interactions/${id}`;

describe('one row', () => {
  it('comes with its etag, and no cache may keep it', async () => {
    const { status, headers, row: envelope } = await call('alice', `GET ${address()}`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      etag: `"${row.etag}"`,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      vary: 'authorization, accept-encoding',
    });
    expect(envelope).toMatchObject({ id: row.id, data: row.data, meta: { etag: row.etag } });
    expect(Object.keys(envelope)).toEqual(['id', 'customerId', 'securityGroupId', 'data', 'meta']);
  });

  it('is the same with its id in capitals, a slash at the end, and parameters of others', async () => {
    const { text } = await call('alice', `GET ${address()}`);
    for (const url of [`${address(row.id.toUpperCase())}`, `${address()}/`, `${address()}?customerId=x&_=1`]) {
      expect((await call('alice', `GET ${url}`)).text).toBe(text);
    }
  });

  it('leaves out attributes that are not set, and keeps nulls inside documents', async () => {
    const { questionId } = { questionId: world.ids.question };
    const survey = {
      surveyId: world.ids.survey,
      responses: { [questionId]: { questionId, fields: { answer: null } } },
    };
    const { id } = await world.create('alice', 'interaction', { survey, unavailableReason: null });
    const { data } = (await call('alice', `GET ${address(id)}`)).row;
    expect(data).not.toHaveProperty('unavailableReason');
    expect(data['survey']).toEqual(survey);
  });

  it('answers HEAD with the headers of GET', async () => {
    const get = await call('alice', `GET ${address()}`);
    const head = await call('alice', `HEAD ${address()}`);
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['etag']).toBe(get.headers['etag']);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
  });

  it('is 404 in the same words whether it is absent, malformed, deleted or out of sight', async () => {
    const deleted = await world.create('alice', 'interaction');
    await world.change('alice', 'interaction', { kind: 'remove', id: deleted.id, etags: '*' });
    const ids = [makeId(), 'x', '%00', deleted.id, row.id];
    const words = new Set();
    for (const id of ids) {
      const answer = await call(id === row.id ? 'chelsea' : 'alice', `GET ${address(id)}`);
      expect(briefly(answer)).toBe('404 NOT_FOUND');
      words.add(answer.problem.detail.replace(decodeURIComponent(id), '…'));
    }
    expect([...words]).toEqual(['There is no interactions row with the id … that you may see.']);
    expect(briefly(await call('dora', `GET ${address()}`))).toBe('404 NOT_FOUND');
    expect((await call('bob', `GET ${address()}`)).status).toBe(200);
  });

  it('is seen after its deletion by those who ask for it', async () => {
    const { id } = await world.create('alice', 'interaction');
    await call('alice', `DELETE ${address(id)}`, { headers: { 'if-match': '*' } });
    expect((await call('alice', `GET ${address(id)}?deleted=include`)).row.meta.isDeleted).toBe(true);
    expect((await call('alice', `GET ${address(id)}?deleted=only`)).status).toBe(200);
    expect((await call('alice', `GET ${address()}?deleted=only`)).status).toBe(404);
    expect(briefly(await call('alice', `GET ${address()}?deleted=maybe`))).toBe('400 MALFORMED_REQUEST');
  });
});

describe('a conditional GET', () => {
  it.each<[string, (etag: string) => string, number]>([
    ['the etag in quotes', (etag) => `"${etag}"`, 304],
    ['the etag bare', (etag) => etag, 304],
    ['a weak etag', (etag) => `W/"${etag}"`, 304],
    ['a list with the etag', (etag) => `"1-other", "${etag}"`, 304],
    ['any version', () => '*', 304],
    ['another etag', () => '"1-other"', 200],
  ])('%s', async (_, header, expected) => {
    const answer = await call('alice', `GET ${address()}`, { headers: { 'if-none-match': header(row.etag) } });
    expect([answer.status, answer.headers['etag']]).toEqual([expected, `"${row.etag}"`]);
    expect(answer.text === '').toBe(expected === 304);
  });

  it('is 400 with an etag that is none, and 404 first', async () => {
    const headers = { 'if-none-match': '"open' };
    expect(briefly(await call('alice', `GET ${address()}`, { headers }))).toBe('400 MALFORMED_REQUEST');
    expect(briefly(await call('alice', `GET ${address(makeId())}`, { headers }))).toBe('404 NOT_FOUND');
  });
});

describe('a deletion', () => {
  it('answers with the deleted envelope and its new etag', async () => {
    const { id, etag, data } = await world.create('alice', 'interaction');
    const answer = await call('alice', `DELETE ${address(id)}`, { headers: { etag } });
    expect(answer.status).toBe(200);
    expect(answer.row).toMatchObject({ id, data, meta: { isDeleted: true } });
    expect(answer.headers['etag']).toBe(`"${answer.row.meta.etag}"`);
    expect(answer.row.meta.etag).not.toBe(etag);
    const list = await call('alice', `GET /v2/interactions?filter[/id]=${id}`);
    expect(list.rows).toEqual([]);
  });

  it('is 404 the second time, also with the etag of the deleted row', async () => {
    const { id, etag } = await world.create('alice', 'interaction');
    const { headers } = await call('alice', `DELETE ${address(id)}`, { headers: { etag } });
    const again = await call('alice', `DELETE ${address(id)}`, { headers: { etag: headers['etag'] as string } });
    expect(briefly(again)).toBe('404 NOT_FOUND');
  });

  it('may come with a content type and no body, or with one that says nothing', async () => {
    for (const text of ['', '{}']) {
      const { id, etag } = await world.create('alice', 'interaction');
      expect((await call('alice', `DELETE ${address(id)}`, { headers: { etag }, text })).status).toBe(200);
    }
  });

  it('happens once when several come at the same time', async () => {
    const { id, etag } = await world.create('alice', 'interaction');
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => call('alice', `DELETE ${address(id)}`, { headers: { etag } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404, 404]);
  });
});

describe('other methods', () => {
  it('are 405 with Allow', async () => {
    const one = await call('alice', `PUT ${address()}`, { body: {} });
    expect([briefly(one), one.headers['allow']]).toEqual(['405 METHOD_NOT_ALLOWED', 'DELETE, GET, HEAD, PATCH']);
    const list = await call('alice', 'DELETE /v2/interactions');
    expect([briefly(list), list.headers['allow']]).toEqual(['405 METHOD_NOT_ALLOWED', 'GET, HEAD, POST']);
  });
});
