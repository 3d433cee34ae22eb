/** Imports into a real database. What reading the file makes of a row is tested in test/unit/imports. */
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDoorWriter } from '../../../src/cli/import/open-door-writer.ts';
import { systemClock } from '../../../src/clock.ts';
import { importDoors, type ImportOptions } from '../../../src/imports/import-doors.ts';
import type { Layout } from '../../../src/imports/layout.ts';
import { makeLog } from '../../../src/log.ts';
import { makePrisma } from '../../../src/store/administration.ts';
import { raw } from '../../../src/store/sql.ts';
import { makeWorld, type World } from '../../world.ts';

const layout: Layout = {
  attributes: {
    '/externalId': 'ID',
    '/profile/name/anglican/given': 'FIRST',
    '/profile/name/anglican/surname': 'LAST',
    '/profile/birthdate': 'DOB',
    '/profile/phones/mobile': 'PHONE',
    '/address/streetName': 'ADDRESS',
    '/household/unitNum': 'UNIT',
    '/address/city': 'CITY',
    '/fields/party': 'PARTY',
  },
};
const header = 'ID,FIRST,LAST,DOB,PHONE,ADDRESS,UNIT,CITY,PARTY';

let world: World;
let prisma: ReturnType<typeof makePrisma>;
beforeAll(async () => {
  world = await makeWorld();
  prisma = makePrisma({ url: world.url, poolSize: 1, log: makeLog({ logLevel: 'fatal', logFormat: 'json' }) });
});
afterAll(async () => {
  await prisma.$disconnect();
  await world.close();
});

const run = async (list: string, rows: readonly string[], more: Partial<ImportOptions> = {}) => {
  const rejected: string[] = [];
  const rejects = new Writable({ write: (chunk, _, done) => (rejected.push(String(chunk)), done()) });
  const source = Readable.from([[header, ...rows, ''].join('\r\n')]);
  const writer = await openDoorWriter({ ...world, prisma }, { campaign: world.ids.campaign, list });
  const summary = await importDoors({ source, layout, rejects, writer, clock: systemClock, ...more });
  return { summary, rejected: rejected.join('').trim().split('\r\n').slice(1) };
};

const query = <Row>(text: string): Promise<readonly Row[]> => world.database.query<Row>(raw(text));

/** Every version of every row, and every entry of the change log. */
const fingerprint = async (): Promise<unknown> => {
  const tables = [...world.model.resources.map(({ table }) => table), 'campaign_lists'];
  const states = tables.map((table) =>
    query(`SELECT '${table}' AS name, count(*), md5(string_agg(sync_seq::text, ',' ORDER BY id)) FROM ${table}`),
  );
  return [
    ...(await Promise.all(states)),
    await query('SELECT count(*) FROM change_log'),
    await query('SELECT count(*) FROM id_aliases'),
  ];
};

const onList = async (list: string) =>
  query<{ name: string; number: string; unit: string | null; state: string; groups: number; type: string }>(`
    SELECT contacts.profile #>> '{name,anglican,given}' AS name, address.number, households.unit_num AS unit,
      door.state, door.type, (SELECT count(DISTINCT g)::int FROM unnest(ARRAY[contacts.security_group_id,
        households.security_group_id, address.security_group_id, link.security_group_id, item.security_group_id,
        door.security_group_id, '${world.ids.group}']) AS g) AS groups
    FROM contact_household_lists item JOIN lists ON lists.id = item.list_id AND lists.name = '${list}'
    JOIN contact_households link ON link.id = item.contact_household_id
    JOIN contacts ON contacts.id = link.contact_id
    JOIN households ON households.id = link.household_id AND households.id = contacts.primary_household_id
    JOIN addresses address ON address.id = households.address_id
    JOIN contact_household_campaigns door ON door.contact_household_id = link.id
      AND door.campaign_id = '${world.ids.campaign}'
    WHERE NOT item.is_deleted ORDER BY contacts.external_id, 1`);

