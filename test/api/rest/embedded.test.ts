/** What reads show beside a row: the rows it refers to and what is counted, as far as the caller may see it. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';
import { briefly, type Call, type Envelope, makeCall } from './call.ts';

let world: World;
let call: Call;

beforeAll(async () => {
  world = await makeWorld();
  call = makeCall(world);
});
afterAll(() => world.close());

const elsewhere = () => ({ securityGroupId: world.ids.elsewhereGroup });

async function putOn(
  list: string,
  contact?: string,
): Promise<{ contactId: string; householdId: string; link: string }> {
  const contactId = contact ?? (await world.create('alice', 'contact', { externalId: makeId() })).id;
  const { id: householdId } = await world.create('alice', 'household', { unitNum: makeId() });
  const { id: link } = await world.create('alice', 'contactHousehold', { contactId, householdId });
  await world.create('alice', 'contactHouseholdList', { listId: list, contactHouseholdId: link });
  return { contactId, householdId, link };
}

describe('a household', () => {
  const url = () => `/v2/households/${world.ids.household}`;

  test('comes with its address, alone, in lists and after a change', async () => {
    const address = (await world.rows<{ id: string; street_name: string }>('address')).find(
      ({ id }) => id === world.ids.address,
    )!;
    const one = await call('alice', `GET ${url()}`);
    expect(one.row.data).toMatchObject({
      addressId: address.id,
      address: { id: address.id, data: { streetName: address.street_name, coords: { lat: 40.1012 } } },
    });
    expect(Object.keys(one.row.data['address'] as JsonObject)).toEqual(['id', 'data']);
    const listed = await call(
      'alice',
      `GET /v2/households?filter=${encodeURIComponent(`/id eq "${world.ids.household}"`)}`,
    );
    expect(listed.rows).toEqual([one.row]);
    const streamed = await call('alice', `GET /v2/households?limit=9007199254740991`);
    expect(streamed.rows).toContainEqual(one.row);
    const patched = await call('alice', `PATCH ${url()}`, {
      headers: { etag: one.row.meta.etag },
      body: { data: [{ op: 'replace', path: '/unitNum', value: 'Apt 3' }] },
    });
    expect(patched.row.data['address']).toEqual(one.row.data['address']);
  });

  test('is not named by its etag alone, because the address changes without it', async () => {
    const { headers } = await call('alice', `GET ${url()}`);
    const again = await call('alice', `GET ${url()}`, { headers: { 'if-none-match': headers['etag']! } });
    expect([again.status, again.headers['etag']]).toEqual([200, headers['etag']]);
    const contact = await call('alice', `GET /v2/contacts/${world.ids.contact}`);
    const same = { 'if-none-match': contact.headers['etag']! };
    expect((await call('alice', `GET /v2/contacts/${world.ids.contact}`, { headers: same })).status).toBe(304);
  });

  test('whose address the caller may not see comes without it', async () => {
    const { id } = await world.create(null, 'household', { unitNum: makeId() }, elsewhere());
    const { row } = await call('chelsea', `GET /v2/households/${id}`);
    expect(row.data).toMatchObject({ addressId: world.ids.address });
    expect(row.data).not.toHaveProperty('address');
  });
});

describe('a membership', () => {
  test('comes with its user and its organization, and without the secrets of either', async () => {
    const { userId, organizationId } = world.people.bob;
    const { rows } = await call('alice', `GET /v1/memberships?filter[/data/userId]=${userId}`);
    expect(rows).toHaveLength(1);
    const { user, organization, ...own } = rows[0]!.data as { user: JsonObject; organization: JsonObject };
    expect(own).toMatchObject({ userId, organizationId, status: 'active' });
    expect(user).toMatchObject({ email: 'bob@doorstep.example', status: 'active' });
    expect(organization).toMatchObject({ name: 'Organization', discoverable: false });
    expect(JSON.stringify(rows)).not.toContain('password');
    expect((await call('alice', `GET /v1/memberships/${rows[0]!.id}`)).row).toEqual(rows[0]);
  });

  test('of a deleted user comes without the user', async () => {
    const { id: userId, etag } = await world.create('alice', 'user', { email: `${makeId()}@doorstep.example` });
    const { id } = await world.create('alice', 'membership', { userId });
    await world.change('alice', 'user', { kind: 'remove', id: userId, etags: [etag] });
    const { row } = await call('alice', `GET /v1/memberships/${id}`);
    expect(row.data).toMatchObject({ userId, organization: { name: 'Organization' } });
    expect(row.data).not.toHaveProperty('user');
  });
});

describe('a list', () => {
  const countOf = async (list: string, person: 'alice' | 'erin' = 'alice'): Promise<unknown> =>
    ((await call(person, `GET /v1/lists/${list}`)).row as Envelope & { contactsCount: number }).contactsCount;

  test('tells how many contacts are on it, each once, beside its data', async () => {
    const { id } = await world.create('alice', 'list');
    expect(await countOf(id)).toBe(0);
    const { contactId } = await putOn(id);
    await putOn(id, contactId);
    const other = await putOn(id);
    expect(await countOf(id)).toBe(2);
    const { rows } = await call('alice', `GET /v1/lists?filter=${encodeURIComponent(`/id eq "${id}"`)}`);
    expect(rows).toMatchObject([{ id, contactsCount: 2 }]);
    await world.change('alice', 'contact', { kind: 'remove', id: other.contactId, etags: '*' });
    expect(await countOf(id)).toBe(1);
  });

  test('counts nobody whom the caller may not see', async () => {
    const { id } = await world.create('alice', 'list');
    await putOn(id);
    expect([await countOf(id), await countOf(id, 'erin')]).toEqual([1, 0]);
  });
});

describe("a contact's households", () => {
  test('are listed with their address and the id of the link', async () => {
    const { id: contactId } = await world.create('alice', 'contact', { externalId: makeId() });
    const list = await world.create('alice', 'list');
    const links = [await putOn(list.id, contactId), await putOn(list.id, contactId)];
    await putOn(list.id);
    const { rows, text } = await call('alice', `GET /v2/contacts/${contactId}/households/`);
    expect(rows).toMatchObject(
      links.map(({ householdId, link }) => ({
        id: householdId,
        data: { address: { id: world.ids.address } },
        meta: { resource: 'households' },
        params: { contactHouseholdId: link },
      })),
    );
    expect(JSON.parse(text)).toHaveProperty('meta', {});
  });

  test('a household from which the contact was parted is not listed', async () => {
    const list = await world.create('alice', 'list');
    const { contactId, link } = await putOn(list.id);
    await world.change('alice', 'contactHousehold', { kind: 'remove', id: link, etags: '*' });
    expect((await call('alice', `GET /v2/contacts/${contactId}/households`)).rows).toEqual([]);
  });

  test('of a contact that is not there for the caller are not found', async () => {
    const { id } = await world.create(
      'chelsea',
      'contact',
      { externalId: makeId(), primaryHouseholdId: null },
      elsewhere(),
    );
    for (const contact of [makeId(), 'nonsense', id]) {
      for (const query of ['', '?limit=9007199254740991']) {
        const answer = await call('alice', `GET /v2/contacts/${contact}/households${query}`);
        expect(briefly(answer)).toBe('404 NOT_FOUND');
        expect(answer.problem.detail).toBe(`There is no contacts row with the id ${contact} that you may see.`);
      }
    }
    for (const person of ['chelsea', 'dora', 'erin'] as const) {
      expect(briefly(await call(person, `GET /v2/contacts/${world.ids.contact}/households`))).toBe('404 NOT_FOUND');
    }
  });
});

describe('the contacts at households of a list', () => {
  let list: string;
  let url: string;
  let on: readonly Awaited<ReturnType<typeof putOn>>[];

  beforeAll(async () => {
    list = (await world.create('alice', 'list')).id;
    url = `/v1/lists/${list}/contact-households`;
    on = [await putOn(list), await putOn(list), await putOn(list), await putOn(list)];
    await putOn(world.ids.list);
  });

  test('are the contact and the household, whole', async () => {
    const { rows } = await call('alice', `GET ${url}`);
    expect(rows.map(({ id }) => id)).toEqual(on.map(({ link }) => link));
    const [first] = rows;
    const [{ contactId, householdId }] = on as [(typeof on)[number]];
    const [contact, household] = [
      (await call('alice', `GET /v2/contacts/${contactId}`)).row,
      (await call('alice', `GET /v2/households/${householdId}`)).row,
    ];
    expect(first!.data).toEqual({ contact, household });
    expect(first!.meta['resource']).toBe('contact-households');
  });

  test('are filtered, sorted and paged like every list', async () => {
    const links = on.map(({ link }) => link);
    const ids = async (query: string) => (await call('alice', `GET ${url}?${query}`)).rows.map(({ id }) => id);
    expect(await ids('sort=id&sort=DESC')).toEqual([...links].reverse());
    expect(await ids('skip=1&limit=2')).toEqual(links.slice(1, 3));
    expect(await ids(`filter[/data/contactId]=${on[2]!.contactId}`)).toEqual([links[2]]);
    expect(await ids(`filter=${encodeURIComponent(`/data/householdId eq "${on[1]!.householdId}"`)}`)).toEqual([
      links[1],
    ]);
    expect(await ids('limit=9007199254740991')).toEqual(links);
    expect(await ids('deleted=only')).toEqual([]);
    expect(briefly(await call('alice', `GET ${url}?filter=${encodeURIComponent('/data/nope eq 1')}`))).toBe(
      '400 INVALID_FILTER',
    );
  });

  test.each([2, 1_001])('are walked to the end by the Link, %i at a time', async (limit) => {
    const links = on.map(({ link }) => link);
    const seen: string[] = [];
    let next: string | undefined = `${url}?limit=${limit}`;
    while (next !== undefined) {
      const page = await call('alice', `GET ${next}`);
      seen.push(...page.rows.map(({ id }) => id));
      next = /<([^>]+)>; rel="next"/.exec(page.headers['link'] ?? '')?.[1];
    }
    expect(seen).toEqual(links);
  });

  test('are filtered and sorted by what is shown of the contact and the household', async () => {
    const { id: people } = await world.create('alice', 'list');
    const put = async (given: string, unitNum: string, notes: string | null): Promise<string> => {
      const profile = { name: { anglican: { given, surname: 'Okonkwo' } } };
      const { id: contactId } = await world.create('alice', 'contact', { externalId: makeId(), profile, notes });
      const { id: householdId } = await world.create('alice', 'household', { unitNum: `${unitNum} ${makeId()}` });
      const { id } = await world.create('alice', 'contactHousehold', { contactId, householdId });
      await world.create('alice', 'contactHouseholdList', { listId: people, contactHouseholdId: id });
      return given;
    };
    await put('Mara', 'B', 'dog');
    await put('Abe', 'C', null);
    await put('Zoë', 'A', null);
    const given = async (query: string): Promise<readonly unknown[]> => {
      const { rows } = await call('alice', `GET /v1/lists/${people}/contact-households?${query}`);
      return rows.map(
        ({ data }) =>
          (data as { contact: { data: { profile: { name: { anglican: JsonObject } } } } }).contact.data.profile.name
            .anglican['given'],
      );
    };
    const name = '/data/profile/name/anglican/given';
    expect(await given(`sort=${name}&sort=ASC`)).toEqual(['Abe', 'Mara', 'Zoë']);
    expect(await given(`sort=${name}&sort=DESC`)).toEqual(['Zoë', 'Mara', 'Abe']);
    expect(await given(`sort=["/data/household/data/unitNum","ASC"]`)).toEqual(['Zoë', 'Mara', 'Abe']);
    expect(await given('sort=/data/notes&sort=DESC')).toEqual(['Zoë', 'Abe', 'Mara']);
    expect(await given(`filter=${encodeURIComponent(`${name} like "*a*"`)}`)).toEqual(['Mara']);
    expect(await given(`filter=${encodeURIComponent('/data/contact/data/notes neq "dog"')}`)).toEqual(['Abe', 'Zoë']);
    expect(await given('filter[/data/notes]=dog')).toEqual(['Mara']);
    const pages: unknown[] = [];
    let next: string | undefined = `/v1/lists/${people}/contact-households?limit=1&sort=/data/household/data/unitNum`;
    while (next !== undefined) {
      const page = await call('alice', `GET ${next}`);
      pages.push(...page.rows.map(({ id }) => id));
      next = /<([^>]+)>; rel="next"/.exec(page.headers['link'] ?? '')?.[1];
    }
    expect(new Set(pages).size).toBe(3);
    const nonsense = await call('alice', `GET /v1/lists/${people}/contact-households?sort=/data/contact/data/nope`);
    expect(briefly(nonsense)).toBe('400 INVALID_SORT');
  });

  test('are not found out by a filter or an order, where the caller may not see them', async () => {
    const hidden = await world.create('alice', 'list');
    const secret = { primaryHouseholdId: null, notes: 'secret' };
    const { id: contactId } = await world.create(
      'chelsea',
      'contact',
      { ...secret, externalId: makeId() },
      elsewhere(),
    );
    const ours = { securityGroupId: world.ids.group };
    const { id } = await world.create(null, 'contactHousehold', { contactId }, ours);
    await world.create(null, 'contactHouseholdList', { listId: hidden.id, contactHouseholdId: id }, ours);
    const url = `/v1/lists/${hidden.id}/contact-households`;
    expect((await call('alice', `GET ${url}?filter[/data/notes]=secret`)).rows).toEqual([]);
    expect((await call('alice', `GET ${url}?filter=${encodeURIComponent('/data/notes eq nil')}`)).rows).toHaveLength(1);
    const { headers } = await call('alice', `GET ${url}?sort=/data/notes&limit=1`);
    expect(headers['link']).toBeUndefined();
  });

  test('leave out what the caller may not see', async () => {
    const hidden = await world.create('alice', 'list');
    const { id: contactId } = await world.create('chelsea', 'contact', { primaryHouseholdId: null }, elsewhere());
    const ours = { securityGroupId: world.ids.group };
    const { id } = await world.create(null, 'contactHousehold', { contactId }, ours);
    await world.create(null, 'contactHouseholdList', { listId: hidden.id, contactHouseholdId: id }, ours);
    const { rows } = await call('alice', `GET /v1/lists/${hidden.id}/contact-households`);
    expect(rows.map(({ data }) => Object.keys(data))).toEqual([['household']]);
  });

  test('of a list that the caller may not see are not shown, even where the contacts are theirs', async () => {
    const hidden = await world.create('chelsea', 'list', { organizationId: world.ids.elsewhere }, elsewhere());
    const ours = { securityGroupId: world.ids.group };
    await world.create(null, 'contactHouseholdList', { listId: hidden.id }, ours);
    expect(briefly(await call('alice', `GET /v1/lists/${hidden.id}/contact-households`))).toBe('404 NOT_FOUND');
  });

  test('of a list above are shown to a canvasser below it, as far as they are theirs', async () => {
    expect((await call('erin', `GET ${url}`)).rows).toEqual([]);
    expect(briefly(await call('chelsea', `GET ${url}`))).toBe('404 NOT_FOUND');
    expect(briefly(await call('chelsea', `GET ${url}?limit=5000`))).toBe('404 NOT_FOUND');
  });

  test('answer HEAD like GET', async () => {
    const head = await call('alice', `HEAD ${url}?limit=1`);
    expect([head.status, head.text, head.headers['link']?.includes(url)]).toEqual([200, '', true]);
  });
});

describe('an id that a client chose for something that was there already', () => {
  test('reads, changes and removes the row that it stands for', async () => {
    const externalId = makeId();
    const { id, etag } = await world.create('alice', 'contact', { externalId });
    const alias = makeId();
    const body = { id: alias, data: { ...world.body('contact'), externalId } };
    expect((await call('alice', 'POST /v2/contacts', { body })).row.id).toBe(id);
    const read = await call('alice', `GET /v2/contacts/${alias.toUpperCase()}`);
    expect([read.status, read.row.id, read.headers['etag']]).toEqual([200, id, `"${etag}"`]);
    const patched = await call('alice', `PATCH /v2/contacts/${alias}`, {
      headers: { etag },
      body: { data: [{ op: 'replace', path: '/notes', value: 'x' }] },
    });
    expect([patched.status, patched.row.id]).toEqual([200, id]);
    for (const person of ['chelsea', 'dora'] as const) {
      expect(briefly(await call(person, `GET /v2/contacts/${alias}`))).toBe('404 NOT_FOUND');
    }
    const headers = { etag: patched.row.meta.etag };
    expect((await call('alice', `DELETE /v2/contacts/${alias}`, { headers })).row.id).toBe(id);
    const gone = await call('alice', `GET /v2/contacts/${alias}`);
    expect([briefly(gone), gone.problem.detail]).toEqual([
      ...['404 NOT_FOUND', `There is no contacts row with the id ${alias} that you may see.`],
    ]);
  });
});
