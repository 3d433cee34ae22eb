/** What only the server sets, sent along with everything that takes attributes: it is refused or makes no difference. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { briefly, type Call, makeCall } from '../api/rest/call.ts';
import { makeWorld, type World } from '../world.ts';

let world: World;
let call: Call;
beforeAll(async () => {
  world = await makeWorld();
  call = makeCall(world);
});
afterAll(() => world.close());

const stranger = '00000000-0000-4000-8000-000000000001';

describe('a body cannot say', () => {
  const note = () => ({ contactId: world.ids.contact, text: 'Mine' });

  test('whose customer the row is, whether there is such a one or not', async () => {
    const answers = [];
    for (const customerId of [world.ids.otherCustomer, stranger]) {
      const { status, problem } = await call('alice', 'POST /v2/notes', { body: { customerId, data: note() } });
      answers.push([status, problem.code, problem.detail]);
      const bulk = { data: [{ customerId, data: { profile: {}, fields: {} } }] };
      expect(briefly(await call('alice', 'POST /v2/contacts/bulk', { body: bulk }))).toBe('403 FORBIDDEN');
      const link = `PUT /v2/contacts/${world.ids.contact}/households/${world.ids.household}` as const;
      expect(briefly(await call('alice', link, { body: { customerId } }))).toBe('403 FORBIDDEN');
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  test('that it lies in a group in which one may not insert, whether there is such a one or not', async () => {
    const { elsewhereGroup, otherGroup, group } = world.ids;
    const answers = [];
    for (const securityGroupId of [elsewhereGroup, otherGroup, stranger]) {
      const { status, problem } = await call('alice', 'POST /v2/notes', { body: { securityGroupId, data: note() } });
      answers.push([status, problem.code, problem.detail]);
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]![0]).toBe(403);
    // A canvasser of the chapter reads down from the group above, and writes nothing into it.
    expect(briefly(await call('erin', 'POST /v2/notes', { body: { securityGroupId: group, data: note() } }))).toBe(
      '403 FORBIDDEN',
    );
  });

  test('who made the row, when, or that it is deleted', async () => {
    const meta = {
      etag: 'mine',
      created: '2000-01-01T00:00:00.000Z',
      createdBy: stranger,
      modifiedBy: stranger,
      isDeleted: true,
    };
    const { status, row } = await call('alice', 'POST /v2/notes', { body: { meta, data: note() } });
    expect([status, row.meta]).toMatchObject([201, { createdBy: world.people.alice.userId, isDeleted: false }]);
    expect(row.meta['created']).not.toBe(meta.created);
    expect(row.meta.etag).not.toBe(meta.etag);
    for (const name of ['meta', 'customerId', 'securityGroupId', 'createdBy', 'is_deleted', 'sync_seq', 'version']) {
      const { status: refused } = await call('alice', 'POST /v2/notes', {
        body: { data: { ...note(), [name]: stranger } },
      });
      expect([name, refused]).toEqual([name, 400]);
    }
  });

  test('what is kept of a row and shown to nobody', async () => {
    const email = `${makeId()}@doorstep.example`;
    for (const name of ['passwordHash', 'password_hash', 'emailKey', 'email_key', 'password']) {
      expect((await call('alice', 'POST /v1/users', { body: { data: { email, [name]: 'x' } } })).status).toBe(400);
    }
    const { row } = await call('alice', 'POST /v1/users', {
      body: { data: { email }, params: { password: 'correct horse battery' } },
    });
    for (const path of ['/passwordHash', '/data/passwordHash', '/password_hash', '/emailKey']) {
      for (const op of ['add', 'replace', 'remove', 'test'] as const) {
        const body = { data: [{ op, path, value: 'x' }] };
        const { status } = await call('alice', `PATCH /v1/users/${row.id}`, { body, headers: { 'if-match': '*' } });
        expect([400, 409]).toContain(status);
      }
      const copied = { data: [{ op: 'copy', from: path, path: '/profile' }] };
      expect(
        (await call('alice', `PATCH /v1/users/${row.id}`, { body: copied, headers: { 'if-match': '*' } })).status,
      ).toBe(400);
    }
    expect(JSON.stringify(await call('alice', `GET /v1/users/${row.id}`))).not.toMatch(/scrypt|password/i);
  });
});

test('a patch reaches nothing outside of data, from either side', async () => {
  const made = await world.create('alice', 'note', { text: 'start' });
  const outside = ['/id', '/customerId', '/securityGroupId', '/meta', '/meta/isDeleted', '/meta/createdBy', ''];
  for (const path of outside) {
    for (const operation of [
      { op: 'replace', path, value: stranger },
      { op: 'add', path, value: stranger },
      { op: 'remove', path },
      { op: 'copy', from: '/text', path },
      { op: 'copy', from: path, path: '/text' },
      { op: 'move', from: path, path: '/text' },
    ]) {
      const answer = await call('alice', `PATCH /v2/notes/${made.id}`, {
        body: { data: [operation] },
        headers: { 'if-match': '*' },
      });
      expect(briefly(answer), JSON.stringify(operation)).toBe('400 INVALID_PATCH');
    }
  }
  expect((await call('alice', `GET /v2/notes/${made.id}`)).row.data['text']).toBe('start');
});

test('an etag that is guessed opens nothing: of a row that is not there it says as much as of a foreign one', async () => {
  const made = await world.create('alice', 'note', { text: 'start' });
  for (const etag of [made.etag, `"${made.etag}"`, '*', `1-${'A'.repeat(27)}`]) {
    for (const method of ['PATCH', 'DELETE'] as const) {
      const body = method === 'PATCH' ? { body: { data: [{ op: 'replace', path: '/text', value: 'x' }] } } : {};
      for (const person of ['chelsea', 'dora'] as const) {
        const answer = await call(person, `${method} /v2/notes/${made.id}`, { headers: { 'if-match': etag }, ...body });
        expect(briefly(answer)).toBe('404 NOT_FOUND');
      }
    }
    const read = await call('dora', `GET /v2/notes/${made.id}`, { headers: { 'if-none-match': etag } });
    expect(briefly(read)).toBe('404 NOT_FOUND');
  }
});
