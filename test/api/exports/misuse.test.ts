import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../world.ts';
import { askExport, readCsv } from './ask-export.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const refused = async (path: string) => {
  const { status, problem } = await askExport(world, 'alice', path);
  return `${status} ${problem.code} ${problem.errors?.map(({ pointer }) => pointer).join(' ') ?? problem.detail}`;
};

it.each([
  ['format=xlsx', '400 INVALID_INPUT /format'],
  ['format=csv&format=csv', '400 MALFORMED_REQUEST format may come once, and came 2 times.'],
  ['shape=last-result', '400 INVALID_INPUT /shape'],
  ['shape=__proto__', '400 INVALID_INPUT /shape'],
  ['columns=id,nonsense', '400 INVALID_INPUT /columns/1'],
  ['columns=id,id', '400 INVALID_INPUT /columns/1'],
  ['columns=personKey', '400 INVALID_INPUT /columns/0'],
  ['deleted=yes', '400 INVALID_INPUT /deleted'],
  ['bom=1', '400 MALFORMED_REQUEST bom is true or false, not "1".'],
  ['bom=true&format=ndjson', '400 INVALID_INPUT /bom'],
  ['formulas=defused&format=parquet', '400 INVALID_INPUT /formulas'],
])('%s is refused with its place', async (query, expected) => {
  expect(await refused(`/v2/notes/export?${query}`)).toBe(expected);
});

it.each(['limit=5', 'sort=/id', 'filters=x', 'Format=csv', '__proto__=1', 'skip=1'])(
  'the parameter %s, which would be passed over, is refused',
  async (query) => {
    expect(await refused(`/v2/notes/export?${query}`)).toMatch(/^400 MALFORMED_REQUEST There is no parameter/);
  },
);

it('columns of a shape that counts cannot be chosen', async () => {
  expect(await refused('/v2/interactions/export?shape=knocks&columns=day')).toBe('400 INVALID_INPUT /columns');
});

it.each(['/data/nonsense eq 1', '/data/text eq', '/data/text gt 5', `${'('.repeat(500)}`])(
  'the filter %s is refused as in lists',
  async (filter) => {
    expect(await refused(`/v2/notes/export?filter=${encodeURIComponent(filter)}`)).toMatch(/^400 INVALID_FILTER/);
  },
);

describe('a value of a filter stays a value', () => {
  const values = [
    `'; DROP TABLE notes; --`,
    `') TO PROGRAM 'true' --`,
    `\\'; SELECT pg_sleep(60); --`,
    `$1 $$ $tag$ "quoted" {a,"b"} \\N \\.`,
    `E'\\\\' ?? %s \u{1F6AA} ﷺ`,
    `line\nfeed\ttab`,
  ];
  it.each(values)('%j', async (value) => {
    const note = await world.create('alice', 'note', { text: value });
    for (const filter of [`/data/text eq ${JSON.stringify(value)}`, `/data/text in [${JSON.stringify(value)},"x"]`]) {
      const { status, bytes } = await askExport(
        world,
        'alice',
        `/v2/notes/export?filter=${encodeURIComponent(filter)}`,
      );
      expect(status).toBe(200);
      expect(readCsv(bytes).map(({ id, text }) => [id, text])).toEqual([[note.id, value]]);
    }
  });

  it('NUL and half a surrogate pair are refused', async () => {
    expect(await refused(`/v2/notes/export?filter[/data/text]=a%00b`)).toMatch(/^400 /);
    const filter = encodeURIComponent('/data/text eq "\\ud800"');
    expect(await refused(`/v2/notes/export?filter=${filter}`)).toMatch(/^400 /);
  });
});

it('a cell of two megabytes comes whole', async () => {
  const { id } = await world.create('alice', 'contact', { fields: { story: 'é'.repeat(400) } });
  const story = 'quote " and\r\nline, '.repeat(100_000);
  await world.database.transaction(async (tx) => {
    await tx.exec('SET LOCAL session_replication_role = replica');
    await tx.query({
      text: `UPDATE contacts SET fields = jsonb_build_object('story', $2::text) WHERE id = $1`,
      values: [id, story],
    });
  });
  const filter = encodeURIComponent(`/id eq "${id}"`);
  for (const format of ['csv', 'ndjson', 'parquet']) {
    const { status, bytes } = await askExport(world, 'alice', `/v2/contacts/export?format=${format}&filter=${filter}`);
    expect([status, bytes.length > (format === 'parquet' ? 1_000 : 1_900_000)]).toEqual([200, true]);
    if (format !== 'csv') continue;
    const [row] = readCsv(bytes);
    expect((JSON.parse(String(row!['fields'])) as { story: string }).story).toBe(story);
  }
});

it('a stranger is refused, and who may read nowhere too', async () => {
  const stranger = await world.app.inject({ url: '/v2/notes/export' });
  expect(stranger.statusCode).toBe(401);
  const [role] = (await world.rows<{ id: string; name: string }>('role')).filter(({ name }) => name === 'canvasser');
  const operations = () => [{ op: 'replace', path: '/permissions', value: ['insert@notes'] }] as const;
  await world.change('alice', 'role', { kind: 'patch', id: role!.id, etags: '*', operations });
  const { status, problem } = await askExport(world, 'frank', '/v2/notes/export');
  expect([status, problem.code]).toEqual([403, 'FORBIDDEN']);
});

it('HEAD tells the headers and reads nothing', async () => {
  const head = await world.app.inject({
    method: 'HEAD',
    url: '/v2/notes/export?format=parquet',
    headers: world.as('alice'),
  });
  expect([head.statusCode, head.headers['content-type']]).toEqual([200, 'application/vnd.apache.parquet']);
  const jobs = await world.database.query<{ n: string }>({
    text: `SELECT count(*) AS n FROM export_jobs WHERE state = 'running'`,
    values: [],
  });
  expect(jobs).toEqual([{ n: '0' }]);
});
