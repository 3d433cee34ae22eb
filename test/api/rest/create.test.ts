import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';
import { briefly, type Call, makeCall } from './call.ts';

let world: World;
let call: Call;
let body: JsonObject;

beforeAll(async () => {
  world = await makeWorld();
  call = makeCall(world);
  body = world.body('interaction');
});
afterAll(() => world.close());

const count = async (): Promise<number> => (await world.rows('interaction')).length;

describe('a create', () => {
  it('answers 201 with the envelope, where it is and its etag', async () => {
    const { status, headers, row } = await call('alice', 'POST /v2/interactions', { body });
    expect(status).toBe(201);
    expect(headers['location']).toBe(`/v2/interactions/${row.id}`);
    expect(headers['etag']).toBe(`"${row.meta.etag}"`);
    expect(row.meta.etag).toMatch(/^[0-9a-f]+-[A-Za-z0-9+/]{27}$/);
    expect(row).toMatchObject({
      customerId: world.ids.customer,
      securityGroupId: world.ids.group,
      data: body,
      meta: { resource: 'interactions', createdBy: world.people.alice.userId, isDeleted: false },
    });
    const again = await call('alice', `GET ${headers['location'] as string}` as 'GET ');
    expect(again.text).toBe(JSON.stringify(row));
  });

  it('takes the attributes at the top or under data', async () => {
    const meta = { etag: 'of another row', resource: 'anything' };
    const top = await call('alice', 'POST /v2/interactions', { body: { ...body, meta } });
    const wrapped = await call('alice', 'POST /v2/interactions', { body: { data: body, meta, params: null } });
    expect([top.status, wrapped.status]).toEqual([201, 201]);
    expect(wrapped.row.data).toEqual(top.row.data);
  });

  it('goes into the security group that is named, if the caller may insert there', async () => {
    const { chapterGroup, elsewhereGroup, otherGroup } = world.ids;
    const inGroup = (securityGroupId: string) =>
      call('alice', 'POST /v1/campaigns', { body: { ...world.body('campaign'), securityGroupId } });
    expect((await inGroup(chapterGroup)).row.securityGroupId).toBe(chapterGroup);
    expect(briefly(await inGroup(elsewhereGroup))).toBe('403 FORBIDDEN');
    expect(briefly(await inGroup(otherGroup))).toBe('403 FORBIDDEN');
    expect(briefly(await inGroup('no group at all'))).toBe('403 FORBIDDEN');
  });

  it('is refused for another customer, whether there is one or not', async () => {
    const { customer, otherCustomer } = world.ids;
    const own = await call('alice', 'POST /v2/interactions', { body: { ...body, customerId: customer.toUpperCase() } });
    expect(own.status).toBe(201);
    const texts = [];
    for (const customerId of [otherCustomer, makeId(), 'x']) {
      const refused = await call('alice', 'POST /v2/interactions', { body: { ...body, customerId } });
      expect(briefly(refused)).toBe('403 FORBIDDEN');
      texts.push(refused.problem.detail);
    }
    expect(new Set(texts).size).toBe(1);
  });
});

describe('a create with an id', () => {
  const post = (id: string, more: JsonObject = {}) =>
    call('alice', 'POST /v2/interactions', { body: { id, ...body, ...more } });

  it('is 201 once, and 200 for every retry of the same body in either form and order', async () => {
    const id = makeId();
    const first = await post(id);
    expect([first.status, first.row.id]).toEqual([201, id]);
    const reversed = Object.fromEntries(Object.entries(body).reverse());
    const retries = [
      await post(id),
      await call('alice', 'POST /v2/interactions', { body: { data: reversed, id: id.toUpperCase() } }),
    ];
    for (const { status, headers, row } of retries) {
      expect({ status, location: headers['location'] }).toEqual({ status: 200, location: undefined });
      expect(headers['etag']).toBe(first.headers['etag']);
      expect(row).toEqual(first.row);
    }
  });

  it('is made once, however many clients send it at the same time', async () => {
    const id = makeId();
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    expect(await count()).toBe(before + 1);
  });

  it('answers a retry after a correction, and after a deletion, with the row as it is now', async () => {
    const id = makeId();
    const { headers } = await post(id);
    const patched = await call('alice', `PATCH /v2/interactions/${id}`, {
      headers: { etag: headers['etag'] as string },
      body: { data: [{ op: 'replace', path: '/successful', value: false }] },
    });
    const corrected = await post(id);
    expect([corrected.status, corrected.row]).toEqual([200, patched.row]);
    await call('alice', `DELETE /v2/interactions/${id}`, { headers: { 'if-match': '*' } });
    const deleted = await post(id);
    expect([deleted.status, deleted.row.meta.isDeleted]).toEqual([200, true]);
  });

  it('is 409 with another body', async () => {
    const id = makeId();
    await post(id);
    expect(briefly(await post(id, { successful: false }))).toBe('409 ID_TAKEN');
  });

  it('may have the id of a row of another customer', async () => {
    const id = makeId();
    const contact = { id, ...world.body('contact'), externalId: null, primaryHouseholdId: null };
    expect((await call('alice', 'POST /v2/contacts', { body: contact })).status).toBe(201);
    expect((await call('dora', 'POST /v2/contacts', { body: contact })).status).toBe(201);
  });
});

