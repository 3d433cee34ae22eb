/** Where a customer's changes stand, and where the rights of people and the hands that hold walklists have changed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePosition, readPosition } from '../../../src/read/position.ts';
import { sql } from '../../../src/store/sql.ts';
import { makeWorld, type PersonName, type World } from '../../world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const positionOf = async (person: PersonName) =>
  parsePosition(await readPosition(world.database, world.model, world.people[person].viewer));

const seqOf = async (person: PersonName): Promise<bigint> => BigInt((await positionOf(person)).seq);

test("the position moves with the customer's own changes and with nobody else's", async () => {
  const before = await seqOf('alice');
  await world.create(null, 'note', { text: 'x' });
  const after = await seqOf('alice');
  expect(after > before).toBe(true);
  const theirs = await world.database.query<{ id: string }>(sql`
    SELECT id FROM organizations WHERE customer_id = ${world.ids.otherCustomer}`);
  expect(theirs.length).toBeGreaterThan(0);
  await world.change('dora', 'organization', {
    ...{ kind: 'patch', id: theirs[0]!.id, etags: '*' },
    operations: () => [{ op: 'replace', path: '/name', value: 'Others' }],
  });
  expect(await seqOf('alice')).toBe(after);
});

test('within one snapshot the position is that of the rows that are seen', async () => {
  await world.database.transaction(async (tx) => {
    await tx.exec('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    const read = () => readPosition(tx, world.model, world.people.alice.viewer);
    const first = await read();
    const { id } = await world.create('alice', 'note', { text: 'later' });
    expect(await read()).toBe(first);
    expect(await tx.query(sql`SELECT FROM notes WHERE id = ${id}`)).toEqual([]);
  });
  expect(await seqOf('alice')).toBeGreaterThan(0n);
});

test('a writer that has its number and has not committed is not passed over', async () => {
  const { customerId } = world.people.alice.viewer;
  const before = await seqOf('alice');
  await world.database.transaction(async (tx) => {
    await tx.query(sql`SELECT doorstep_take_position(${customerId}::uuid)`);
    expect(await seqOf('alice')).toBe(before);
  });
});

const access = async (person: PersonName): Promise<bigint> => BigInt((await positionOf(person)).access);

test('rights move the position of whoever has them, and of nobody else', async () => {
  const [frank, erin] = [await access('frank'), await access('erin')];
  const [membership] = await world.database.query<{ id: string; roleId: string }>(sql`
    SELECT id, role_id AS "roleId" FROM memberships WHERE user_id = ${world.people.frank.userId}`);
  const patch = (resource: string, id: string, path: string, value: string | readonly string[]) =>
    world.change(null, resource, {
      ...{ kind: 'patch', id, etags: '*' },
      operations: () => [{ op: 'replace', path, value: value as string }],
    });
  await patch('membership', membership!.id, '/status', 'disabled');
  const disabled = await access('frank');
  expect(disabled > frank).toBe(true);
  expect(await access('erin')).toBe(erin);
  // Of a membership that says the same as before nobody's rights change.
  await world.change(null, 'membership', {
    ...{ kind: 'patch', id: membership!.id, etags: '*' },
    operations: () => [{ op: 'add', path: '/notifications', value: { dailySummary: false } }],
  });
  expect(await access('frank')).toBe(disabled);
  await patch('role', membership!.roleId, '/permissions', ['read@*']);
  expect((await access('erin')) > erin).toBe(true);
  await patch('membership', membership!.id, '/status', 'active');
  const chelsea = await access('chelsea');
  await patch('organization', world.ids.chapter, '/parentId', world.ids.elsewhere);
  expect((await access('chelsea')) > chelsea).toBe(true);
});

test('a walklist leaves a trace with everybody who has had it', async () => {
  const [erin, frank] = [world.people.erin.userId, world.people.frank.userId];
  const { id } = await world.create('alice', 'walklist', { userId: erin });
  const traces = () =>
    world.database.query<{ userId: string; isDeleted: boolean }>(sql`
      SELECT user_id AS "userId", is_deleted AS "isDeleted" FROM walklist_assignments
      WHERE walklist_id = ${id} ORDER BY position`);
  const change = (path: string, value: string | null) =>
    world.change('alice', 'walklist', {
      ...{ kind: 'patch', id, etags: '*' },
      operations: () => [{ op: 'replace', path, value }],
    });
  expect(await traces()).toEqual([{ userId: erin, isDeleted: false }]);
  await change('/userId', frank);
  expect(await traces()).toContainEqual({ userId: erin, isDeleted: true });
  expect(await traces()).toContainEqual({ userId: frank, isDeleted: false });
  await change('/status', 'done');
  expect((await traces()).map(({ isDeleted }) => isDeleted)).toEqual([true, true]);
  await change('/status', 'open');
  expect(await traces()).toContainEqual({ userId: frank, isDeleted: false });
  await change('/userId', null);
  expect((await traces()).map(({ isDeleted }) => isDeleted)).toEqual([true, true]);
});
