/** Nobody gives a right that they do not hold, whichever way a right can be given. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import type { Change, Verdict } from '../../../src/write/change.ts';
import { makeWorld, type Row, type World } from '../../world.ts';
import { create, outcomeOf, patch, remove, replace, restore } from './verdicts.ts';

let world: World;
/** Leads members and roles of alice's organization, and may do little else. */
let captain: { readonly userId: string; write(resource: string, change: Change): Promise<Verdict> };
beforeAll(async () => {
  world = await makeWorld();
  captain = await makeMember(world.ids.organization, [
    ...['memberships', 'roles', 'users', 'organizations'].flatMap((label) =>
      ['read', 'insert', 'modify', 'destroy'].map((verb) => `${verb}@${label}`),
    ),
    'read@contacts',
  ]);
});
afterAll(() => world.close());

async function makeMember(organizationId: string, permissions: readonly string[]): Promise<typeof captain> {
  const { id: roleId } = await world.create(null, 'role', { name: 'captain', permissions });
  const { id: userId } = await world.create(null, 'user', { email: `${makeId()}@doorstep.example`, status: 'active' });
  await world.create(null, 'membership', { organizationId, userId, roleId, status: 'active' });
  return {
    userId,
    async write(resource, change) {
      const claims = { customerId: world.ids.customer, userId, organizationId, client: null };
      const viewer = (await world.viewers.find(claims))!;
      const options = { onError: 'abort', members: [], spelling: 'rest', requestId: null } as const;
      return (await world.writer.write(viewer, world.model.get(resource), [change], options))[0]!;
    },
  };
}

const role = (...permissions: readonly string[]) => world.create(null, 'role', { name: makeId(), permissions });
const user = (data: JsonObject = {}) =>
  world.create(null, 'user', { email: `${makeId()}@doorstep.example`, status: 'active', ...data });
async function member(roleId: string, status = 'active', organizationId = world.ids.organization): Promise<Row> {
  const { id: userId } = await user();
  return world.create(null, 'membership', { organizationId, userId, roleId, status });
}
async function deleted(resource: string, row: Row): Promise<Row> {
  const verdict = await world.change(null, resource, remove(row));
  if ('problem' in verdict) throw verdict.problem;
  return { ...row, etag: verdict.etag };
}

test('a membership that comes back grants its role again', async () => {
  const [low, high] = [await member((await role('read@contacts')).id), await member(world.ids.role)];
  expect(outcomeOf(await captain.write('membership', restore(await deleted('membership', low))))).toBe('restored');
  const gone = await deleted('membership', high);
  expect(outcomeOf(await captain.write('membership', restore(gone)))).toBe('FORBIDDEN');
  expect(outcomeOf(await world.change('bob', 'membership', restore(gone)))).toBe('restored');
});

test('so does one that becomes active again, and one that is confirmed', async () => {
  for (const status of ['disabled', 'unconfirmed', 'invited']) {
    const activate = (row: Row) => patch(row, replace('/status', 'active'));
    const high = await member(world.ids.role, status);
    expect(outcomeOf(await captain.write('membership', activate(high)))).toBe('FORBIDDEN');
    const low = await member((await role('read@contacts')).id, status);
    expect(outcomeOf(await captain.write('membership', activate(low)))).toBe('changed');
    // Taking a right away needs none.
    const disable = patch(await member(world.ids.role), replace('/status', 'disabled'));
    expect(outcomeOf(await captain.write('membership', disable))).toBe('changed');
  }
});

test('a role that comes back grants what it says to all who have it', async () => {
  const owner = await role('*@*');
  await member(owner.id);
  expect(outcomeOf(await captain.write('role', restore(await deleted('role', owner))))).toBe('FORBIDDEN');
  const reader = await role('read@contacts');
  expect(outcomeOf(await captain.write('role', restore(await deleted('role', reader))))).toBe('restored');
});

test('a role that those who join will get is not made larger than one’s own', async () => {
  const joining = await role('read@contacts');
  await world.create(null, 'organization', { name: 'Open', discoverable: false, joinRoleId: joining.id });
  const more = replace('/permissions', ['read@contacts', 'destroy@contacts']);
  expect(outcomeOf(await captain.write('role', patch(joining, more)))).toBe('FORBIDDEN');
});