const families = [
  '1,ANN,LEE,1980-03-01,,12 OAK ST,,FLINT,D',
  '2,BOB,LEE,1979-03-01,810-555-0101,12 OAK ST,,FLINT,R',
  '3,CAL,KIM,,,12 OAK ST,APT 2,FLINT,',
];

test('a row becomes a household, a contact, their link, a place on the list and a door of the campaign', async () => {
  const { summary } = await run('Families', families);
  expect(summary).toMatchObject({ rows: 3, created: 3, existing: 0, duplicates: 0, rejected: 0, finished: true });
  const door = { number: '12', state: 'not-contacted-normal', type: 'normal', groups: 1 };
  expect(await onList('Families')).toEqual([
    { ...door, name: 'Ann', unit: null },
    { ...door, name: 'Bob', unit: null },
    { ...door, name: 'Cal', unit: 'Apt 2' },
  ]);
  expect(await query(`SELECT FROM addresses WHERE street_name = 'Oak St'`)).toHaveLength(1);
});

test('the list is made once, and is one of the campaign’s lists', async () => {
  await run('Made once', ['900,ANA,RUIZ,1970-01-02,,1 ASH ST,,FLINT,']);
  await run('Made once', ['901,EVA,RUIZ,1971-01-02,,1 ASH ST,,FLINT,']);
  expect(
    await query(`SELECT item.type FROM lists JOIN campaign_lists item ON item.list_id = lists.id
      AND item.campaign_id = '${world.ids.campaign}' AND NOT item.is_deleted WHERE lists.name = 'Made once'`),
  ).toEqual([{ type: 'normal' }]);
});

test('a second run changes nothing: no row, no version, no entry in the log', async () => {
  const rows = [...families, ',DEE,FOX,,810-555-0102,14 OAK ST,,FLINT,', ',EDO,FOX,1990-05-05,,14 OAK ST,,FLINT,'];
  await run('Twice', rows);
  const before = await fingerprint();
  const { summary } = await run('Twice', rows);
  expect(summary).toMatchObject({ rows: 5, created: 0, existing: 5, duplicates: 0, rejected: 0 });
  expect(await fingerprint()).toEqual(before);
});

test('what canvassers have learned of a contact outranks the file', async () => {
  await run('Learned', ['10,GIA,ROSSI,1985-02-03,,20 ELM ST,,FLINT,D']);
  const [contact] = await query<{ id: string; etag: string }>(`SELECT id, etag FROM contacts WHERE external_id = '10'`);
  const operations = () => [{ op: 'add', path: '/notes', value: 'Rings twice.' } as const];
  await world.change('alice', 'contact', { kind: 'patch', id: contact!.id, etags: '*', operations });
  const { summary } = await run('Learned', ['10,GIA,ROSSI-BIANCHI,1985-02-03,,20 ELM ST,,FLINT,R']);
  expect(summary).toMatchObject({ created: 0, existing: 1 });
  expect(
    await query(`SELECT notes, fields ->> 'party' AS party, profile #>> '{name,anglican,surname}' AS surname
      FROM contacts WHERE external_id = '10'`),
  ).toEqual([{ notes: 'Rings twice.', party: 'D', surname: 'Rossi' }]);
});

test('one person under two ids is one contact, and the second row is a duplicate', async () => {
  const { summary } = await run('One person', [
    '20,HAL,ADAMS,1960-06-06,,30 FIR ST,,FLINT,',
    '21,HAL,ADAMS,1960-06-06,,30 FIR STREET,,FLINT,',
  ]);
  expect(summary).toMatchObject({ rows: 2, created: 1, duplicates: 1 });
});

test('without ids and birth dates, a father and his son are two, and the same row again is one', async () => {
  const rows = [
    ',IAN,HALE,,810-555-0103,40 YEW ST,,FLINT,',
    ',IAN,HALE,,810-555-0104,40 YEW ST,,FLINT,',
    ',IAN,HALE,,810-555-0103,40 YEW ST,,FLINT,',
  ];
  expect((await run('Hales', rows)).summary).toMatchObject({ rows: 3, created: 2, existing: 0, duplicates: 1 });
  expect((await run('Hales', rows)).summary).toMatchObject({ rows: 3, created: 0, existing: 2, duplicates: 1 });
});

