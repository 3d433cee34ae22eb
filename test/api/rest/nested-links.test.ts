/** Links at the addresses of what they link: made, read, changed and removed without knowing their ids. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWorld, type Row, type World } from '../../world.ts';
import { briefly, type Call, makeCall } from './call.ts';

let world: World;
let call: Call;

beforeAll(async () => {
  world = await makeWorld();
  call = makeCall(world);
});
afterAll(() => world.close());

const makeContact = (): Promise<Row> => world.create('alice', 'contact', { externalId: makeId() });
const makeHousehold = (): Promise<Row> => world.create('alice', 'household', { unitNum: makeId() });

/** A contact and a household that nobody has linked. */
async function makePair(): Promise<{ readonly contact: string; readonly household: string }> {
  return { contact: (await makeContact()).id, household: (await makeHousehold()).id };
}

/** The same, linked. */
async function makeLink() {
  const { contact, household } = await makePair();
  const link = await world.create('alice', 'contactHousehold', { contactId: contact, householdId: household });
  return { contact, household, link };
}

interface Places {
  readonly contact: string;
  readonly household: string;
}

const ofContact = ({ contact, household }: Places): string => `/v2/contacts/${contact}/households/${household}`;
const ofList = ({ contact, household }: Places, list = world.ids.list): string =>
  `/v1/lists/${list}/contacts/${contact}/households/${household}`;
const ofCampaign = ({ contact, household }: Places, campaign = world.ids.campaign): string =>
  `/v1/campaigns/${campaign}/contacts/${contact}/households/${household}/status`;

describe('a contact and a household', () => {
  test('are linked by a PUT without a body, and once', async () => {
    const pair = await makePair();
    const made = await call('alice', `PUT ${ofContact(pair)}`, { headers: { 'content-type': 'application/json' } });
    expect(made.status).toBe(201);
    expect(made.row.data).toEqual({ contactId: pair.contact, householdId: pair.household });
    expect(made.row.meta).toMatchObject({ resource: 'contact-households', isDeleted: false });
    expect(made.headers['etag']).toBe(`"${made.row.meta.etag}"`);
    const again = await call('alice', `PUT ${ofContact(pair)}`);
    expect([again.status, again.text]).toEqual([200, made.text]);
    expect((await call('alice', `GET ${ofContact(pair)}`)).text).toBe(made.text);
  });

  test('linked by two at the same moment are linked once', async () => {
    const pair = await makePair();
    const both = await Promise.all([1, 2, 3].map(() => call('alice', `PUT ${ofContact(pair)}`)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(both.map(({ row }) => row.id)).size).toBe(1);
  });

  test('are parted by a DELETE under the etag, and linked anew by a PUT', async () => {
    const { link, ...pair } = await makeLink();
    expect(briefly(await call('alice', `DELETE ${ofContact(pair)}`))).toBe('428 ETAG_REQUIRED');
    const stale = { etag: `0-${'A'.repeat(27)}` };
    expect(briefly(await call('alice', `DELETE ${ofContact(pair)}`, { headers: stale }))).toBe('412 ETAG_STALE');
    const gone = await call('alice', `DELETE ${ofContact(pair)}`, { headers: { etag: link.etag } });
    expect([gone.status, gone.row.id, gone.row.meta.isDeleted]).toEqual([200, link.id, true]);
    expect(briefly(await call('alice', `GET ${ofContact(pair)}`))).toBe('404 NOT_FOUND');
    expect(briefly(await call('alice', `DELETE ${ofContact(pair)}`, { headers: stale }))).toBe('404 NOT_FOUND');
    expect((await call('alice', `GET ${ofContact(pair)}?deleted=only`)).row.id).toBe(link.id);
    const anew = await call('alice', `PUT ${ofContact(pair)}`);
    expect(anew.status).toBe(201);
    expect(anew.row.id).not.toBe(link.id);
    expect((await call('alice', `GET ${ofContact(pair)}?deleted=include`)).row.id).toBe(anew.row.id);
  });

  test('have nothing to patch, and say so', async () => {
    const { link, ...pair } = await makeLink();
    const answer = await call('alice', `PATCH ${ofContact(pair)}`, {
      headers: { etag: link.etag },
      body: { data: [] },
    });
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'DELETE, GET, HEAD, PUT']);
  });

  test('a body may say what the address says, and nothing else', async () => {
    const pair = await makePair();
    const other = { data: { contactId: pair.contact, householdId: makeId() } };
    const refused = await call('alice', `PUT ${ofContact(pair)}`, { body: other });
    expect(briefly(refused)).toBe('400 INVALID_INPUT');
    expect(refused.problem.errors?.map(({ pointer }) => pointer)).toEqual(['/data/householdId']);
    const unknown = await call('alice', `PUT ${ofContact(pair)}`, { body: { data: { colour: 'red' } } });
    expect(unknown.problem.errors?.map(({ pointer }) => pointer)).toEqual(['/data/colour']);
    const id = makeId();
    const same = { id, data: { contactId: pair.contact.toUpperCase(), householdId: pair.household } };
    const made = await call('alice', `PUT ${ofContact(pair)}`, { body: same });
    expect([made.status, made.row.id]).toEqual([201, id]);
  });

  test.each(['{', '[]', '"x"'])('the body %s is refused', async (text) => {
    const answer = await call('alice', `PUT ${ofContact(await makePair())}`, { text });
    expect(answer.status).toBe(400);
  });
});