test('nobody lets others join with more than they hold', async () => {
  const [row] = await world
    .rows<{ id: string; etag: string }>('organization')
    .then((all) => all.filter(({ id }) => id === world.ids.chapter));
  const name = (joinRoleId: string) => patch(row!, replace('/joinRoleId', joinRoleId));
  expect(outcomeOf(await captain.write('organization', name(world.ids.role)))).toBe('FORBIDDEN');
  expect(outcomeOf(await captain.write('organization', name((await role('read@contacts')).id)))).toBe('changed');
});

test('the email of somebody who can do more is not theirs to change, because letters follow it', async () => {
  const account = async (roleId: string): Promise<Row> => {
    const row = await user();
    await world.create(null, 'membership', {
      ...{ organizationId: world.ids.organization, userId: row.id, roleId, status: 'active' },
    });
    return row;
  };
  const takeOver = (row: Row) => patch(row, replace('/email', `${makeId()}@doorstep.example`));
  const [high, low] = [await account(world.ids.role), await account((await role('read@contacts')).id)];
  expect(outcomeOf(await captain.write('user', takeOver(high)))).toBe('FORBIDDEN');
  expect(outcomeOf(await captain.write('user', takeOver(low)))).toBe('changed');
  expect(outcomeOf(await world.change('bob', 'user', takeOver(high)))).toBe('changed');
});

test('nor is the account of such a person opened or brought back', async () => {
  const row = await user({ status: 'inactive' });
  const { ids } = world;
  await world.create(null, 'membership', {
    ...{ organizationId: ids.organization, userId: row.id, roleId: ids.role, status: 'active' },
  });
  expect(outcomeOf(await captain.write('user', patch(row, replace('/status', 'active'))))).toBe('FORBIDDEN');
  expect(outcomeOf(await captain.write('user', restore(await deleted('user', row))))).toBe('FORBIDDEN');
});

test('one’s own email is one’s own, and a new account belongs to nobody yet', async () => {
  const rows = await world.rows<{ id: string; etag: string }>('user');
  const own = rows.find(({ id }) => id === captain.userId)!;
  const change = patch(own, replace('/email', `${makeId()}@doorstep.example`));
  expect(outcomeOf(await captain.write('user', change))).toBe('changed');
  expect(outcomeOf(await captain.write('user', create({ email: `${makeId()}@doorstep.example` })))).toBe('created');
});

test('an organization is moved only by who may change what it leaves, and gives nobody above more than its mover holds', async () => {
  const make = async (name: string, parentId: string | null): Promise<Row> =>
    world.create(null, 'organization', { name, discoverable: false, ...(parentId === null ? {} : { parentId }) });
  const [top, other] = [await make('Top', null), await make('Other', null)];
  const local = await make('Local', top.id);
  const all = ['read', 'insert', 'modify', 'destroy'].map((verb) => `${verb}@organizations`);
  const ofLocal = await makeMember(local.id, all);
  const move = (parentId: string | null) => patch(local, replace('/parentId', parentId));
  // A member of the local organization may not take it away from those above.
  expect(outcomeOf(await ofLocal.write('organization', move(null)))).toBe('INVALID_INPUT');
  // Somebody who may do it on all three, but holds less here than a member of the other organization would get.
  const both = await makeMember(top.id, all);
  const roleOfBoth = await world.create(null, 'role', { name: 'both', permissions: all });
  await world.create(null, 'membership', {
    ...{ organizationId: other.id, userId: both.userId, roleId: roleOfBoth.id, status: 'active' },
  });
  await member(world.ids.role, 'active', other.id);
  expect(outcomeOf(await both.write('organization', move(other.id)))).toBe('INVALID_INPUT');
  const alone = await make('Alone', null);
  await world.create(null, 'membership', {
    ...{ organizationId: alone.id, userId: both.userId, roleId: roleOfBoth.id, status: 'active' },
  });
  world.viewers.forget(world.ids.customer);
  expect(outcomeOf(await both.write('organization', move(alone.id)))).toBe('changed');
});