describe('a create that is wrong', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['an array', [], ['']],
    ['a text', 'interaction', ['']],
    ['null', null, ['']],
    ['data that is an array', { data: [] }, ['/data']],
    ['data that is null', { data: null }, ['/data']],
    ['attributes beside data', { data: {}, successful: true, 'a/b': 1 }, ['/successful', '/a~1b']],
    ['params that are a text', { params: 'x' }, ['/params']],
    ['an id that is a number', { id: 7 }, ['/id']],
    ['a customer that is an object', { customerId: {} }, ['/customerId']],
    ['a group that is a list', { securityGroupId: [] }, ['/securityGroupId']],
  ])('is 400 and names the place: %s', async (_, sent, pointers) => {
    const answer = await call('alice', 'POST /v2/interactions', { body: sent });
    expect(briefly(answer)).toBe('400 INVALID_INPUT');
    expect(answer.problem.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('points into the attributes where they stand', async () => {
    const wrong = { ...body, successful: 'yes', colour: 'red' };
    const id = 'no uuid';
    const pointersOf = async (sent: JsonObject) =>
      (await call('alice', 'POST /v2/interactions', { body: sent })).problem.errors?.map(({ pointer }) => pointer);
    expect(await pointersOf({ ...wrong, id })).toEqual(['/id', '/colour', '/successful']);
    expect(await pointersOf({ data: wrong, id })).toEqual(['/id', '/data/colour', '/data/successful']);
  });

  it('is 400 for a reference that is absent and for one of somebody else, in the same words', async () => {
    const theirs = await world.create('chelsea', 'contact');
    const refusals = [];
    for (const contactId of [makeId(), theirs.id]) {
      const { problem, status } = await call('alice', 'POST /v2/interactions', { body: { ...body, contactId } });
      refusals.push({ status, errors: problem.errors });
    }
    expect(refusals[0]).toMatchObject({ status: 400, errors: [{ pointer: '/contactId' }] });
    expect(refusals[1]).toEqual(refusals[0]);
  });

  it.each([
    ['no JSON', '{"a":', '400 MALFORMED_JSON'],
    ['an empty body', '', '400 MALFORMED_JSON'],
    ['a NUL', '{"unavailableReason":"\\u0000"}', '400 INVALID_INPUT'],
    ['half of a surrogate pair', '{"unavailableReason":"\\ud800"}', '400 INVALID_INPUT'],
    ['an integer beyond 2^53', '{"distance":9007199254740993}', '400 INVALID_INPUT'],
    ['a number that is not finite', '{"distance":1e999}', '400 INVALID_INPUT'],
    ['a body nested 10,000 deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, '400 INVALID_INPUT'],
    ['a trap', '{"__proto__":{}}', '400 INVALID_INPUT'],
  ])('is refused before anything is done: %s', async (_, text, expected) => {
    const before = await count();
    expect(briefly(await call('alice', 'POST /v2/interactions', { text }))).toBe(expected);
    expect(await count()).toBe(before);
  });

  it('is 415 in another media type, and 413 when it is too large', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect(briefly(await call('alice', 'POST /v2/interactions', { text: '{}', headers }))).toBe(
      '415 UNSUPPORTED_MEDIA_TYPE',
    );
    const text = JSON.stringify({ unavailableReason: 'x'.repeat(1_100_000) });
    expect(briefly(await call('alice', 'POST /v2/interactions', { text }))).toBe('413 BODY_TOO_LARGE');
  });
});

describe('the order of checks', () => {
  it('is 401 before the body is read', async () => {
    const answer = await call(null, 'POST /v2/interactions', { text: '{' });
    expect(briefly(answer)).toBe('401 UNAUTHENTICATED');
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
  });

  it.each<[string, unknown]>([
    ['a body that is none', []],
    ['data that is none', { data: 7 }],
    ['no attributes', {}],
    ['an id that is none', { id: 'x' }],
  ])('is 403 before 400: %s', async (_, sent) => {
    expect(briefly(await call('erin', 'POST /v1/campaigns', { body: sent }))).toBe('403 FORBIDDEN');
  });

  it('is 405 with Allow where nobody writes', async () => {
    const answer = await call('alice', 'POST /v1/status-groups', { body: { name: 'x' } });
    expect(briefly(answer)).toBe('405 METHOD_NOT_ALLOWED');
    expect(answer.headers['allow']).toBe('GET, HEAD');
  });
});
