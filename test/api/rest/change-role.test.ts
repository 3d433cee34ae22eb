/** A membership's role changes by an action beside an empty patch, and nobody grants what they do not hold. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/json.ts';
import { makeWorld, type PersonName, type Row, type World } from '../../world.ts';
import { makeAsk } from '../graphql/ask.ts';
import { briefly, type Call, makeCall } from './call.ts';

let world: World;
let call: Call;
let roles: Readonly<Record<'canvasser' | 'captain' | 'owner' | 'reader', string>>;
beforeAll(async () => {
  world = await makeWorld();
  call = makeCall(world);
  const role = async (...permissions: readonly string[]) => (await world.create('alice', 'role', { permissions })).id;
  roles = {
    canvasser: await role('read@contacts', 'insert@interactions'),
    captain: await role('read@contacts', 'insert@interactions', 'insert@memberships', 'modify@memberships'),
    reader: await role('read@*'),
    owner: world.ids.role,
  };
  // Frank leads canvassers: he may make members, and hold no more than he does.
  await giveRole('frank', roles.captain);
});
afterAll(() => world.close());

async function giveRole(person: PersonName, roleId: string): Promise<void> {
  const rows = await world.rows<{ id: string; etag: string; user_id: string }>('membership');
  const { id, etag } = rows.find(({ user_id: userId }) => userId === world.people[person].userId)!;
  const operations = () => [{ op: 'replace', path: '/roleId', value: roleId }] as const;
  const verdict = await world.change(null, 'membership', { kind: 'patch', id, etags: [etag], operations });
  if ('problem' in verdict) throw verdict.problem;
}

async function makeMember(roleId = roles.canvasser, organizationId = world.ids.organization): Promise<Row> {
  const { id: userId } = await world.create('alice', 'user', { email: `${makeId()}@doorstep.example` });
  return world.create('alice', 'membership', { userId, organizationId, roleId, status: 'active' });
}

const patch = (person: PersonName, { id, etag }: Row, body: unknown) =>
  call(person, `PATCH /v1/memberships/${id}`, { headers: { etag }, body });
const changeRole = (roleId: Json, more: JsonObject = {}) => ({
  params: { roleId, action: 'changeRole', ...more },
  data: [],
});

test('the action changes the role, and everything else stays', async () => {
  const member = await makeMember();
  const answer = await patch('alice', member, changeRole(roles.captain));
  expect(answer.status).toBe(200);
  const { notifications, status, userId, organizationId } = member.data;
  expect(answer.row.data).toMatchObject({
    roleId: roles.captain,
    notifications: notifications!,
    status: status!,
    userId: userId!,
    organizationId: organizationId!,
  });
  expect(answer.row.meta.etag).not.toBe(member.etag);
});

test('the etag guards the action as it guards a patch', async () => {
  const member = await makeMember();
  expect(briefly(await call('alice', `PATCH /v1/memberships/${member.id}`, { body: changeRole(roles.captain) }))).toBe(
    '428 ETAG_REQUIRED',
  );
  expect(briefly(await patch('alice', { ...member, etag: `0-${'A'.repeat(27)}` }, changeRole(roles.captain)))).toBe(
    '412 ETAG_STALE',
  );
  expect(briefly(await patch('alice', { ...member, id: makeId() }, changeRole(roles.captain)))).toBe('404 NOT_FOUND');
});

test('an action that there is not, and one without its role, is refused at its place', async () => {
  const member = await makeMember();
  const cases: readonly (readonly [unknown, readonly string[]])[] = [
    [{ params: { action: 'promote' }, data: [] }, ['/params/action']],
    [{ params: { action: 'constructor' }, data: [] }, ['/params/action']],
    [{ params: { roleId: roles.captain }, data: [] }, ['/params/action']],
    [{ params: { action: 'changeRole' }, data: [] }, ['/params/roleId']],
    [{ params: 'changeRole', data: [] }, ['/params']],
    [changeRole('captain'), ['/roleId']],
    [changeRole(makeId()), ['/roleId']],
    [changeRole(5), ['/roleId']],
  ];
  for (const [body, pointers] of cases) {
    const answer = await patch('alice', member, body);
    expect([body, answer.status, answer.problem.errors?.map(({ pointer }) => pointer)]).toEqual([body, 400, pointers]);
  }
});

test('an empty patch without an action is somebody’s bug, and a resource without actions knows no params', async () => {
  const member = await makeMember();
  expect(briefly(await patch('alice', member, { data: [] }))).toBe('400 INVALID_PATCH');
  expect(briefly(await patch('alice', member, { params: {}, data: [] }))).toBe('400 INVALID_PATCH');
  const user = await world.create('alice', 'user', { email: `${makeId()}@doorstep.example` });
  const body = { params: { password: 'correct horse' }, data: [{ op: 'replace', path: '/status', value: 'active' }] };
  const answer = await call('alice', `PATCH /v1/users/${user.id}`, { headers: { etag: user.etag }, body });
  expect([briefly(answer), answer.problem.errors?.map(({ pointer }) => pointer)]).toEqual([
    '400 INVALID_INPUT',
    ['/params'],
  ]);
});

test('operations beside the action come first, and all of it is done or nothing', async () => {
  const member = await makeMember();
  const data = [{ op: 'replace', path: '/status', value: 'disabled' }];
  const refused = await patch('alice', member, { ...changeRole(makeId()), data });
  expect(refused.status).toBe(400);
  const { row } = await patch('alice', member, { ...changeRole(roles.captain), data });
  expect(row.data).toMatchObject({ status: 'disabled', roleId: roles.captain });
});

test('GraphQL has the same action', async () => {
  const member = await makeMember();
  const query = `mutation ($id: ID!, $etag: String!, $params: JSON) {
    patchMembership(id: $id, etag: $etag, patch: [], params: $params) { data { roleId } } }`;
  const ask = makeAsk(world);
  const given = { id: member.id, etag: member.etag };
  const { errors } = await ask('alice', query, { ...given, params: { action: 'promote' } });
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', errors: [{ pointer: '/params/action' }] } }]);
  const { data } = await ask('alice', query, { ...given, params: { action: 'changeRole', roleId: roles.captain } });
  expect(data).toEqual({ patchMembership: { data: { roleId: roles.captain } } });
});

test('nobody gives a role that can do what they cannot do there, by action, by patch, or in a new membership', async () => {
  const { id: userId } = await world.create('alice', 'user', { email: `${makeId()}@doorstep.example` });
  const create = (roleId: string) =>
    call('frank', 'POST /v1/memberships', {
      body: { data: { userId, roleId, organizationId: world.ids.organization } },
    });
  for (const roleId of [roles.owner, roles.reader]) {
    const member = await makeMember();
    const replaced = { data: [{ op: 'replace', path: '/roleId', value: roleId }] };
    const answers = [
      await patch('frank', member, changeRole(roleId)),
      await patch('frank', member, replaced),
      await create(roleId),
    ];
    expect(answers.map(briefly)).toEqual(['403 FORBIDDEN', '403 FORBIDDEN', '403 FORBIDDEN']);
    expect(answers[0]!.problem.detail).toContain(roleId === roles.owner ? '*@*' : 'read@*');
  }
  const member = await makeMember();
  expect(briefly(await patch('frank', member, changeRole(roles.captain)))).toBe('200');
  expect(briefly(await create(roles.canvasser))).toBe('201');
});

test('who holds a permission in a chapter does not grant it above', async () => {
  const { chapter, organization } = world.ids;
  await giveRole('erin', roles.captain);
  const below = await makeMember(roles.canvasser, chapter);
  expect(briefly(await patch('erin', below, changeRole(roles.captain)))).toBe('200');
  const above = await makeMember(roles.canvasser, organization);
  expect(briefly(await patch('erin', above, changeRole(roles.captain)))).toBe('403 FORBIDDEN');
});

test('a membership that says nothing new may be changed by who could not have granted it', async () => {
  const owner = await makeMember(roles.owner);
  const body = { data: [{ op: 'replace', path: '/notifications', value: { dailySummary: false } }] };
  expect(briefly(await patch('frank', owner, body))).toBe('200');
  const { id: userId } = await world.create('alice', 'user', { email: `${makeId()}@doorstep.example` });
  const handedOn = { data: [{ op: 'replace', path: '/userId', value: userId }] };
  const { row } = await call('alice', `GET /v1/memberships/${owner.id}`);
  expect(briefly(await patch('frank', { ...owner, etag: row.meta.etag }, handedOn))).toBe('403 FORBIDDEN');
});

test('nobody writes a permission into a role that they do not hold wherever the role is given', async () => {
  const own = await world.create('alice', 'role', {
    permissions: ['read@contacts', 'insert@memberships', 'modify@memberships', 'insert@roles', 'modify@roles'],
  });
  await giveRole('erin', own.id);
  const change = (role: { id: string; etag: string }, permission: string) =>
    call('erin', `PATCH /v1/roles/${role.id}`, {
      headers: { etag: role.etag },
      body: { data: [{ op: 'add', path: '/permissions/-', value: permission }] },
    });
  const create = (...permissions: readonly string[]) =>
    call('erin', 'POST /v1/roles', { body: { data: { name: 'Mine', permissions } } });
  expect(briefly(await create('read@*'))).toBe('403 FORBIDDEN');
  const mine = await create('read@contacts');
  expect(mine.status).toBe(201);
  const version = { id: mine.row.id, etag: mine.row.meta.etag };
  expect(briefly(await change(version, '*@*'))).toBe('403 FORBIDDEN');
  // Given above her chapter, it would grant there what she holds only here.
  await makeMember(version.id, world.ids.organization);
  expect(briefly(await change(version, 'modify@roles'))).toBe('403 FORBIDDEN');
  const below = await create('read@contacts');
  const rename = { data: [{ op: 'replace', path: '/name', value: 'Ours' }] };
  expect(briefly(await change({ id: below.row.id, etag: below.row.meta.etag }, 'modify@roles'))).toBe('200');
  const answer = await call('erin', `PATCH /v1/roles/${version.id}`, { headers: { etag: version.etag }, body: rename });
  expect(briefly(answer)).toBe('200');
});
