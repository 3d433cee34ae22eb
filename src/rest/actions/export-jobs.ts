/**
 * Exports as jobs: `POST /v2/exports` asks for one, `GET` says how far it is, `DELETE` cancels it, and its parts are
 * fetched below it, in ranges where a connection broke. Whoever made one is who may see it.
 */
import { createReadStream } from 'node:fs';
import type { FastifyReply } from 'fastify';
import { type AskedExport, checkExport } from '../../exports/export-request.ts';
import { formats } from '../../exports/format.ts';
import type { Manifest } from '../../exports/manifest.ts';
import { shapes } from '../../exports/shapes.ts';
import type { JsonObject } from '../../json.ts';
import type { Model } from '../../model.ts';
import type { ExportJob } from '../../store/export-jobs.ts';
import { parseRange } from '../parse-range.ts';
import type { Handle } from '../rest-parts.ts';
import type { ActionParts, ActionRoute } from './action.ts';
import { makeBodyCheck } from './body-check.ts';

const orNull = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: 'null' }] });
const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const moment = { type: 'string', format: 'date-time' };
const closed = (properties: JsonObject, required = Object.keys(properties)): JsonObject => {
  return { type: 'object', properties, required, additionalProperties: false };
};

const bodyOf = ({ resources }: Pick<Model, 'resources'>): JsonObject =>
  closed({
    data: closed(
      {
        resource: { enum: resources.map(({ label }) => label), description: 'As in addresses.' },
        shape: { enum: [...shapes.map(({ name }) => name), null], description: 'See `GET …/export`.' },
        format: { enum: [...formats.map(({ name }) => name), null] },
        filter: { type: ['string', 'null'], maxLength: 65_536, description: 'In the filter language.' },
        columns: orNull({ type: 'array', items: { ...text, maxLength: 1_024 }, minItems: 1, maxItems: 2_000 }),
        deleted: { enum: ['exclude', 'include', 'only', null] },
        bom: { type: ['boolean', 'null'] },
        formulas: { enum: ['kept', 'defused', null] },
      },
      ['resource'],
    ),
  });

const part = closed({
  ...{ name: text, rows: count, bytes: count },
  sha256: { ...text, pattern: '^[0-9a-f]{64}$', description: 'Of its bytes.' },
});
const job = closed({
  id: { ...text, format: 'uuid' },
  state: { enum: ['waiting', 'running', 'complete', 'failed', 'cancelled', 'expired'] },
  ...{ resource: text, shape: text, format: text, filter: orNull(text) },
  total: orNull({ ...count, description: 'How many rows there will be, as soon as it is known.' }),
  ...{ rows: count, bytes: count, created: moment, ended: orNull(moment), expires: orNull(moment) },
  parts: { type: 'array', items: part, description: 'Those that are whole, each at `…/parts/{name}`.' },
  failure: orNull(closed({ code: text, detail: text })),
  manifest: { type: ['object', 'null'], description: 'All that the export says of itself.' },
});
const one: JsonObject = { 'application/json': { schema: closed({ data: job, meta: closed({}) }) } };
const many: JsonObject = {
  'application/json': { schema: closed({ data: { type: 'array', items: job }, meta: closed({}) }) },
};
const at = (name: string, description: string): JsonObject => {
  return { name, in: 'path', required: true, description, schema: text };
};
const id = at('export', 'The id of the export.');
const file = Object.fromEntries(formats.map(({ mediaType }) => [mediaType.split(';')[0]!, { schema: text }]));

