/** People join an organization by its code, and get what it says and nothing else. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { type LetterBox, openLetterBox } from '../../letter-box.ts';
import { makeWorld, type World } from '../../world.ts';
import { dataOf, makeAsk } from '../graphql/ask.ts';
import { patch, replace } from '../write/verdicts.ts';
import { briefly, type Call, makeCall } from './call.ts';

let box: LetterBox;
let world: World;
let call: Call;
let roleId: string;
beforeAll(async () => {
  box = await openLetterBox();
  world = await makeWorld({ env: { SMTP_URL: box.url } });
  call = makeCall(world);
  roleId = (await world.create('alice', 'role', { name: 'Joined', permissions: ['read@contacts'] })).id;
});
afterAll(async () => {
  await world.close();
  await box.close();
});

interface Open {
  readonly id: string;
  readonly token: string;
}

async function openOrganization(data: JsonObject = {}): Promise<Open> {
  const row = await world.create(null, 'organization', {
    ...{ name: 'Open', discoverable: true, parentId: world.ids.organization, joinRoleId: roleId },
    ...data,
  });
  return { id: row.id, token: row.data['token'] as string };
}

const join = (token: unknown, person: 'chelsea' | 'erin' | 'dora' = 'chelsea') =>
  call(person, 'POST /v1/organizations/join', { body: { data: { token } } });
const signUp = (token: string, email: string) =>
  call(null, 'POST /v1/organizations/sign-up', { body: { data: { token, email } } });

test('whoever has the code is a member at once, or waits to be confirmed, as the organization says', async () => {
  const [confirmed, free] = [await openOrganization(), await openOrganization({ requireSignUpConfirmation: false })];
  const answers = [await join(confirmed.token), await join(free.token)];
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  const { userId } = world.people.chelsea;
  expect(answers.map(({ row }) => row.data)).toMatchObject([
    { organizationId: confirmed.id, userId, roleId, status: 'unconfirmed' },
    { organizationId: free.id, userId, roleId, status: 'active' },
  ]);
});

test('the code may be read out: blanks, hyphens and small letters are forgiven', async () => {
  const { token } = await openOrganization();
  expect((await join(` ${token.slice(0, 5).toLowerCase()}-${token.slice(5)} `)).status).toBe(201);
});

test('a code that is none, was replaced, or is another customer’s is refused in the same words', async () => {
  const { id, token } = await openOrganization();
  const renewed = await call('alice', `POST /v1/organizations/${id}/token`, { body: {} });
  expect(renewed.status).toBe(200);
  expect(renewed.row.data['token']).not.toBe(token);
  const refusals = [await join(token), await join('NOSUCHCODE'), await join(renewed.row.data['token'], 'dora')];
  expect(new Set(refusals.map(({ text }) => text.replace(/"requestId":"[^"]*"/, ''))).size).toBe(1);
  expect(refusals[0]!.problem.errors).toMatchObject([{ pointer: '/data/token' }]);
  expect((await join(renewed.row.data['token'])).status).toBe(201);
});

test('only who may change the organization renews its code', async () => {
  const { id } = await openOrganization();
  const url = `POST /v1/organizations/${id}/token` as const;
  expect(briefly(await call('chelsea', url, { body: {} }))).toBe('403 FORBIDDEN');
  expect(briefly(await call('dora', url, { body: {} }))).toBe('404 NOT_FOUND');
  expect(briefly(await call(null, url, { body: {} }))).toBe('401 UNAUTHENTICATED');
});

test('nobody writes the code themselves', async () => {
  const { id } = await openOrganization();
  const { row } = await call('alice', `GET /v1/organizations/${id}`);
  const headers = { etag: row.meta.etag };
  const body = { data: [{ op: 'replace', path: '/token', value: 'MYOWNCODE1' }] };
  expect(briefly(await call('alice', `PATCH /v1/organizations/${id}`, { headers, body }))).toBe('400 INVALID_INPUT');
  const params = { renewsToken: true };
  const withParams = { data: [{ op: 'test', path: '/name', value: 'Open' }], params };
  expect(briefly(await call('alice', `PATCH /v1/organizations/${id}`, { headers, body: withParams }))).toBe(
    '400 INVALID_INPUT',
  );
});

test('a member who was disabled does not come back with the code', async () => {
  const { token } = await openOrganization({ requireSignUpConfirmation: false });
  const { row } = await join(token);
  await world.change('alice', 'membership', patch({ id: row.id, etag: row.meta.etag }, replace('/status', 'disabled')));
  expect(briefly(await join(token))).toBe('409 DUPLICATE');
  const rows = await world.rows<{ id: string; status: string }>('membership');
  expect(rows.find(({ id }) => id === row.id)?.status).toBe('disabled');
});

test('twenty at once become one member', async () => {
  const { token, id } = await openOrganization();
  const answers = await Promise.all(Array.from({ length: 20 }, () => join(token)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const members = await world.rows<{ organization_id: string }>('membership');
  expect(members.filter((member) => member.organization_id === id)).toHaveLength(1);
});

test('without a role of its own the organization gives Canvasser, and never one that somebody calls so elsewhere', async () => {
  const open = await openOrganization({ joinRoleId: null });
  await world.create('chelsea', 'role', { name: 'Canvasser', permissions: [] });
  expect(briefly(await join(open.token))).toBe('400 INVALID_INPUT');
  const built = await world.create('alice', 'role', { name: 'Canvasser', permissions: ['read@campaigns'] });
  expect((await join(open.token)).row.data).toMatchObject({ roleId: built.id });
});

test('GraphQL joins and renews as REST does', async () => {
  const { id, token } = await openOrganization();
  const ask = makeAsk(world);
  const joining = 'mutation ($token: String!) { joinOrganization(token: $token) { data { status organizationId } } }';
  expect(await dataOf(ask('erin', joining, { token }))).toEqual({
    joinOrganization: { data: { status: 'unconfirmed', organizationId: id } },
  });
  const renewing = 'mutation ($id: ID!) { renewed: renewJoinCode(organizationId: $id) { key: id data { token } } }';
  const { renewed } = await dataOf<{ renewed: { key: string; data: { token: string } } }>(
    ask('alice', renewing, { id }),
  );
  expect([renewed.key, renewed.data.token === token]).toEqual([id, false]);
  const { errors } = await ask('erin', renewing, { id });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
});

test('a stranger with the code gets an account and a letter, and the answer does not say who has one already', async () => {
  const { id, token } = await openOrganization();
  const email = `${makeId()}@new.example`;
  const answers = [
    await signUp(token, email),
    await signUp(token, email),
    await signUp(token, 'alice@doorstep.example'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  await vi.waitFor(() => expect(box.letters.filter(({ to }) => to === email).length).toBeGreaterThan(0), {
    timeout: 10_000,
  });
  const users = (await world.rows<{ id: string; email: string; password_hash: null }>('user')).filter(
    (user) => user.email === email,
  );
  expect(users).toMatchObject([{ password_hash: null, status: 'pending' }]);
  const members = (await world.rows<JsonObject>('membership')).filter((member) => member['organization_id'] === id);
  expect(members).toMatchObject([{ user_id: users[0]!.id, status: 'unconfirmed', role_id: roleId }]);
  expect(briefly(await signUp('NOSUCHCODE', email))).toBe('400 INVALID_INPUT');
  expect((await signUp(token, 'not an email')).problem.errors).toMatchObject([{ pointer: '/data/email' }]);
});
