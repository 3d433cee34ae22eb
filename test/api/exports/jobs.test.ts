/** Exports as jobs: each person's own, with parts that are whole whatever happens. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeSystemViewer } from '../../../src/access/viewer.ts';
import { multiplyRow } from '../../multiply-row.ts';
import { type PersonName, makeWorld, type World } from '../../world.ts';
import { readCsv } from './ask-export.ts';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly total: number | null;
  readonly rows: number;
  readonly parts: readonly {
    readonly name: string;
    readonly rows: number;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  readonly failure: { readonly code: string } | null;
  readonly manifest: JsonObject | null;
}

const folder = mkdtempSync(join(tmpdir(), 'doorstep-exports-'));
let world: World;
beforeAll(async () => {
  world = await makeWorld({ env: { EXPORT_DIR: folder, EXPORT_PART_ROWS: '1000' } });
  const { id } = await world.create('alice', 'note', { text: 'note' });
  await multiplyRow(world.database, {
    table: 'notes',
    id,
    count: 2_499,
    changes: `jsonb_build_object('text', 'note ' || n)`,
  });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const call = async (
  person: PersonName,
  method: 'GET' | 'POST' | 'DELETE' | 'HEAD',
  url: string,
  more: { data?: JsonObject; headers?: Record<string, string> } = {},
) => {
  const { data, headers = {} } = more;
  const reply = await world.app.inject({
    ...{ method, url, headers: { ...world.as(person), ...headers } },
    ...(data === undefined ? {} : { payload: { data } }),
  });
  const isJson = /^application\/(problem\+)?json/.test(String(reply.headers['content-type']));
  return {
    status: reply.statusCode,
    headers: reply.headers,
    bytes: reply.rawPayload,
    body: isJson ? reply.json<{ data: Job; code: string }>() : null!,
  };
};

const create = async (person: PersonName, data: JsonObject): Promise<Job> => {
  const { status, headers, body } = await call(person, 'POST', '/v2/exports', { data });
  expect(status).toBe(201);
  expect(headers['location']).toBe(`/v2/exports/${body.data.id}`);
  return body.data;
};

const ended = async (person: PersonName, { id }: Job): Promise<Job> => {
  for (;;) {
    const { body } = await call(person, 'GET', `/v2/exports/${id}`);
    if (!['waiting', 'running'].includes(body.data.state)) return body.data;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

it('a job makes parts, each with its head and its checksum, and a manifest of them', async () => {
  const job = await ended('alice', await create('alice', { resource: 'notes', columns: ['id', 'text'] }));
  expect(job).toMatchObject({ state: 'complete', total: 2_500, rows: 2_500, failure: null });
  expect(job.parts.map(({ name, rows }) => [name, rows])).toEqual([
    ['notes-00001.csv', 1_000],
    ['notes-00002.csv', 1_000],
    ['notes-00003.csv', 500],
  ]);
  const texts = new Set<unknown>();
  for (const { name, bytes, sha256 } of job.parts) {
    const part = await call('alice', 'GET', `/v2/exports/${job.id}/parts/${name}`);
    expect([part.status, part.bytes.length, part.headers['etag']]).toEqual([200, bytes, `"${sha256}"`]);
    expect(createHash('sha256').update(part.bytes).digest('hex')).toBe(sha256);
    for (const { text } of readCsv(part.bytes)) texts.add(text);
  }
  expect(texts.size).toBe(2_500);
  expect(job.manifest).toMatchObject({ state: 'complete', resource: 'notes', rows: 2_500 });
});

describe('a part', () => {
  let job: Job;
  let url: string;
  let whole: Buffer;
  beforeAll(async () => {
    job = await ended('alice', await create('alice', { resource: 'notes', format: 'ndjson' }));
    url = `/v2/exports/${job.id}/parts/${job.parts[0]!.name}`;
    whole = (await call('alice', 'GET', url)).bytes;
  });
  const range = (value: string, more: Record<string, string> = {}) =>
    call('alice', 'GET', url, { headers: { range: value, ...more } });

  it.each([
    ['bytes=0-9', 0, 9],
    ['bytes=100-', 100, Infinity],
    ['bytes=-50', -50, Infinity],
    ['bytes=5-999999999', 5, Infinity],
  ])('is had in ranges: %s', async (value, from, to) => {
    const { status, headers, bytes } = await range(value, { 'accept-encoding': 'gzip' });
    const first = from < 0 ? whole.length + from : from;
    const last = Math.min(to, whole.length - 1);
    expect([status, headers['content-range']]).toEqual([206, `bytes ${first}-${last}/${whole.length}`]);
    expect(bytes.equals(whole.subarray(first, last + 1))).toBe(true);
  });

  it.each(['lines=0-5', 'bytes=5-2', 'bytes=a-b', 'bytes=0-1,4-5', 'bytes=-'])(
    'is sent whole for %s',
    async (value) => {
      expect((await range(value)).status).toBe(200);
    },
  );

  it('has nothing behind its end', async () => {
    for (const value of [`bytes=${whole.length}-`, 'bytes=-0']) {
      const { status, headers, body } = await range(value);
      expect([status, body.code, headers['content-range']]).toEqual([
        416,
        'RANGE_NOT_SATISFIABLE',
        `bytes */${whole.length}`,
      ]);
    }
  });

  it('is sent whole where the client has the beginning of another', async () => {
    expect((await range('bytes=0-9', { 'if-range': `"${job.parts[0]!.sha256}"` })).status).toBe(206);
    expect((await range('bytes=0-9', { 'if-range': '"another"' })).status).toBe(200);
  });

  it.each(['nothing.csv', '..%2F..%2Fsecret', 'manifest.json', 'notes-00001.ndjson.partial'])(
    '%s is not there',
    async (name) => {
      expect((await call('alice', 'GET', `/v2/exports/${job.id}/parts/${name}`)).status).toBe(404);
    },
  );
});

it('an export is nothing to anybody but its maker', async () => {
  const job = await ended('alice', await create('alice', { resource: 'notes' }));
  for (const person of ['bob', 'chelsea', 'dora'] as const) {
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', `/parts/${job.parts[0]!.name}`],
    ] as const) {
      const { status, body } = await call(person, method, `/v2/exports/${job.id}${path}`);
      expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
    }
    const { body } = await call(person, 'GET', '/v2/exports');
    expect(body.data).toEqual([]);
  }
});

it('whoever has lost rights since then does not get the files', async () => {
  const job = await ended('erin', await create('erin', { resource: 'notes' }));
  const url = `/v2/exports/${job.id}/parts/${job.parts[0]!.name}`;
  expect((await call('erin', 'GET', url)).status).toBe(200);
  const [role] = (await world.rows<{ id: string; name: string }>('role')).filter(({ name }) => name === 'canvasser');
  const operations = () => [{ op: 'replace', path: '/permissions', value: ['insert@notes'] }] as const;
  await world.change('alice', 'role', { kind: 'patch', id: role!.id, etags: '*', operations });
  const { status, body } = await call('erin', 'GET', url);
  expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
});

it('a job whose process died has failed, with the parts that are whole', async () => {
  const job = await ended('alice', await create('alice', { resource: 'notes' }));
  await world.database.query({
    text: `UPDATE export_jobs SET state = 'running', seen = now() - interval '1 minute',
      manifest = jsonb_set(manifest || '{"state": "running"}', '{parts}', manifest->'parts' #- '{2}') WHERE id = $1`,
    values: [job.id],
  });
  await ended('alice', await create('alice', { resource: 'notes' }));
  const found = await ended('alice', job);
  expect(found).toMatchObject({ state: 'failed', failure: { code: 'INTERNAL' }, manifest: { state: 'failed' } });
  expect(found.parts).toHaveLength(2);
  expect((await call('alice', 'GET', `/v2/exports/${job.id}/parts/notes-00002.csv`)).status).toBe(200);
  expect((await call('alice', 'GET', `/v2/exports/${job.id}/parts/notes-00003.csv`)).status).toBe(404);
});