export function makeExportJobActions(model: Model): readonly ActionRoute[] {
  const url = '/v2/exports';
  const all = { of: model.get('interaction'), access: 'token', parameters: {}, body: null } as const;
  return [
    {
      ...all,
      ...{ name: 'createExport', method: 'POST', url, body: bodyOf(model) },
      description: 'Asks for an export that is made in the background.',
      answers: [{ status: 201, description: 'It waits for its turn.', holds: { content: one } }],
      problems: ['INVALID_FILTER', 'FORBIDDEN'],
      make: makeCreate,
    },
    {
      ...all,
      ...{ name: 'listExports', method: 'GET', url },
      description: 'The latest exports of the caller, at most a hundred.',
      answers: [{ status: 200, description: 'The latest first.', holds: { content: many } }],
      problems: [],
      make: makeList,
    },
    {
      ...all,
      ...{ name: 'getExport', method: 'GET', url: `${url}/:export`, query: [id] },
      description: 'How far an export is, and its manifest.',
      answers: [{ status: 200, description: 'The export.', holds: { content: one } }],
      problems: ['NOT_FOUND'],
      make: makeGet,
    },
    {
      ...all,
      ...{ name: 'cancelExport', method: 'DELETE', url: `${url}/:export`, query: [id] },
      description: 'Ends an export; the parts that are whole stay. One that has ended stays as it is.',
      answers: [{ status: 200, description: 'The export.', holds: { content: one } }],
      problems: ['NOT_FOUND'],
      make: makeCancel,
    },
    {
      ...all,
      ...{ name: 'getExportPart', method: 'GET', url: `${url}/:export/parts/:part` },
      query: [id, at('part', 'The name of the part.')],
      description: 'A part of an export, or the range of it that is asked for (RFC 9110 §14).',
      answers: [
        { status: 200, description: 'All of it.', holds: { content: file } },
        { status: 206, description: 'The range.', holds: { content: file } },
      ],
      problems: ['RANGE_NOT_SATISFIABLE', 'FORBIDDEN', 'NOT_FOUND'],
      make: makeGetPart,
    },
  ];
}

export function showJob({ id, state, request, manifest, ...more }: ExportJob): JsonObject {
  const { resource = null, shape = null, format = null, filter = null } = request;
  const { parts = [], failure = null } = (manifest ?? {}) as Partial<Manifest>;
  const { total, rows, bytes, created, ended, expires } = more;
  return {
    ...{ id, state, resource, shape, format, filter },
    total: total === null ? null : Number(total),
    ...{ rows: Number(rows), bytes: Number(bytes), created, ended, expires },
    parts: parts.map((each) => ({ ...each })),
    failure: failure === null ? null : { ...failure },
    manifest,
  };
}

const send = (reply: FastifyReply, status: number, found: ExportJob) =>
  reply.code(status).send({ data: showJob(found), meta: {} });

const nameOf = (params: unknown, name: 'export' | 'part'): string => (params as Record<typeof name, string>)[name];

function makeCreate({ model, exports: { jobs }, authenticate }: ActionParts): Handle {
  const check = makeBodyCheck<{ readonly data: AskedExport }>(bodyOf(model));
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const made = await jobs.create(viewer, checkExport(check(request.body).data, model), request.id);
    reply.header('location', `/v2/exports/${made.id}`);
    return send(reply, 201, made);
  };
}

function makeList({ exports: { jobs }, authenticate }: ActionParts): Handle {
  return async (request, reply) => {
    const found = await jobs.list(await authenticate(request), 100);
    return reply.send({ data: found.map(showJob), meta: {} });
  };
}

function makeGet({ exports: { jobs }, authenticate }: ActionParts): Handle {
  return async (request, reply) =>
    send(reply, 200, await jobs.get(await authenticate(request), nameOf(request.params, 'export')));
}

function makeCancel({ exports: { jobs }, authenticate }: ActionParts): Handle {
  return async (request, reply) =>
    send(reply, 200, await jobs.cancel(await authenticate(request), nameOf(request.params, 'export')));
}

function makeGetPart({ exports: { jobs }, authenticate }: ActionParts): Handle {
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const name = nameOf(request.params, 'part');
    const found = await jobs.getPart(viewer, nameOf(request.params, 'export'), name);
    const { bytes, sha256 } = found.part;
    const format = formats.find(({ extension }) => name.endsWith(`.${extension}`))!;
    // A part never changes, so its checksum is a strong tag of it.
    reply.headers({
      'accept-ranges': 'bytes',
      etag: `"${sha256}"`,
      'content-disposition': `attachment; filename="${found.part.name}"`,
    });
    reply.type(format.mediaType);
    const range = parseRange(request.headers, { bytes, etag: `"${sha256}"` });
    const [from, to] = range ?? [0, bytes - 1];
    reply.header('content-length', to - from + 1);
    if (range !== null) reply.code(206).header('content-range', `bytes ${from}-${to}/${bytes}`);
    if (request.method === 'HEAD') return reply.send('');
    return reply.send(createReadStream(found.path, { start: from, end: to }));
  };
}
