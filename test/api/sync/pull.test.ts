/** What a device has of a walk, while rows change, walks change hands and rights come and go. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/json.ts';
import { sql } from '../../../src/store/sql.ts';
import { makeCollections } from '../../../src/sync/collections/index.ts';
import { makeWorld, type PersonName, type Row, type World } from '../../world.ts';
import { makeAsk } from '../graphql/ask.ts';
import { type Device, makeDevice } from './device.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

interface Walk {
  readonly id: string;
  readonly households: readonly string[];
  readonly contacts: readonly string[];
}

/** A walklist of frank's with so many doors of two people each. */
async function makeWalk(doors: number, holder: PersonName | null = 'frank'): Promise<Walk> {
  const [households, contacts]: [string[], string[]] = [[], []];
  for (let door = 0; door < doors; door += 1) {
    const unitNum = `Apt ${crypto.randomUUID().slice(0, 8)}`;
    const { id: householdId } = await world.create('alice', 'household', { unitNum });
    households.push(householdId);
    for (let person = 0; person < 2; person += 1) {
      const name = { anglican: { given: 'Inés', surname: person === 0 ? 'Okonkwo' : 'Reyes' } };
      const profile = { name, birthdate: '1961-04-23', age: 65 };
      const { id: contactId } = await world.create('alice', 'contact', {
        ...{ profile, externalId: crypto.randomUUID(), primaryHouseholdId: householdId },
      });
      await world.create('alice', 'contactHousehold', { contactId, householdId });
      contacts.push(contactId);
    }
  }
  const { id } = await world.create('alice', 'walklist', {
    stops: households.map((householdId) => ({ householdId })),
    ...(holder === null ? {} : { userId: world.people[holder].userId }),
  });
  return { id, households, contacts };
}

const patch = async (resource: string, id: string, path: string, value: Json): Promise<void> => {
  const verdict = await world.change(null, resource, {
    ...{ kind: 'patch', id, etags: '*' },
    operations: () => [{ op: 'add', path, value }],
  });
  if ('problem' in verdict) throw verdict.problem;
};
const give = (walk: Walk, person: PersonName | null): Promise<void> =>
  patch('walklist', walk.id, '/userId', person === null ? null : world.people[person].userId);
const remove = (resource: string, id: string) => world.change(null, resource, { kind: 'remove', id, etags: '*' });
const ids = (rows: Iterable<{ readonly id: string }>): readonly string[] => [...rows].map(({ id }) => id).sort();
const keptBy = ({ kept }: Device): readonly string[] => [...kept.keys()].sort();

test('a first pull answers the nil id and position 0 while there is nothing', async () => {
  for (const { name } of makeCollections(world.model)) {
    const { documents, checkpoint } = await makeDevice(world, 'chelsea', name).pull();
    expect([name, documents, checkpoint]).toEqual([
      name,
      [],
      { id: '00000000-0000-0000-0000-000000000000', syncSeq: '0' },
    ]);
  }
});

