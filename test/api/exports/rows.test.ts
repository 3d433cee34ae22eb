import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../world.ts';
import { askExport, readCsv, readLines, readParquet, type Row } from './ask-export.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.create('alice', 'note', { text: 'plain' });
  await world.create('alice', 'note', { text: 'Says "no",\r\nand\nshuts the door. ✓ ñ' });
  await world.create('alice', 'note', { text: '=HYPERLINK("https://evil.example")' });
  await world.create('chelsea', 'note', {
    contactId: (await world.create('chelsea', 'contact')).id,
    text: 'elsewhere',
  });
});
afterAll(() => world.close());

const texts = (rows: readonly Row[]) => rows.map(({ text }) => text).toSorted();
const ours = ['=HYPERLINK("https://evil.example")', 'Says "no",\r\nand\nshuts the door. ✓ ñ', 'plain'];

describe('CSV', () => {
  it('holds every row and column that the caller may see, whatever is in a cell', async () => {
    const { status, headers, bytes } = await askExport(world, 'alice', '/v2/notes/export?format=csv');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(headers['content-disposition']).toBe('attachment; filename="notes-00001.csv"');
    const rows = readCsv(bytes);
    expect(texts(rows)).toEqual(ours);
    const [note] = rows;
    expect(Object.keys(note!)).toEqual([
      ...['id', 'customerId', 'securityGroupId', 'contactId', 'text'],
      ...['etag', 'created', 'createdBy', 'modified', 'modifiedBy', 'isDeleted'],
    ]);
    expect(note).toMatchObject({ customerId: world.ids.customer, isDeleted: 'false' });
    expect(note!['created']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('ends each row with CR LF, and tells an empty text from none', async () => {
    await world.create('alice', 'contact', { notes: '', externalId: 'empty' });
    await world.create('alice', 'contact', { notes: null, externalId: 'none' });
    const url = '/v2/contacts/export?columns=externalId,notes&filter=/data/externalId in ["empty","none"]';
    const { bytes } = await askExport(world, 'alice', encodeURI(url));
    expect(bytes.toString().split('\r\n').toSorted()).toEqual(['', 'empty,""', 'externalId,notes', 'none,']);
  });

  it('begins with a byte order mark where one is wanted', async () => {
    const { bytes } = await askExport(world, 'alice', '/v2/notes/export?bom=true');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(readCsv(bytes)).toHaveLength(3);
  });

  it('holds no formula where they are to be defused', async () => {
    const signs = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'];
    for (const text of signs) await world.create('bob', 'note', { text });
    const filter = `/meta/createdBy eq "${world.people.bob.userId}"`;
    const url = `/v2/notes/export?formulas=defused&filter=${encodeURIComponent(filter)}`;
    expect(texts(readCsv((await askExport(world, 'alice', url)).bytes))).toEqual(signs.map((s) => `'${s}`).toSorted());
    const kept = await askExport(world, 'alice', url.replace('defused', 'kept'));
    expect(texts(readCsv(kept.bytes))).toEqual(signs.toSorted());
    for (const { id } of readCsv(kept.bytes)) {
      const row = await world.app.inject({ url: `/v2/notes/${String(id)}`, headers: world.as('bob') });
      await world.change('bob', 'note', {
        kind: 'remove',
        id: String(id),
        etags: [row.json<{ meta: { etag: string } }>().meta.etag],
      });
    }
  });
});

it('NDJSON holds one object a line, with null for what is not set', async () => {
  const { headers, bytes } = await askExport(world, 'alice', '/v2/contacts/export?format=ndjson');
  expect(headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
  const rows = readLines(bytes);
  const [row] = rows.filter(({ id }) => id === world.ids.contact);
  const { data } = (
    await world.app.inject({ url: `/v2/contacts/${world.ids.contact}`, headers: world.as('alice') })
  ).json<{ data: Record<string, unknown> }>();
  expect(row).toMatchObject(data);
  expect(rows.every((each) => 'notes' in each && 'externalId' in each)).toBe(true);
});

it('Parquet holds the same rows with their types', async () => {
  await world.create('alice', 'interaction', {
    timestamp: '2026-05-09T17:41:08.250Z',
    distance: 0.25,
    successful: true,
  });
  await world.create('alice', 'interaction', {
    timestamp: '1969-12-31T23:59:59.999Z',
    successful: null,
    location: null,
  });
  const { headers, bytes } = await askExport(world, 'alice', '/v2/interactions/export?format=parquet');
  expect(headers['content-type']).toBe('application/vnd.apache.parquet');
  const rows = await readParquet(bytes);
  const lines = readLines((await askExport(world, 'alice', '/v2/interactions/export?format=ndjson')).bytes);
  const plain = rows.map((row) => {
    const entries = Object.entries(row).map(([key, value]) => [
      key,
      value instanceof Date ? value.toISOString() : (value ?? null),
    ]);
    // The reader shows JSON as the text that it is.
    return {
      ...(Object.fromEntries(entries) as Row),
      'survey.responses': JSON.parse(String(row['survey.responses'])) as unknown,
    };
  });
  const byId = (left: Row, right: Row) => (String(left['id']) < String(right['id']) ? -1 : 1);
  expect(plain.toSorted(byId)).toEqual(lines.toSorted(byId));
});

it('an export of nothing has its columns and no rows', async () => {
  const filter = encodeURIComponent('/data/text eq "nobody has written this"');
  const csv = await askExport(world, 'alice', `/v2/notes/export?columns=id,text&filter=${filter}`);
  expect(csv.bytes.toString()).toBe('id,text\r\n');
  const lines = await askExport(world, 'alice', `/v2/notes/export?format=ndjson&filter=${filter}`);
  expect(lines.bytes.toString()).toBe('');
  const parquet = await askExport(world, 'alice', `/v2/notes/export?format=parquet&filter=${filter}`);
  expect(await readParquet(parquet.bytes)).toEqual([]);
});

it('the columns that are named come in their order', async () => {
  const { bytes } = await askExport(world, 'alice', '/v2/notes/export?format=ndjson&columns=text,id');
  expect(readLines(bytes).map((row) => Object.keys(row))).toEqual(ours.map(() => ['text', 'id']));
});

it(
  'every resource can be exported in every format, with one row for each that is listed',
  { timeout: 120_000 },
  async () => {
    for (const { label, declaration } of world.model.resources) {
      const route = declaration.route ?? `/v2/${label}`;
      const lines = await askExport(world, 'alice', `${route}/export?format=ndjson`);
      expect(lines.status, label).toBe(200);
      const ids = readLines(lines.bytes).map(({ id }) => id);
      const csv = readCsv((await askExport(world, 'alice', `${route}/export?format=csv`)).bytes);
      expect(csv.map(({ id }) => id).toSorted(), label).toEqual(ids.toSorted());
      const parquet = await readParquet((await askExport(world, 'alice', `${route}/export?format=parquet`)).bytes);
      expect(parquet.map(({ id }) => id).toSorted(), label).toEqual(ids.toSorted());
      if (declaration.route === null) continue;
      const list = await world.app.inject({ url: `${declaration.route}?limit=1000`, headers: world.as('alice') });
      const listed = list.json<{ data: { id: string }[] }>().data.map(({ id }) => id);
      expect(ids.toSorted(), label).toEqual(listed.toSorted());
    }
  },
);

it('no two columns of a resource have one name', async () => {
  for (const { label, declaration } of world.model.resources) {
    const { bytes } = await askExport(world, 'alice', `${declaration.route ?? `/v2/${label}`}/export`);
    const [head] = bytes.toString().split('\r\n');
    const names = head!.split(',');
    expect(new Set(names).size, label).toBe(names.length);
  }
});

it("nobody's export holds a row that they may not see", async () => {
  const at = async (person: 'alice' | 'bob' | 'chelsea' | 'dora' | 'erin') =>
    texts(readLines((await askExport(world, person, '/v2/notes/export?format=ndjson')).bytes));
  expect(await at('alice')).toEqual(ours);
  expect(await at('bob')).toEqual(ours);
  expect(await at('chelsea')).toEqual(['elsewhere']);
  expect(await at('dora')).toEqual([]);
  expect(await at('erin')).toEqual([]);
});