test('an import that was stopped is finished by the next run', async () => {
  const rows = Array.from(
    { length: 12 },
    (_, index) => `5${index},P${index},IVES,1950-01-02,,${index} LIME ST,,FLINT,`,
  );
  const stop = new AbortController();
  const onProgress = () => stop.abort();
  const first = await run('Stopped', rows, { batchSize: 5, signal: stop.signal, onProgress });
  expect(first.summary).toMatchObject({ rows: 5, created: 5, finished: false });
  const second = await run('Stopped', rows, { batchSize: 5 });
  expect(second.summary).toMatchObject({ rows: 12, created: 7, existing: 5, finished: true });
  expect(await onList('Stopped')).toHaveLength(12);
});

test('a person who was written without link and list before a crash gets them from the next run', async () => {
  const address = { data: { number: '7', streetName: 'Bay St', city: 'Flint', country: 'USA' } };
  const { securityGroupId, id } = await world.create(null, 'household', { addressId: null, unitNum: null, address });
  const name = { anglican: { given: 'Jo', surname: 'Ng' } };
  await world.create(
    null,
    'contact',
    { profile: { name }, fields: {}, notes: null, externalId: '60', primaryHouseholdId: id },
    { securityGroupId },
  );
  expect((await run('Crashed', ['60,JO,NG,,,7 BAY ST,,FLINT,'])).summary).toMatchObject({ created: 0, existing: 1 });
  expect(await onList('Crashed')).toMatchObject([{ name: 'Jo', number: '7' }]);
});

test('a row that the rules of the house refuse is rejected with the reason, and its neighbours are written', async () => {
  const { summary, rejected } = await run('Refused', [
    `70,KAY,${'X'.repeat(300)},1960-01-02,,1 DELL RD,,FLINT,`,
    '71,LIV,OTT,1960-01-02,,1 DELL RD,,FLINT,',
  ]);
  expect(summary).toMatchObject({ rows: 2, created: 1, rejected: 1 });
  expect(rejected).toHaveLength(1);
  expect(rejected[0]).toContain('the contact cannot be written: /profile/name/anglican/surname must have at most 256');
});

test('the doors of a list that the campaign leaves alone are left alone', async () => {
  const list = await world.create('alice', 'list', { name: 'Leave alone' });
  const operations = () => [{ op: 'add', path: '/lists/-', value: { listId: list.id, type: 'do-not-knock' } } as const];
  await world.change('alice', 'campaign', { kind: 'patch', id: world.ids.campaign, etags: '*', operations });
  await run('Leave alone', ['80,MO,PIKE,1960-01-02,,2 DELL RD,,FLINT,']);
  expect(await onList('Leave alone')).toMatchObject([{ type: 'do-not-knock', state: 'not-contacted-do-not-knock' }]);
});

test('the change log says that an import wrote a row, and nothing about the person', async () => {
  await run('Logged', ['90,NIA,REED,1960-01-02,,3 DELL RD,,FLINT,']);
  const entries = await query(`SELECT log.verb, log.client, log.changed_by, log.patch FROM change_log log
    JOIN contacts ON contacts.id = log.row_id WHERE log.resource = 'contacts' AND contacts.external_id = '90'`);
  expect(entries).toEqual([{ verb: 'create', client: 'doorstep import', changed_by: null, patch: null }]);
});

test('a file without the columns of its layout is refused, and makes no list', async () => {
  const source = Readable.from(['NAME\r\nAnn\r\n']);
  await expect(run('Never made', [], { source })).rejects.toThrow('has no column "ID"');
  expect(await query(`SELECT FROM lists WHERE name = 'Never made'`)).toEqual([]);
});

test.each([
  ['an id that is none', 'ward-3', 'takes the id of a campaign'],
  ['an id of nothing', '00000000-0000-4000-8000-000000000000', 'There is no campaign'],
])('%s is refused', async (_, campaign, message) => {
  await expect(openDoorWriter({ ...world, prisma }, { campaign, list: 'x' })).rejects.toThrow(message);
});