describe('with a walk', () => {
  let walk: Walk;
  beforeEach(async () => {
    walk = await makeWalk(2);
    return () => remove('walklist', walk.id);
  });

  test('each collection holds what belongs to it', async () => {
    const has = async (collection: string): Promise<readonly string[]> => {
      const device = makeDevice(world, 'frank', collection);
      await device.catchUp();
      return keptBy(device);
    };
    await world.create('alice', 'segment');
    expect(await has('walklist')).toEqual([walk.id]);
    expect(await has('household')).toEqual([...walk.households].sort());
    expect(await has('contact')).toEqual([...walk.contacts].sort());
    expect(await has('campaign')).toEqual([world.ids.campaign]);
    expect(await has('survey')).toEqual([world.ids.survey]);
    expect(await has('question')).toEqual([world.ids.question]);
    expect(await has('walklistItem')).toHaveLength(2);
    const data = { householdId: walk.households[0]!, contactId: walk.contacts[0]! };
    const own = await world.create('frank', 'interaction', data);
    await world.create('alice', 'interaction', { ...data, timestamp: '2026-05-09T18:00:00Z' });
    expect(await has('interaction')).toEqual([own.id]);
  });

  test('documents are flat and spelt as on the wire', async () => {
    await patch('walklist', walk.id, '/status', 'checked-out');
    const [list] = (await makeDevice(world, 'frank', 'walklist').pull()).documents;
    expect(list).toMatchObject({
      id: walk.id,
      status: 'checked-out',
      userId: world.people.frank.userId,
      isDeleted: false,
    });
    const people = (await makeDevice(world, 'frank', 'contact').pull()).documents;
    const person = people.find(({ id }) => id === walk.contacts[0]);
    expect(person).toMatchObject({ given: 'Inés', surname: 'Okonkwo', age: '65', birthdate: '1961-04-23' });
    expect(JSON.parse(String(person!['fields']))).toEqual({ party: 'N' });
    expect(JSON.parse(String(person!['households']))).toEqual([
      { id: expect.any(String) as string, householdId: person!['primaryHouseholdId'] },
    ]);
    const [door] = (await makeDevice(world, 'frank', 'household').pull()).documents;
    expect(door).toMatchObject({ streetName: 'Quarry Lane', lat: 40.1012, addressId: world.ids.address });
    await world.create('alice', 'segment', { precedence: 7 });
    const [survey] = (await makeDevice(world, 'frank', 'survey').pull()).documents;
    expect(JSON.parse(String(survey!['questions']))).toEqual([{ questionId: world.ids.question, actions: [] }]);
    expect(JSON.parse(String(survey!['segments']))).toContainEqual(
      expect.objectContaining({ campaignId: world.ids.campaign, precedence: 7 }) as object,
    );
  });

  test('pages follow each other without gap or repetition, in order, whatever their size', async () => {
    const whole = await makeDevice(world, 'frank', 'contact').catchUp();
    const places = whole.map(({ id, syncSeq }) => [BigInt(syncSeq), id] as const);
    expect(places).toEqual([...places].sort(([a, i], [b, j]) => (a === b ? (i < j ? -1 : 1) : a < b ? -1 : 1)));
    for (const limit of [1, 2, 3]) expect(await makeDevice(world, 'frank', 'contact').catchUp(limit)).toEqual(whole);
  });

  test('what leaves for a device is in the read log, and polls that find nothing are not', async () => {
    const logged = async () => {
      await world.bulkReads.flush();
      return world.database.query(sql`SELECT transport, resource, rows::int FROM read_log
        WHERE user_id = ${world.people.frank.userId} AND resource = 'contact' ORDER BY id`);
    };
    const before = await logged();
    const device = makeDevice(world, 'frank', 'contact');
    await device.catchUp();
    for (let time = 0; time < 3; time += 1) await device.pull();
    expect((await logged()).slice(before.length)).toEqual([{ transport: 'sync', resource: 'contact', rows: 4 }]);
  });

  test('an empty page answers the checkpoint that was given', async () => {
    const device = makeDevice(world, 'frank', 'contact');
    const before = (await device.pull()).checkpoint;
    for (let time = 0; time < 3; time += 1) expect(await device.pull()).toEqual({ documents: [], checkpoint: before });
  });

  test('a change comes, once, and as the last', async () => {
    const device = makeDevice(world, 'frank', 'contact');
    await device.catchUp();
    await device.pull();
    await patch('contact', walk.contacts[1]!, '/notes', 'Beware of the goose.');
    const documents = await device.catchUp();
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({ id: walk.contacts[1], notes: 'Beware of the goose.' });
    expect(await device.catchUp()).toEqual([]);
  });

  test('a change of the address brings the door', async () => {
    const device = makeDevice(world, 'frank', 'household');
    await device.catchUp();
    await patch('address', world.ids.address, '/number', '14');
    expect(ids(await device.catchUp())).toEqual([...walk.households].sort());
    expect([...device.kept.values()].map((door) => door['number'])).toEqual(['14', '14']);
  });

  test('a deleted row is a tombstone without a word about it', async () => {
    const device = makeDevice(world, 'frank', 'contact');
    await device.catchUp();
    await remove('contact', walk.contacts[0]!);
    const [tombstone] = await device.catchUp();
    const { id, syncSeq, isDeleted, ...rest } = tombstone!;
    expect([id, isDeleted, Number(syncSeq) > 0]).toEqual([walk.contacts[0], true, true]);
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
    await world.change(null, 'contact', { kind: 'restore', id: walk.contacts[0]!, etags: '*' });
    expect(await device.catchUp()).toMatchObject([{ id: walk.contacts[0], isDeleted: false }]);
  });

  test('a walk that goes to somebody else leaves the first device, whole, and comes to the other', async () => {
    const names = ['walklist', 'walklistItem', 'household', 'contact'];
    const [franks, bobs] = [
      names.map((name) => makeDevice(world, 'frank', name)),
      names.map((name) => makeDevice(world, 'bob', name)),
    ];
    for (const device of [...franks, ...bobs]) await device.catchUp();
    await give(walk, 'bob');
    await patch('contact', walk.contacts[0]!, '/notes', "Not frank's business any more.");
    for (const device of franks) {
      const documents = await device.catchUp();
      expect(documents.every(({ isDeleted }) => isDeleted)).toBe(true);
      expect(JSON.stringify(documents)).not.toContain('business');
      expect(device.kept.size).toBe(0);
      expect(await device.catchUp()).toEqual([]);
    }
    expect(bobs.map(({ kept }) => kept.size)).toEqual([0, 0, 0, 0]);
    for (const device of bobs) await device.catchUp();
    expect(bobs.map(({ kept }) => kept.size)).toEqual([1, 2, 2, 4]);
    await give(walk, 'frank');
    for (const device of franks) await device.catchUp();
    expect(franks.map(({ kept }) => kept.size)).toEqual([1, 2, 2, 4]);
  });

  test('a stop that goes takes its door and its people, unless another walk leads there', async () => {
    const [doors, people] = [makeDevice(world, 'frank', 'household'), makeDevice(world, 'frank', 'contact')];
    const other = await world.create('alice', 'walklist', {
      ...{ userId: world.people.frank.userId, stops: [{ householdId: walk.households[1]! }] },
    });
    for (const device of [doors, people]) await device.catchUp();
    await patch('walklist', walk.id, '/stops', []);
    for (const device of [doors, people]) await device.catchUp();
    expect(keptBy(doors)).toEqual([walk.households[1]]);
    expect(keptBy(people)).toEqual(walk.contacts.slice(2).sort());
    await remove('walklist', other.id);
    for (const device of [doors, people]) await device.catchUp();
    expect([doors.kept.size, people.kept.size]).toEqual([0, 0]);
  });

  test('somebody who moves in comes along, and who moves out goes', async () => {
    const device = makeDevice(world, 'frank', 'contact');
    await device.catchUp();
    const { id: contactId } = await world.create('alice', 'contact', { externalId: crypto.randomUUID() });
    expect(await device.catchUp()).toEqual([]);
    const link = await world.create('alice', 'contactHousehold', { contactId, householdId: walk.households[0]! });
    expect(ids(await device.catchUp())).toEqual([contactId]);
    await remove('contactHousehold', link.id);
    expect(await device.catchUp()).toMatchObject([{ id: contactId, isDeleted: true }]);
  });

  test('a walk that is done leaves the device', async () => {
    const device = makeDevice(world, 'frank', 'contact');
    await device.catchUp();
    await patch('walklist', walk.id, '/status', 'done');
    await device.catchUp();
    expect(device.kept.size).toBe(0);
    const fresh = makeDevice(world, 'frank', 'contact');
    expect(await fresh.catchUp()).toEqual([]);
  });

  test('rows of groups that the holder does not read are not told, on the way there neither', async () => {
    const securityGroupId = world.ids.elsewhereGroup;
    const { id: householdId } = await world.create(null, 'household', { unitNum: 'secret' }, { securityGroupId });
    const { id: contactId } = await world.create(null, 'contact', { externalId: 'secret' }, { securityGroupId });
    await world.create(null, 'contactHousehold', { contactId, householdId }, { securityGroupId });
    await world.create(null, 'contactHousehold', { contactId, householdId: walk.households[0]! }, { securityGroupId });
    await patch('walklist', walk.id, '/stops', [{ householdId }, { householdId: walk.households[0]! }]);
    for (const name of ['household', 'contact']) {
      const device = makeDevice(world, 'frank', name);
      await device.catchUp();
      expect(keptBy(device)).not.toContain(householdId);
      expect(keptBy(device)).not.toContain(contactId);
    }
  });

  test('who loses rights begins anew, and then has what is left', async () => {
    const device = makeDevice(world, 'frank', 'contact');
    await device.catchUp();
    await device.pull();
    const [membership] = await world.database.query<Row>(sql`
      SELECT id FROM memberships WHERE user_id = ${world.people.frank.userId}`);
    const { id: roleId } = await world.create(null, 'role', { name: 'walks', permissions: ['read@walklists'] });
    const [{ role } = { role: '' }] = await world.database.query<{ role: string }>(sql`
      SELECT role_id AS role FROM memberships WHERE id = ${membership!.id}`);
    await patch('membership', membership!.id, '/roleId', roleId);
    await expect(device.pull()).rejects.toThrow('SYNC_CHECKPOINT_EXPIRED');
    device.forget();
    expect(await device.catchUp()).toEqual([]);
    await patch('membership', membership!.id, '/roleId', role);
    // An empty device has nothing to forget: what it may have now comes by itself.
    expect(ids(await device.catchUp(1))).toEqual([...walk.contacts].sort());
    expect(await device.catchUp()).toEqual([]);
  });

  test('what two devices of different groups pull is each their own, one statement or many', async () => {
    expect(await makeDevice(world, 'dora', 'contact').catchUp()).toEqual([]);
    expect(await makeDevice(world, 'erin', 'contact').catchUp()).toEqual([]);
  });
});