it('a job that is cancelled ends, and cancelling what has ended changes nothing', async () => {
  const lock = await world.database.openSnapshot();
  const job = await create('alice', { resource: 'interactions' });
  await call('alice', 'DELETE', `/v2/exports/${job.id}`);
  await lock.close();
  const { state } = await ended('alice', job);
  expect(['cancelled', 'complete']).toContain(state);
  const { body } = await call('alice', 'DELETE', `/v2/exports/${job.id}`);
  expect(body.data.state).toBe(state);
});

it('what has expired is deleted, and says so', async () => {
  const job = await ended('alice', await create('alice', { resource: 'notes' }));
  await world.database.query({
    text: `UPDATE export_jobs SET expires = now() - interval '1 second' WHERE id = $1`,
    values: [job.id],
  });
  const url = `/v2/exports/${job.id}/parts/${job.parts[0]!.name}`;
  expect((await call('alice', 'GET', url)).status).toBe(404);
  await world.exports.jobs.expire();
  expect((await ended('alice', job)).state).toBe('expired');
  expect((await call('alice', 'GET', `/v2/exports/${job.id}/parts/${job.parts[0]!.name}`)).status).toBe(404);
});

it('nobody can fill the disk with jobs that wait', async () => {
  const waiting = `INSERT INTO export_jobs (customer_id, id, made_by, organization_group_id, way, state, request, scopes, created, seen)
    SELECT $1, gen_random_uuid(), $2, $1, 'job', 'running', '{}', '{}', now(), now() FROM generate_series(1, 5)`;
  await world.database.query({ text: waiting, values: [world.ids.customer, world.people.bob.userId] });
  const { status, headers, body } = await call('bob', 'POST', '/v2/exports', { data: { resource: 'notes' } });
  expect([status, body.code, headers['retry-after']]).toEqual([429, 'RATE_LIMITED', '60']);
});

