/** However many groups somebody is in, the same rule holds: the rows of those groups, and no others. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../../src/access/viewer.ts';
import { everything } from '../../../src/filter/tree.ts';
import type { SortKey } from '../../../src/filter/sort.ts';
import { makeLog } from '../../../src/log.ts';
import { makeReader } from '../../../src/read/reader.ts';
import type { ListSelection, Page } from '../../../src/read/selection.ts';
import { makeDatabase } from '../../../src/store/database.ts';
import { forgetGroupSets } from '../../../src/store/group-sets.ts';
import { makeWorld, systemOf, type World } from '../../world.ts';

let world: World;
/** Each has two contacts and an interaction. */
const groups: string[] = [];
const contactsOf = new Map<string, readonly string[]>();

beforeAll(async () => {
  world = await makeWorld();
  const names = Array.from({ length: 40 }, (_, index) => ({ name: `Group ${index}` }));
  for (const { name } of names) groups.push((await world.create(null, 'securityGroup', { name })).id);
  for (const [index, securityGroupId] of groups.entries()) {
    const made = [];
    for (const half of [0, 1]) {
      const data = { externalId: String((index * 7 + half * 13) % 40) };
      made.push((await world.create(null, 'contact', data, { securityGroupId })).id);
    }
    contactsOf.set(securityGroupId, made);
    const timestamp = `2026-05-09T10:${String((index * 11) % 40).padStart(2, '0')}:00Z`;
    await world.create(null, 'interaction', { timestamp }, { securityGroupId });
  }
});
afterAll(() => world.close());

/** A caller who reads in these groups. */
const inGroups = (own: readonly string[]): Viewer => ({
  ...systemOf(world.ids.customer, world.ids.group),
  groupsFor: () => new Set(own),
  groupsForReadingUp: () => new Set(own),
});

const idsOf = async (
  viewer: Viewer,
  resource: string,
  sort: readonly SortKey[] = [],
  page: Partial<Page> = {},
): Promise<readonly string[]> => {
  const target = world.model.get(resource);
  const id = target.envelope.find(({ column }) => column === 'id')!;
  const list: ListSelection = {
    resource: target,
    filter: everything,
    sort,
    page: { skip: 0, limit: 1_000, after: null, ...page },
    deleted: 'exclude',
    members: [],
  };
  const members = [{ kind: 'attribute', key: 'id', attribute: id }] as const;
  const { rows } = await world.reader.readPage(viewer, { list, members });
  return (JSON.parse(`[${rows.toString()}]`) as readonly { readonly id: string }[]).map((row) => row.id);
};

const newest: SortKey = { pointer: ['data', 'timestamp'], order: 'DESC' };

describe.each([0, 1, 2, 32, 33, 40])('somebody who is in %i groups', (count) => {
  test('reads the rows of those groups and no others, each once', async () => {
    const own = groups.slice(0, count);
    const expected = own.flatMap((group) => contactsOf.get(group)!).sort();
    expect(await idsOf(inGroups(own), 'contact')).toEqual(expected);
  });

  test('reads them in the order that was asked for, page by page', async () => {
    const everybody = await idsOf(systemOf(world.ids.customer, world.ids.group), 'interaction', [newest]);
    const viewer = inGroups(groups.slice(0, count));
    const all = await idsOf(viewer, 'interaction', [newest]);
    expect(all).toHaveLength(count);
    expect(all).toEqual(everybody.filter((id) => all.includes(id)));
    const pages = [0, 7, 14, 21, 28, 35].map((skip) => idsOf(viewer, 'interaction', [newest], { skip, limit: 7 }));
    expect((await Promise.all(pages)).flat()).toEqual(all);
    expect(await idsOf(viewer, 'interaction', [newest], { limit: 5 })).toEqual(all.slice(0, 5));
  });
});

test('two callers with as many groups, but others, read different rows of one question', async () => {
  for (const size of [1, 5, 35]) {
    const [one, other] = [inGroups(groups.slice(0, size)), inGroups(groups.slice(-size))];
    const [first, second] = [await idsOf(one, 'contact'), await idsOf(other, 'contact')];
    expect(first).not.toEqual(second);
    expect(await idsOf(one, 'contact')).toEqual(first);
  }
});

test('a reader in many groups needs no second connection within a transaction', async () => {
  const log = makeLog({ logLevel: 'fatal', logFormat: 'json' });
  const limits = { poolSize: 1, streams: 1, statementTimeoutMs: 15_000, poolWaitMs: 500 };
  const database = makeDatabase({ url: world.url, log, ...limits });
  const reader = makeReader({ database, model: world.model });
  const resource = world.model.get('contact');
  const question = { resource, members: [], spelling: 'rest', deleted: 'exclude' } as const;
  const own = groups.slice(0, 34);
  const ids = own.flatMap((group) => contactsOf.get(group)!);
  const rows = await database.transaction((tx) => reader.readRows(inGroups(own), question, ids, { within: tx }));
  expect(rows.size).toBe(68);
  await database.close();
});

test('a set of groups that is in use outlives the cleaning, and one that is not does not', async () => {
  const { database } = world;
  await idsOf(inGroups(groups.slice(0, 39)), 'contact');
  const unused = '00000000-0000-8000-8000-000000000001';
  await database.query({
    text: `INSERT INTO group_sets (id, used) VALUES ('${unused}', now() - interval '2 days')`,
    values: [],
  });
  await database.query({
    text: `INSERT INTO group_set_members (set_id, group_id) VALUES ('${unused}', gen_random_uuid())`,
    values: [],
  });
  await forgetGroupSets(database);
  const left = await database.query<{ id: string }>({ text: 'SELECT id FROM group_sets', values: [] });
  expect(left.map(({ id }) => id)).not.toContain(unused);
  expect(await idsOf(inGroups(groups.slice(0, 39)), 'contact')).toHaveLength(78);
});