describe('misuse', () => {
  const query = `query P($checkpoint: ContactInputCheckpoint, $limit: Int!) {
    pullContact(checkpoint: $checkpoint, limit: $limit) { documents { id } checkpoint { id syncSeq } } }`;
  const nil = '00000000-0000-0000-0000-000000000000';
  const refused: readonly (readonly [string, JsonObject, string])[] = [
    ['a limit of nothing', { limit: 0 }, 'INVALID_PAGE'],
    ['a negative limit', { limit: -1 }, 'INVALID_PAGE'],
    ['a limit above the largest', { limit: 1001 }, 'INVALID_PAGE'],
    ['no limit', {}, 'BAD_USER_INPUT'],
    ['an id that is none', { limit: 1, checkpoint: { id: 'x', syncSeq: '1' } }, 'INVALID_INPUT'],
    ['a position that is none', { limit: 1, checkpoint: { id: nil, syncSeq: '1e3' } }, 'INVALID_INPUT'],
    [
      'a position beyond 64 bits',
      { limit: 1, checkpoint: { id: nil, syncSeq: '9223372036854775808' } },
      'INVALID_INPUT',
    ],
    ['a negative position', { limit: 1, checkpoint: { id: nil, syncSeq: '-1' } }, 'INVALID_INPUT'],
    ['half a checkpoint', { limit: 1, checkpoint: { id: nil } }, 'BAD_USER_INPUT'],
    ['a checkpoint with more in it', { limit: 1, checkpoint: { id: nil, syncSeq: '1', x: 1 } }, 'BAD_USER_INPUT'],
  ];
  test.each(refused)('%s is refused, however often it comes', async (_, variables, code) => {
    for (let time = 0; time < 3; time += 1) {
      const { errors, data } = await makeAsk(world)('frank', query, variables);
      expect([errors?.[0]?.extensions.code, data?.['pullContact']]).toEqual([code, undefined]);
    }
  });

  test('a checkpoint of the future finds nothing and stays', async () => {
    const checkpoint = { id: nil, syncSeq: '9223372036854775807' };
    const { data } = await makeAsk(world)('frank', query, { limit: 1, checkpoint });
    expect(data).toEqual({ pullContact: { documents: [], checkpoint } });
  });

  test('aliases, fragments, two pulls at once and values in the text are answered alike', async () => {
    const walk = await makeWalk(1);
    const text = `{ a: pullContact(limit: 5) { c: checkpoint { s: syncSeq __typename } ...f __typename }
      b: pullHousehold(limit: 5, checkpoint: { id: "${nil}", syncSeq: "0" }) { documents { number: unitNum k: isDeleted } } }
      fragment f on ContactPullBulk { d: documents { i: id id } }`;
    const { data, errors } = await makeAsk(world)('frank', text);
    expect(errors).toBeUndefined();
    const { a, b } = data as unknown as { a: { d: { i: string; id: string }[] }; b: { documents: JsonObject[] } };
    expect(a.d.map(({ i }) => i).sort()).toEqual([...walk.contacts].sort());
    expect(Object.keys(a)).toEqual(['c', 'd', '__typename']);
    expect(b.documents).toEqual([{ number: expect.stringContaining('Apt') as string, k: false }]);
    await remove('walklist', walk.id);
  });
});