it.each([
  [{ resource: 'nonsense' }, '/data/resource'],
  [{ resource: 'notes', format: 'xlsx' }, '/data/format'],
  [{ resource: 'notes', shape: 'knocks' }, '/shape'],
  [{ resource: 'notes', bom: true, format: 'ndjson' }, '/bom'],
])('a job of %j is refused with its place', async (data, pointer) => {
  const { status, body } = await call('alice', 'POST', '/v2/exports', { data });
  const { errors } = body as unknown as { errors: { pointer: string }[] };
  expect([status, errors[0]!.pointer]).toEqual([400, pointer]);
});

it('a file of somebody who is to be forgotten goes with all others of the customer', async () => {
  const job = await ended('alice', await create('alice', { resource: 'contacts' }));
  await world.exports.jobs.forgetCustomer(world.ids.customer);
  expect((await ended('alice', job)).state).toBe('expired');
  const viewer = makeSystemViewer({ customerId: world.ids.customer, organizationGroupId: world.ids.group });
  expect(await world.exports.jobs.list(viewer, 5)).toEqual([]);
});

it('GraphQL asks for one, watches it and names where its files are', async () => {
  const ask = async (query: string, variables: JsonObject = {}) => {
    const reply = await world.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: world.as('alice'),
      payload: { query, variables },
    });
    return reply.json<{
      data: Record<string, Job & { parts: { url: string }[] }>;
      errors?: { extensions: { code: string } }[];
    }>();
  };
  const made = await ask('mutation ($input: ExportInput!) { createExport(input: $input) { id state } }', {
    input: { resource: 'notes', format: 'PARQUET', shape: 'ROWS' },
  });
  expect(made.errors).toBeUndefined();
  const { id } = made.data['createExport']!;
  await ended('alice', { id } as Job);
  const { data } = await ask(
    'query ($id: ID!) { export(id: $id) { state rows parts { url } } exports(limit: 1) { id } }',
    { id },
  );
  expect(data['export']).toMatchObject({ state: 'COMPLETE', rows: 2_500 });
  expect((await call('alice', 'GET', data['export']!.parts[0]!.url)).status).toBe(200);
  expect(
    (await ask('mutation ($id: ID!) { cancelExport(id: $id) { state } }', { id: world.ids.contact })).errors![0]!
      .extensions.code,
  ).toBe('NOT_FOUND');
  expect((await ask('query ($id: ID!) { export(id: $id) { state } }', { id: world.ids.contact })).data).toEqual({
    export: null,
  });
});