describe('a contact at a household, on a list', () => {
  test('is put there by the ids of the three, and once', async () => {
    const { link, ...pair } = await makeLink();
    const made = await call('alice', `PUT ${ofList(pair)}`);
    expect(made.status).toBe(201);
    expect(made.row.data).toMatchObject({ listId: world.ids.list, contactHouseholdId: link.id });
    expect(made.row.data['coords']).toMatchObject({ lat: 40.1012 });
    const again = await call('alice', `PUT ${ofList(pair)}`, { body: {} });
    expect([again.status, again.row.id]).toEqual([200, made.row.id]);
    expect((await call('alice', `GET ${ofList(pair)}`)).text).toBe(made.text);
  });

  test('is not put there when the contact is not at the household', async () => {
    const pair = await makePair();
    expect(briefly(await call('alice', `PUT ${ofList(pair)}`))).toBe('404 NOT_FOUND');
    expect(briefly(await call('alice', `GET ${ofList(pair)}`))).toBe('404 NOT_FOUND');
  });

  test('is taken off it, and stays at the household', async () => {
    const { link, ...pair } = await makeLink();
    const { row } = await call('alice', `PUT ${ofList(pair)}`);
    expect(
      (await call('alice', `DELETE ${ofList(pair)}`, { headers: { 'if-match': `"${row.meta.etag}"` } })).status,
    ).toBe(200);
    expect(briefly(await call('alice', `GET ${ofList(pair)}`))).toBe('404 NOT_FOUND');
    expect((await call('alice', `GET ${ofContact(pair)}`)).row.id).toBe(link.id);
  });
});

