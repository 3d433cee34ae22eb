/** Many rows in one request: all of them or none, each failure named by its place in the body. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/json.ts';
import { makeWorld, type Row, type World } from '../../world.ts';
import { type Answer, briefly, type Call, makeCall } from './call.ts';

let world: World;
let call: Call;

beforeAll(async () => {
  world = await makeWorld({ env: { BODY_LIMIT: '40000', BULK_BODY_LIMIT: '80000' } });
  call = makeCall(world);
});
afterAll(() => world.close());

const person = (data: JsonObject = {}): JsonObject => ({
  data: { ...world.body('contact'), externalId: makeId(), ...data },
  customerId: world.ids.customer,
});

const makeLink = async (): Promise<{ contactId: string; householdId: string; link: Row }> => {
  const { id: contactId } = await world.create('alice', 'contact', { externalId: makeId() });
  const { id: householdId } = await world.create('alice', 'household', { unitNum: makeId() });
  return { contactId, householdId, link: await world.create('alice', 'contactHousehold', { contactId, householdId }) };
};

const pointers = ({ problem }: Answer): readonly string[] | undefined => problem.errors?.map(({ pointer }) => pointer);
const send = (request: Parameters<Call>[1], data: Json, person: Parameters<Call>[0] = 'alice') =>
  call(person, request, { body: { data } });

describe('contacts', () => {
  const route = 'POST /v2/contacts/bulk';

  test('are made in the order of the items, and one that is there already answers for its item', async () => {
    const known = await world.create('alice', 'contact', { externalId: makeId() });
    const chosen = makeId();
    const items = [
      { ...person(), id: chosen },
      person({ externalId: known.data['externalId']! }),
      person({ notes: 'third' }),
    ];
    const made = await send(route, items);
    expect(made.status).toBe(200);
    expect(made.rows.map(({ id }) => id).slice(0, 2)).toEqual([chosen, known.id]);
    expect(made.rows[2]!.data['notes']).toBe('third');
    expect(JSON.parse(made.text)).toHaveProperty('meta', {});
    expect((await send(route, items)).rows.map(({ id }) => id).slice(0, 2)).toEqual([chosen, known.id]);
  });

  test('attributes may stand at the top of an item', async () => {
    const { data } = person();
    const made = await send(route, [data!]);
    expect(made.rows[0]!.data['externalId']).toBe((data as JsonObject)['externalId']);
    const wrong = await send(route, [{ ...(data as JsonObject), fields: 7 }]);
    expect(pointers(wrong)).toEqual(['/data/0/fields']);
  });

  test('are none when one item is wrong, and each wrong one is named', async () => {
    const [one, other] = [makeId(), makeId()];
    const answer = await send(route, [
      person({ externalId: one }),
      person({ profile: {}, fields: 'x' }),
      person({ externalId: other }),
      { ...person({ primaryHouseholdId: makeId() }) },
    ]);
    expect(briefly(answer)).toBe('400 INVALID_INPUT');
    expect(pointers(answer)).toEqual(['/data/1/data/fields', '/data/3/data/primaryHouseholdId']);
    expect(answer.problem.detail).toContain('item 1');
    const found = await call(
      'alice',
      `GET /v2/contacts?filter=${encodeURIComponent(`/data/externalId in ["${one}","${other}"]`)}`,
    );
    expect(found.rows).toEqual([]);
  });

  test('the code of the first item that failed is the code of the answer', async () => {
    const taken = await world.create('alice', 'contact', { externalId: makeId() });
    const wrong = person({ fields: 7 });
    const conflicting = { ...person({ externalId: makeId() }), id: taken.id };
    expect(briefly(await send(route, [conflicting, wrong]))).toBe('409 ID_TAKEN');
    const other = await send(route, [wrong, conflicting]);
    expect([briefly(other), pointers(other)]).toEqual(['400 INVALID_INPUT', ['/data/0/data/fields', '/data/1']]);
  });

  test.each([
    ['no data', {}, '/data'],
    ['an object for data', { data: {} }, '/data'],
    ['no items', { data: [] }, '/data'],
    ['items that are none', { data: [1, null, []] }, '/data/0'],
    ['members beside data', { data: [{}], filter: 1 }, '/filter'],
    ['an array', [], ''],
  ])('%s is refused', async (_, body, pointer) => {
    const answer = await call('alice', route, { body });
    expect([briefly(answer), pointers(answer)?.[0]]).toEqual(['400 INVALID_INPUT', pointer]);
  });

  test('are a thousand at most, and larger in bytes than one row may be', async () => {
    const tooMany = await send(
      route,
      Array.from({ length: 1_001 }, () => ({})),
    );
    expect([briefly(tooMany), pointers(tooMany)]).toEqual(['400 INVALID_INPUT', ['/data']]);
    const large = { fields: { note: 'x'.repeat(45_000) } };
    expect(briefly(await send('POST /v2/contacts', person(large)))).toBe('413 BODY_TOO_LARGE');
    expect(briefly(await send(route, [person(large)]))).toBe('200');
    expect(briefly(await send(route, [person(large), person(large)]))).toBe('413 BODY_TOO_LARGE');
  });

  test('need the permission, and are of no other customer', async () => {
    expect(briefly(await send(route, [person({ fields: 7 })], 'frank'))).toBe('403 FORBIDDEN');
    const foreign = await send(route, [person(), { ...person(), customerId: world.ids.otherCustomer }]);
    expect([briefly(foreign), pointers(foreign)]).toEqual(['403 FORBIDDEN', ['/data/1/customerId']]);
    expect(briefly(await send(route, [person()], null))).toBe('401 UNAUTHENTICATED');
  });
});

describe('patches of contacts', () => {
  const route = 'PATCH /v2/contacts/bulk';
  const note = (text: string): JsonObject => ({ op: 'replace', path: '/notes', value: text });
  const make = (): Promise<Row> => world.create('alice', 'contact', { externalId: makeId() });

  test('are applied together, each under its etag, and answered in order', async () => {
    const [one, other] = [await make(), await make()];
    const answer = await send(route, [
      { id: other.id, etag: other.etag, data: [note('other')] },
      { id: one.id.toUpperCase(), etag: `W/"${one.etag}"`, data: [note('one')] },
    ]);
    expect(answer.rows.map(({ id, data }) => [id, data['notes']])).toEqual([
      [other.id, 'other'],
      [one.id, 'one'],
    ]);
  });

  test('leave nothing half done, whatever fails', async () => {
    const good = await make();
    const bad = await make();
    const stale = `0-${'A'.repeat(27)}`;
    const failing: readonly (readonly [JsonObject, string, string])[] = [
      [{ id: bad.id, etag: stale, data: [note('x')] }, '412 ETAG_STALE', '/data/1'],
      [{ id: bad.id, data: [note('x')] }, '428 ETAG_REQUIRED', '/data/1'],
      [{ id: bad.id, etag: 'a, b', data: [note('x')] }, '400 MALFORMED_REQUEST', '/data/1'],
      [{ id: makeId(), etag: stale, data: [note('x')] }, '404 NOT_FOUND', '/data/1'],
      [{ id: 'nonsense', etag: stale, data: [note('x')] }, '404 NOT_FOUND', '/data/1'],
      [{ etag: stale, data: [note('x')] }, '400 INVALID_INPUT', '/data/1/id'],
      [{ id: bad.id, etag: 7, data: [note('x')] }, '400 INVALID_INPUT', '/data/1/etag'],
      [{ id: bad.id, etag: bad.etag, data: 'x' }, '400 INVALID_PATCH', '/data/1/data'],
      [{ id: bad.id, etag: bad.etag }, '400 INVALID_PATCH', '/data/1/data'],
      [
        { id: bad.id, etag: bad.etag, data: [{ op: 'replace', path: '/nope', value: 1 }] },
        '400 INVALID_PATCH',
        '/data/1/data/0/path',
      ],
      [
        { id: bad.id, etag: bad.etag, data: [{ op: 'test', path: '/notes', value: 1 }] },
        '409 PATCH_TEST_FAILED',
        '/data/1/data/0/path',
      ],
      [
        { id: bad.id, etag: bad.etag, data: [{ op: 'replace', path: '/fields', value: 1 }] },
        '400 INVALID_INPUT',
        '/data/1/fields',
      ],
    ];
    for (const [item, code, pointer] of failing) {
      const answer = await send(route, [{ id: good.id, etag: good.etag, data: [note('x')] }, item]);
      expect([item, briefly(answer), pointers(answer)]).toEqual([item, code, [pointer]]);
      expect((await call('alice', `GET /v2/contacts/${good.id}`)).row.meta.etag).toBe(good.etag);
    }
    expect((await send(route, [{ id: bad.id, etag: stale, data: [] }])).problem.etag).toBe(bad.etag);
  });

  test("other people's rows are not there", async () => {
    const { id, etag } = await make();
    for (const person of ['chelsea', 'dora', 'erin'] as const) {
      expect(briefly(await send(route, [{ id, etag, data: [note('x')] }], person))).toBe('404 NOT_FOUND');
    }
    expect(briefly(await send(route, [{ id, etag, data: [note('x')] }], 'frank'))).toBe('403 FORBIDDEN');
  });
});

describe('households', () => {
  const route = 'POST /v2/households/bulk';
  const door = (more: JsonObject = {}): JsonObject => ({
    data: {
      unitNum: 'Apt. 2L',
      address: {
        data: {
          ...{ number: '1', streetName: `Knoll ${makeId()}`, city: 'Heron Ford', country: '', county: null },
          ...{ state: 'MA', postalCode: '69864-4637', coords: { lat: 42.4, lng: -71.3 } },
        },
      },
      formattedAddress: '1 Knoll #Apt. 2L Heron Ford',
    },
    customerId: world.ids.customer,
    ...more,
  });

  test('as existing clients send them come with their address, and without what is not known', async () => {
    const answer = await send(route, [door({ params: { externalId: '12314211' } }), door()]);
    expect(answer.status).toBe(200);
    const [first, second] = answer.rows;
    expect(first!.data).toMatchObject({ unitNum: 'Apt. 2L', externalId: '12314211' });
    expect(second!.data).not.toHaveProperty('externalId');
    const { id, data } = first!.data['address'] as { id: string; data: JsonObject };
    expect(id).toBe(first!.data['addressId']);
    expect(data).toMatchObject({ number: '1', city: 'Heron Ford', coords: { lat: 42.4, lng: -71.3 } });
    expect(data).not.toHaveProperty('country');
    expect(first!.data).not.toHaveProperty('formattedAddress');
  });

  test('the same door twice is one household', async () => {
    const one = door();
    const { rows } = await send(route, [one, one]);
    expect(rows[1]!.id).toBe(rows[0]!.id);
  });

  test('a fault inside an address is named where it is', async () => {
    const broken = { data: { unitNum: '1', address: { data: { number: '1', city: 'Heron Ford' } } } };
    expect(pointers(await send(route, [door(), broken]))).toEqual(['/data/1/data/address/data/streetName']);
  });
});

describe('links of contacts and households', () => {
  test.each(['POST', 'PUT'] as const)('are made by %s, and answered when they are there', async (method) => {
    const known = await makeLink();
    const fresh = await makeLink();
    await world.change('alice', 'contactHousehold', { kind: 'remove', id: fresh.link.id, etags: '*' });
    const item = ({ contactId, householdId }: typeof known) => ({ data: { contactId, householdId } });
    const answer = await send(`${method} /v2/contacts/households/bulk`, [item(fresh), item(known), item(fresh)]);
    expect(answer.status).toBe(200);
    const [first, second, third] = answer.rows;
    expect(second!.id).toBe(known.link.id);
    expect(first!.id).not.toBe(fresh.link.id);
    expect(third!.id).toBe(first!.id);
  });

  test('an item whose contact or household is not there is named, and nothing is linked', async () => {
    const { contactId } = await makeLink();
    const { id: householdId } = await world.create('alice', 'household', { unitNum: makeId() });
    const answer = await send('POST /v2/contacts/households/bulk', [
      { data: { contactId, householdId } },
      { data: { contactId: makeId(), householdId } },
      { contactId, householdId: 'nonsense' },
    ]);
    expect([briefly(answer), pointers(answer)]).toEqual([
      '400 INVALID_INPUT',
      ['/data/1/data/contactId', '/data/2/householdId'],
    ]);
    expect(briefly(await call('alice', `GET /v2/contacts/${contactId}/households/${householdId}`))).toBe(
      '404 NOT_FOUND',
    );
    expect(pointers(await send('PUT /v2/contacts/households/bulk', [{ data: { contactId } }]))).toEqual([
      '/data/0/data/householdId',
    ]);
  });

  test('a body has to be there', async () => {
    expect(briefly(await call('alice', 'PUT /v2/contacts/households/bulk'))).toBe('400 INVALID_INPUT');
  });
});

describe('contacts at households, on a list', () => {
  const route = (list = world.ids.list) => `POST /v1/lists/${list}/contact-households` as const;

  test('are put there together', async () => {
    const [one, other] = [await makeLink(), await makeLink()];
    const items = [one, other].map(({ contactId, householdId }) => ({ data: { contactId, householdId } }));
    const answer = await send(route(), items);
    expect(answer.rows.map(({ data }) => [data['listId'], data['contactHouseholdId']])).toEqual([
      [world.ids.list, one.link.id],
      [world.ids.list, other.link.id],
    ]);
    expect((await send(route(), items)).text).toBe(answer.text);
  });

  test('those that are not linked are named', async () => {
    const [one, other] = [await makeLink(), await makeLink()];
    const answer = await send(route(), [
      { data: { contactId: one.contactId, householdId: one.householdId } },
      { data: { contactId: one.contactId, householdId: other.householdId } },
      { data: { contactId: makeId(), householdId: other.householdId } },
    ]);
    expect([briefly(answer), pointers(answer)]).toEqual(['400 INVALID_INPUT', ['/data/1', '/data/2/data/contactId']]);
    const { rows } = await call(
      'alice',
      `GET /v1/lists/${world.ids.list}/contact-households?filter=${encodeURIComponent(`/id eq "${one.link.id}"`)}`,
    );
    expect(rows).toEqual([]);
  });

  test("a list that is absent, no id, another group's or another customer's is not found", async () => {
    const { contactId, householdId } = await makeLink();
    const items = [{ data: { contactId, householdId } }];
    const group = { securityGroupId: world.ids.elsewhereGroup };
    const hidden = await world.create('chelsea', 'list', { organizationId: world.ids.elsewhere }, group);
    for (const list of [makeId(), 'nonsense', hidden.id]) {
      expect(briefly(await send(route(list), items))).toBe('404 NOT_FOUND');
    }
    expect(briefly(await send(route(), items, 'dora'))).toBe('404 NOT_FOUND');
    expect(briefly(await send(route(), items, 'frank'))).toBe('403 FORBIDDEN');
  });

  test('an item may not name another list', async () => {
    const { contactId, householdId } = await makeLink();
    const answer = await send(route(), [{ data: { listId: makeId(), contactId, householdId } }]);
    expect([briefly(answer), pointers(answer)]).toEqual(['400 INVALID_INPUT', ['/data/0/data/listId']]);
  });
});

describe('statuses in a campaign', () => {
  const item = (
    { contactId, householdId }: { contactId: string; householdId: string },
    data: JsonObject = { statusId: world.ids.status },
  ): JsonObject => ({ data: { campaignId: world.ids.campaign, ...data }, params: { contactId, householdId } });

  test.each(['POST', 'PUT'] as const)('are made and changed by %s', async (method) => {
    const route = `${method} /v1/campaigns/contact-households/bulk` as const;
    const [one, other] = [await makeLink(), await makeLink()];
    const first = await send(route, [item(one, { type: 'high-priority' })]);
    const answer = await send(route, [item(other), item(one)]);
    expect(answer.status).toBe(200);
    expect(answer.rows.map(({ data }) => data['contactHouseholdId'])).toEqual([other.link.id, one.link.id]);
    expect(answer.rows[1]).toMatchObject({
      ...{ id: first.rows[0]!.id, data: { type: 'high-priority', statusId: world.ids.status, contacted: true } },
    });
  });

  test('an item that comes twice is heeded in order', async () => {
    const one = await makeLink();
    const answer = await send('PUT /v1/campaigns/contact-households/bulk', [
      item(one, { type: 'high-priority' }),
      item(one, { type: 'normal' }),
      item(one, {}),
    ]);
    expect(new Set(answer.rows.map(({ id }) => id)).size).toBe(1);
    expect(answer.rows.map(({ data }) => data['type'])).toEqual(['normal', 'normal', 'normal']);
  });

  test('all are of one campaign', async () => {
    const { id: campaignId } = await world.create('alice', 'campaign');
    const one = await makeLink();
    const answer = await send('POST /v1/campaigns/contact-households/bulk', [item(one), item(one, { campaignId })]);
    expect([briefly(answer), pointers(answer)]).toEqual(['400 INVALID_INPUT', ['/data/1/data/campaignId']]);
  });

  test('those that fail are named, each with what is wrong, and nothing is set', async () => {
    const [one, other] = [await makeLink(), await makeLink()];
    const answer = await send('POST /v1/campaigns/contact-households/bulk', [
      item(one),
      item({ contactId: one.contactId, householdId: other.householdId }),
      item({ contactId: makeId(), householdId: other.householdId }),
      item(other, { statusId: makeId() }),
      item(other, { colour: 'red' }),
    ]);
    expect([briefly(answer), pointers(answer)]).toEqual([
      '400 INVALID_INPUT',
      ['/data/1', '/data/2/params/contactId', '/data/3/data/statusId', '/data/4/data/colour'],
    ]);
    const missing = await send('POST /v1/campaigns/contact-households/bulk', [
      { data: { campaignId: world.ids.campaign }, params: { contactId: one.contactId } },
      { params: { contactId: one.contactId, householdId: one.householdId } },
    ]);
    expect(pointers(missing)).toEqual(['/data/0/data/householdId', '/data/1/campaignId']);
    const path = `/v1/campaigns/${world.ids.campaign}/contacts/${one.contactId}/households/${one.householdId}/status`;
    expect(briefly(await call('alice', `GET ${path}`))).toBe('404 NOT_FOUND');
  });

  test('an end that is no id is refused, also beside another way to name it', async () => {
    const { contactId, householdId, link } = await makeLink();
    const data = { campaignId: world.ids.campaign, contactHouseholdId: link.id };
    const answer = await send('PUT /v1/campaigns/contact-households/bulk', [
      { data: { ...data, contactId: [] } },
      { data: { ...data, contactId }, params: { householdId: 7 } },
      { data: { ...data, contactId, householdId: null } },
      { data: { campaignId: true, contactId, householdId } },
      { data: { ...data, householdId: 'nonsense' } },
    ]);
    expect([briefly(answer), pointers(answer)]).toEqual([
      '400 INVALID_INPUT',
      ['/data/0/data/contactId', '/data/1/params/householdId', '/data/3/data/campaignId', '/data/4/data/householdId'],
    ]);
    const named = { data: { campaignId: world.ids.campaign, contactId, householdId } };
    await send('PUT /v1/campaigns/contact-households/bulk', [named]);
    const again = [
      { ...named, id: '' },
      { ...named, securityGroupId: 'nonsense' },
    ];
    expect(pointers(await send('PUT /v1/campaigns/contact-households/bulk', again))).toEqual([
      '/data/0/id',
      '/data/1/securityGroupId',
    ]);
  });

  test('a link may be named by its own id', async () => {
    const { link } = await makeLink();
    const data = { campaignId: world.ids.campaign, contactHouseholdId: link.id, statusId: world.ids.status };
    const { rows } = await send('PUT /v1/campaigns/contact-households/bulk', [{ data }]);
    expect(rows[0]!.data).toMatchObject(data);
  });

  test('need the permission and rows that the caller may see', async () => {
    const one = await makeLink();
    const route = 'PUT /v1/campaigns/contact-households/bulk';
    expect(briefly(await send(route, [item(one)], 'frank'))).toBe('403 FORBIDDEN');
    for (const person of ['chelsea', 'dora'] as const) {
      const answer = await send(route, [item(one)], person);
      expect([briefly(answer), pointers(answer)?.length]).toEqual(['400 INVALID_INPUT', 1]);
    }
  });
});
