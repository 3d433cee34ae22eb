/**
 * `GET …/{id}/history` of every resource that has an address: what was changed of one row, by whom and through what,
 * newest first. Deleted rows have one too. 404 comes before 403, as everywhere.
 */
import type { FastifyRequest } from 'fastify';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { Late } from '../../late.ts';
import type { Model, Resource } from '../../model.ts';
import { Problem } from '../../problem.ts';
import type { RowsQuestion } from '../../read/reader.ts';
import type { HistoryOutput } from '../../read/selection.ts';
import { watchDisconnect } from '../../http/disconnect.ts';
import { isUuid } from '../../uuid.ts';
import { notFound } from '../../write/problems.ts';
import { makeNextLink } from '../next-link.ts';
import { parseQuery } from '../query-parameters.ts';
import type { Handle } from '../rest-parts.ts';
import type { ActionParts, ActionRoute } from './action.ts';
import { cursorParameter, limitParameter, parseLogPage } from './log-page.ts';

const members = (['cursor', 'position', 'verb', 'at', 'by', 'client', 'requestId', 'patch'] as const).map(
  (kind): HistoryOutput => ({ kind, key: kind }),
);

const text = { type: 'string' };
const entry: JsonObject = {
  type: 'object',
  description: 'One change of the row.',
  properties: {
    cursor: { ...text, description: 'Its place in the history, for `after`.' },
    position: { ...text, pattern: '^[0-9]+$', description: 'Its position in the order of changes.' },
    verb: { enum: ['create', 'patch', 'remove', 'restore', 'erase'], description: 'What was done.' },
    at: { ...text, format: 'date-time' },
    by: { ...text, format: 'uuid', 'x-reference': 'user', description: 'Left out where the system did it.' },
    client: { ...text, description: 'The application through which it was done.' },
    requestId: text,
    patch: { type: 'array', description: 'A JSON Patch of the data (RFC 6902), where it is kept.', items: {} },
  },
  required: ['cursor', 'position', 'verb', 'at'],
  additionalProperties: false,
};

export function makeHistories({ resources }: Model): readonly ActionRoute[] {
  return resources.flatMap((resource) => {
    const { route } = resource.declaration;
    return route === null ? [] : [makeRoute(resource, route)];
  });
}

function makeRoute(of: Resource, route: string): ActionRoute {
  return {
    name: `list${of.typeName}History`,
    method: 'GET',
    url: `${route}/:id/history`,
    description: `What was changed of one of the ${of.plural}, newest first. It takes the permission read@audit.`,
    of,
    access: 'token',
    parameters: { id: of },
    query: [limitParameter, cursorParameter],
    body: null,
    answers: [{ status: 200, description: 'A page of the history.', holds: { entries: entry } }],
    problems: ['MALFORMED_REQUEST', 'INVALID_PAGE', 'FORBIDDEN', 'NOT_FOUND'],
    make: (parts) => makeHistory(of, parts),
  };
}

function makeHistory(resource: Resource, { reader, authenticate }: ActionParts): Handle {
  const ask = (before: Late | null): RowsQuestion => ({
    resource,
    members: [{ kind: 'history', key: 'history', limit: Late.value('limit'), before, members }],
    spelling: 'rest',
    deleted: 'include',
  });
  const [newest, older] = [ask(null), ask(Late.value('after'))];
  return async (request: FastifyRequest, reply) => {
    const viewer = await authenticate(request);
    const { id } = request.params as { readonly id: string };
    const parameters = parseQuery(request.url);
    const { limit, after } = parseLogPage(parameters);
    if (!isUuid(id)) throw notFound(resource, id);
    const { signal } = watchDisconnect(reply);
    // One more than asked for tells whether there is another page.
    const given = { limit: limit + 1, ...(after === null ? {} : { after }) };
    const question = after === null ? newest : older;
    const [row] = (await reader.readRows(viewer, question, [id.toLowerCase()], { signal, given })).values();
    if (row === undefined) throw notFound(resource, id);
    const { history } = JSON.parse(row.text) as { readonly history?: readonly JsonObject[] };
    if (history === undefined) {
      throw new Problem('FORBIDDEN', "You need the permission read@audit in this row's security group.");
    }
    const page = history.slice(0, limit);
    const last = page.at(-1);
    if (history.length > limit && last !== undefined) {
      reply.header('link', makeNextLink(request.url.split('?')[0]!, parameters, String(last['cursor'])));
    }
    return reply.send({ data: page.map(withoutNulls), meta: {} });
  };
}

function withoutNulls(value: Json): Json {
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null)) : value;
}
