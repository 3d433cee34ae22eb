/**
 * `GET /v2/changes`: the change feed, a page at a time, waiting for the next change, or as server-sent events for whoever
 * asks for those. Events carry the position as their id, so a client that was cut off goes on by itself (HTML Living
 * Standard, "Server-sent events", `Last-Event-ID`).
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import type { Model } from '../../model.ts';
import { invalidInput } from '../../problem.ts';
import { watchDisconnect } from '../../http/disconnect.ts';
import { type ChangesRequest, changesLimits } from '../../sync/changes.ts';
import { recordChanges } from '../../sync/record-changes.ts';
import { query } from '../openapi/parameters.ts';
import { findSingle, parseQuery } from '../query-parameters.ts';
import type { Handle } from '../rest-parts.ts';
import { makeRowStream } from '../row-stream.ts';
import type { ActionParts, ActionRoute } from './action.ts';
import { followChanges } from './follow-changes.ts';

const url = '/v2/changes';
const { unasked, largest, longestWaitMs } = changesLimits;

export function makeChangeFeed(model: Model): readonly ActionRoute[] {
  const labels = model.resources.map(({ label }) => label);
  const entry: JsonObject = {
    type: 'object',
    description: 'A row as it is now, or that it is gone.',
    properties: {
      resource: { enum: labels },
      id: { type: 'string', format: 'uuid' },
      syncSeq: { type: 'string', description: 'Its position; it never decreases from one entry to the next.' },
      isDeleted: { type: 'boolean', description: 'Whether it is gone. It then has no row.' },
      row: { type: 'object', description: 'Its envelope.' },
    },
    required: ['resource', 'id', 'syncSeq', 'isDeleted'],
    additionalProperties: false,
  };
  const meta: JsonObject = {
    type: 'object',
    properties: {
      position: { type: 'string', description: 'Where to go on, as `after`.' },
      isComplete: { type: 'boolean', description: 'Whether there was nothing else when the page was read.' },
    },
    required: ['position', 'isComplete'],
    additionalProperties: false,
  };
  const page: JsonObject = {
    type: 'object',
    properties: { data: { type: 'array', items: entry }, meta },
    required: ['data', 'meta'],
    additionalProperties: false,
  };
  const content = {
    'application/json': { schema: page },
    'text/event-stream': { schema: { type: 'string', description: 'Pages as events, for as long as you listen.' } },
  };
  return [
    {
      name: 'listChanges',
      method: 'GET',
      url,
      description: 'What has changed of all that you may see, in the order of changes.',
      of: model.get('customer'),
      access: 'token',
      parameters: {},
      query: [
        query('after', 'The position of another page, or of an export; everything there is, without one.', {
          type: 'string',
        }),
        query(
          'resources',
          'Only of these, with commas between.',
          { type: 'array', items: { enum: labels }, minItems: 1 },
          { style: 'form', explode: false, example: ['contacts', 'interactions'] },
        ),
        query('limit', 'How many entries at most.', {
          type: 'integer',
          minimum: 1,
          maximum: largest,
          default: unasked,
        }),
        query('wait', 'How many seconds to wait for a change where there is none.', {
          ...{ type: 'integer', minimum: 0, maximum: longestWaitMs / 1_000, default: 0 },
        }),
        query('excludeOwn', 'Leaves out rows that nobody but you has written since `after`.', {
          ...{ type: 'boolean', default: false },
        }),
      ],
      body: null,
      answers: [{ status: 200, description: 'What has changed.', holds: { content } }],
      problems: ['MALFORMED_REQUEST', 'INVALID_PAGE', 'INVALID_INPUT', 'SYNC_CHECKPOINT_EXPIRED'],
      make: makeListChanges,
    },
  ];
}

function makeListChanges(parts: ActionParts): Handle {
  const { changes, authenticate, bulkReads } = parts;
  return async (request, reply) => {
    const asked = parseRequest(request);
    if (/\btext\/event-stream\b/i.test(request.headers.accept ?? '')) return follow(asked, request, reply, parts);
    const viewer = await authenticate(request);
    const { signal } = watchDisconnect(reply);
    const { entries, position, isComplete } = await changes.read(viewer, { ...asked, signal });
    recordChanges(bulkReads, viewer, entries, request.id);
    reply.type('application/json; charset=utf-8');
    return reply.send(`{"data":[${entries}],"meta":${JSON.stringify({ position, isComplete })}}`);
  };
}

async function follow(
  asked: ChangesRequest,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ActionParts,
): Promise<FastifyReply> {
  const stop = watchDisconnect(reply);
  const last = request.headers['last-event-id'];
  const after = typeof last === 'string' && last !== '' ? last : asked.after;
  const events = followChanges({ ...asked, after, signal: stop.signal }, request, parts);
  const onStall = (): void => void reply.raw.destroy();
  const stream = await makeRowStream(events, { stop, drainTimeoutMs: parts.drainTimeoutMs, onStall });
  return reply.type('text/event-stream; charset=utf-8').send(stream);
}

function parseRequest({ url: address }: FastifyRequest): ChangesRequest {
  const parameters = parseQuery(address);
  const find = (name: string): string | null =>
    findSingle(parameters, name, (why) => invalidInput([{ pointer: `/${name}`, message: why }]));
  const count = (name: string, usual: number): number => {
    const text = find(name) ?? String(usual);
    if (/^\d{1,9}$/.test(text)) return Number(text);
    throw invalidInput([
      { pointer: `/${name}`, message: `must be a whole number, not ${JSON.stringify(text.slice(0, 64))}` },
    ]);
  };
  const own = find('excludeOwn') ?? 'false';
  if (own !== 'true' && own !== 'false') {
    throw invalidInput([
      { pointer: '/excludeOwn', message: `must be true or false, not ${JSON.stringify(own.slice(0, 64))}` },
    ]);
  }
  return {
    after: find('after'),
    resources:
      find('resources')
        ?.split(',')
        .map((label) => label.trim()) ?? null,
    limit: count('limit', unasked),
    excludeOwn: own === 'true',
    waitMs: count('wait', 0) * 1_000,
  };
}