describe('the status of a contact in a campaign', () => {
  test('is made by a PUT, and set by the next one without touching the rest', async () => {
    const { link, ...pair } = await makeLink();
    const made = await call('alice', `PUT ${ofCampaign(pair)}`, {
      body: { data: { type: 'high-priority', reservation: { reserved: true } } },
    });
    expect(made.status).toBe(201);
    expect(made.row.data).toMatchObject({
      ...{ campaignId: world.ids.campaign, contactHouseholdId: link.id, state: 'not-contacted-high-priority' },
    });
    const body = { data: { availability: { available: false, unavailableReason: 'Not Home' } } };
    const set = await call('alice', `PUT ${ofCampaign(pair)}`, { body });
    expect([set.status, set.row.id]).toEqual([200, made.row.id]);
    expect(set.row.data).toMatchObject({ type: 'high-priority', reservation: { reserved: true }, ...body.data });
    expect((await call('alice', `GET ${ofCampaign(pair)}`)).text).toBe(set.text);
  });

  test('put by two at the same moment is one row that both have set', async () => {
    const { contact, household } = await makeLink();
    const path = ofCampaign({ contact, household });
    const both = await Promise.all([
      call('alice', `PUT ${path}`, { body: { data: { type: 'high-priority' } } }),
      call('bob', `PUT ${path}`, { body: { data: { reservation: { reserved: true } } } }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201]);
    const { row } = await call('alice', `GET ${path}`);
    expect(row.data).toMatchObject({ type: 'high-priority', reservation: { reserved: true } });
  });

  test('a statusId fills in the state, by PUT and by PATCH', async () => {
    const { contact, household } = await makeLink();
    const path = ofCampaign({ contact, household });
    const { row } = await call('alice', `PUT ${path}`);
    const operation = { op: 'replace', path: '/statusId', value: world.ids.status };
    expect(briefly(await call('alice', `PATCH ${path}`, { body: { data: [operation] } }))).toBe('428 ETAG_REQUIRED');
    const patched = await call('alice', `PATCH ${path}`, {
      headers: { etag: row.meta.etag },
      body: { data: [operation] },
    });
    expect(patched.status).toBe(200);
    expect(patched.row.data).toMatchObject({ statusId: world.ids.status, contacted: true });
    const wrong = await call('alice', `PUT ${path}`, { body: { data: { state: 'come-back' } } });
    expect(briefly(wrong)).toBe('400 INVALID_INPUT');
    expect(wrong.problem.errors?.map(({ pointer }) => pointer)).toEqual(['/data/statusId']);
  });

  test('an etag is not asked of a PUT, and heeded when it comes', async () => {
    const { contact, household } = await makeLink();
    const path = ofCampaign({ contact, household });
    const stale = { etag: `0-${'A'.repeat(27)}` };
    const body = { data: { type: 'normal' } };
    expect(briefly(await call('alice', `PUT ${path}`, { headers: stale, body }))).toBe('412 ETAG_STALE');
    expect(briefly(await call('alice', `GET ${path}`))).toBe('404 NOT_FOUND');
    const { row } = await call('alice', `PUT ${path}`, { body });
    expect(briefly(await call('alice', `PUT ${path}`, { headers: stale, body }))).toBe('412 ETAG_STALE');
    const headers = { etag: row.meta.etag };
    expect(briefly(await call('alice', `PUT ${path}`, { headers, body: { data: { type: 'do-not-knock' } } }))).toBe(
      '200',
    );
  });

  test('an attribute that is not known is refused, whether the row is there or not', async () => {
    const { contact, household } = await makeLink();
    const path = ofCampaign({ contact, household });
    for (let time = 0; time < 2; time += 1) {
      const refused = await call('alice', `PUT ${path}`, { body: { data: { colour: 'red' } } });
      expect(refused.problem.errors).toEqual([{ pointer: '/data/colour', message: 'is not an attribute here' }]);
      await call('alice', `PUT ${path}`);
    }
  });

  test('is removed, and a PUT makes a new one', async () => {
    const { contact, household } = await makeLink();
    const path = ofCampaign({ contact, household });
    const { row } = await call('alice', `PUT ${path}`);
    expect((await call('alice', `DELETE ${path}`, { headers: { etag: row.meta.etag } })).status).toBe(200);
    expect(briefly(await call('alice', `PUT ${path}`, { body: { data: { type: 'normal' } } }))).toBe('201');
  });
});

describe('at every place of an address', () => {
  const methods = ['GET', 'PUT', 'PATCH', 'DELETE'] as const;

  test("an id that is absent, no id, another customer's or another group's is not found, in the same words", async () => {
    const { link, ...ours } = await makeLink();
    await call('alice', `PUT ${ofList(ours)}`);
    await call('alice', `PUT ${ofCampaign(ours)}`);
    const group = { securityGroupId: world.ids.elsewhereGroup };
    const hidden = {
      contact: (await world.create('chelsea', 'contact', { externalId: makeId(), primaryHouseholdId: null }, group)).id,
      household: (await world.create('chelsea', 'household', { addressId: await elsewhereAddress() }, group)).id,
    };
    const list = (await world.create('chelsea', 'list', { organizationId: world.ids.elsewhere }, group)).id;
    const campaign = (await world.create('chelsea', 'campaign', { organizationId: world.ids.elsewhere }, group)).id;
    const wrong: Record<string, readonly string[]> = {
      contact: [makeId(), 'nonsense', hidden.contact, "'"],
      household: [makeId(), 'nonsense', hidden.household],
    };
    const paths = Object.entries(wrong).flatMap(([place, ids]) =>
      ids.flatMap((id) => {
        const places = { ...ours, [place]: encodeURIComponent(id) };
        return [ofContact(places), ofList(places), ofCampaign(places)];
      }),
    );
    for (const id of [makeId(), 'nonsense', list]) paths.push(ofList(ours, id));
    for (const id of [makeId(), 'nonsense', campaign]) paths.push(ofCampaign(ours, id));
    for (const path of paths) {
      for (const method of methods) {
        if (method === 'PATCH' && !path.endsWith('/status')) continue;
        const body = method === 'PATCH' ? { data: [] } : undefined;
        const answer = await call('alice', `${method} ${path}`, { headers: { 'if-match': '*' }, body });
        expect([method, path, briefly(answer)]).toEqual([method, path, '404 NOT_FOUND']);
      }
    }
    expect((await call('alice', `GET ${ofContact(ours)}`)).row.id).toBe(link.id);
  });

  test('whoever may not see the rows is told that there are none, and changes nothing', async () => {
    const { link, ...ours } = await makeLink();
    await call('alice', `PUT ${ofList(ours)}`);
    await call('alice', `PUT ${ofCampaign(ours)}`);
    for (const person of ['chelsea', 'dora', 'erin'] as const) {
      for (const path of [ofContact(ours), ofList(ours), ofCampaign(ours)]) {
        for (const method of ['GET', 'PUT', 'DELETE'] as const) {
          const answer = await call(person, `${method} ${path}`, { headers: { 'if-match': '*' } });
          expect([person, method, path, briefly(answer)]).toEqual([person, method, path, '404 NOT_FOUND']);
        }
      }
    }
    expect((await call('alice', `GET ${ofContact(ours)}`)).row.meta.etag).toBe(link.etag);
  });

  test('a canvasser reads them, and needs the permission to write', async () => {
    const { link, ...ours } = await makeLink();
    const free = await makePair();
    expect((await call('frank', `GET ${ofContact(ours)}`)).row.id).toBe(link.id);
    const forbidden = '403 FORBIDDEN';
    expect(briefly(await call('frank', `PUT ${ofContact(free)}`))).toBe(forbidden);
    expect(briefly(await call('frank', `PUT ${ofContact(ours)}`))).toBe(forbidden);
    expect(briefly(await call('frank', `PUT ${ofCampaign(ours)}`, { body: { data: { type: 'normal' } } }))).toBe(
      forbidden,
    );
    expect(briefly(await call('frank', `DELETE ${ofContact(ours)}`, { headers: { etag: link.etag } }))).toBe(forbidden);
    expect(briefly(await call(null, `GET ${ofContact(ours)}`))).toBe('401 UNAUTHENTICATED');
  });

  test('an id that a client chose for a contact that was there already leads to that contact', async () => {
    const externalId = makeId();
    const { id } = await world.create('alice', 'contact', { externalId });
    const alias = makeId();
    const again = await call('alice', 'POST /v2/contacts', {
      body: { id: alias, ...world.body('contact', { externalId, primaryHouseholdId: null }) },
    });
    expect([again.status, again.row.id]).toEqual([200, id]);
    const { id: household } = await makeHousehold();
    const made = await call('alice', `PUT ${ofContact({ contact: alias, household })}`);
    expect(made.row.data['contactId']).toBe(id);
    expect((await call('alice', `GET ${ofContact({ contact: alias, household })}`)).row.id).toBe(made.row.id);
    expect((await call('alice', `GET /v2/contacts/${alias}/households`)).rows.map((row) => row.id)).toEqual([
      household,
    ]);
    const gone = await call('alice', `DELETE ${ofContact({ contact: alias, household })}`, {
      headers: { etag: made.row.meta.etag },
    });
    expect(gone.status).toBe(200);
  });
});

async function elsewhereAddress(): Promise<string> {
  const group = { securityGroupId: world.ids.elsewhereGroup };
  return (await world.create('chelsea', 'address', {}, group)).id;
}
