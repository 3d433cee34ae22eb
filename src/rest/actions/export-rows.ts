/**
 * `GET …/export` of every resource: its rows as a file, straight from one snapshot of the database. The answer links to
 * its manifest, which says afterwards how many rows there were, their checksum, and whether all of it has come.
 */
import { Readable } from 'node:stream';
import { type AskedExport, checkExport } from '../../exports/export-request.ts';
import { formats } from '../../exports/format.ts';
import { shapesOf } from '../../exports/shape.ts';
import { shapes } from '../../exports/shapes.ts';
import { parseQueryFilter } from '../../filter/query-filter.ts';
import { watchDisconnect } from '../../http/disconnect.ts';
import type { JsonObject } from '../../json.ts';
import type { Model, Resource } from '../../model.ts';
import { pascalCase } from '../../names.ts';
import { Problem } from '../../problem.ts';
import { filterParameter } from '../openapi/list-parameters.ts';
import { query } from '../openapi/parameters.ts';
import { findSingle, shorten } from '../query-parameters.ts';
import type { Handle } from '../rest-parts.ts';
import { makeRowStream } from '../row-stream.ts';
import type { ActionParts, ActionRoute } from './action.ts';

export function makeExports({ resources }: Model): readonly ActionRoute[] {
  return resources.map((resource): ActionRoute => {
    const route = resource.declaration.route ?? `/v2/${resource.label}`;
    return {
      name: `export${pascalCase(resource.plural)}`,
      method: 'GET',
      url: `${route}/export`,
      description: `The ${resource.label} that the caller may see, as a file.`,
      of: resource,
      access: 'token',
      parameters: {},
      query: queryOf(resource),
      body: null,
      answers: [
        {
          status: 200,
          description: 'The file. `Link` leads to its manifest; a connection that breaks has not sent all of it.',
          holds: {
            content: Object.fromEntries(
              formats.map(({ mediaType }) => [mediaType.split(';')[0]!, { schema: { type: 'string' } }]),
            ),
          },
        },
      ],
      problems: ['MALFORMED_REQUEST', 'INVALID_INPUT', 'INVALID_FILTER', 'FORBIDDEN'],
      make: (parts) => makeExport(resource, parts),
    };
  });
}

function queryOf(resource: Resource): readonly JsonObject[] {
  const names = shapesOf(resource, shapes);
  const described = names.map(({ name, description }) => `\`${name}\`: ${description}`).join(' ');
  return [
    query('format', 'The form of the file.', { enum: formats.map(({ name }) => name), default: 'csv' }),
    query('shape', `What the rows of the file are. ${described}`, {
      enum: names.map(({ name }) => name),
      default: 'rows',
    }),
    filterParameter,
    query(
      'columns',
      'Names of columns, in the order in which they are wanted.',
      { type: 'array', items: { type: 'string' }, minItems: 1 },
      { style: 'form', explode: false, example: ['id', 'modified'] },
    ),
    query('deleted', 'Whether deleted rows are in it too, or alone.', {
      enum: ['exclude', 'include', 'only'],
      default: 'exclude',
    }),
    query('bom', 'CSV: a byte order mark in front, without which some spreadsheets misread UTF-8.', {
      type: 'boolean',
      default: false,
    }),
    query('formulas', 'CSV: `defused` puts an apostrophe before what a spreadsheet would take for a formula.', {
      enum: ['kept', 'defused'],
      default: 'kept',
    }),
  ];
}

function makeExport(resource: Resource, { model, exports, authenticate, drainTimeoutMs }: ActionParts): Handle {
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const asked = checkExport(parseAsked(resource, request.url), model);
    const stop = watchDisconnect(reply);
    reply.type(asked.format.mediaType);
    // Fastify answers HEAD by running GET, and would read all of it for nothing.
    if (request.method === 'HEAD') return reply.send(Readable.from([]));
    const { id, fileName, bytes } = await exports.stream(viewer, asked, { signal: stop.signal, requestId: request.id });
    // The name is made of ours alone, so that nothing in it needs quoting (RFC 6266).
    reply.header('content-disposition', `attachment; filename="${fileName}"`);
    reply.header('link', `</v2/exports/${id}>; rel="describedby"; type="application/json"`);
    const onStall = (): void => {
      request.log.info({ drainTimeoutMs }, 'a client that read too slowly was cut off');
      reply.raw.destroy();
    };
    return reply.send(await makeRowStream(bytes, { stop, drainTimeoutMs, onStall }));
  };
}

const known = ['format', 'shape', 'filter', 'columns', 'deleted', 'bom', 'formulas'] as const;

/** A parameter that is not ours is refused: with `filters=` passed over, somebody would take every row home. */
function parseAsked(resource: Resource, url: string): AskedExport {
  const start = url.indexOf('?');
  const parameters = new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
  for (const name of parameters.keys()) {
    if (known.some((one) => one === name) || name.startsWith('filter[')) continue;
    throw malformed(`There is no parameter ${shorten(name)}; there are ${known.join(', ')}.`);
  }
  const single = (name: (typeof known)[number]) => findSingle(parameters, name, malformed);
  const bom = single('bom');
  if (bom !== null && bom !== 'true' && bom !== 'false') throw malformed(`bom is true or false, not ${shorten(bom)}.`);
  return {
    resource: resource.name,
    format: single('format'),
    shape: single('shape'),
    filter: parseQueryFilter(parameters),
    columns: parseColumns(parameters.getAll('columns')),
    deleted: single('deleted'),
    bom: bom === 'true',
    formulas: single('formulas'),
  };
}

/** With commas between, or each for itself where a name holds a comma. */
function parseColumns(values: readonly string[]): readonly string[] | null {
  const [first] = values;
  if (first === undefined || (values.length === 1 && first.trim() === '')) return null;
  return values.length > 1 ? values : first.split(',').map((name) => name.trim());
}

function malformed(detail: string): Problem {
  return new Problem('MALFORMED_REQUEST', detail);
}
