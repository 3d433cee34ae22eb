/** The parameters that several operations share. */
import type { JsonObject } from '../../json.ts';
import type { PathParameter } from '../path-parameters.ts';
import { exampleEtag } from './examples.ts';

const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const etags = { type: 'string' };

/** Those that are the same everywhere; operations refer to them by name. */
export const parameters = {
  skip: query('skip', 'How many rows to leave out at the beginning.', { ...count, default: 0 }),
  limit: query('limit', 'How many rows at most. The largest number means all of them; a long answer is streamed.', {
    ...count,
    default: 100,
  }),
  after: query('after', 'The cursor that the Link of another page carries; goes on behind that page.', {
    type: 'string',
  }),
  deleted: query('deleted', 'Whether deleted rows are shown too, or alone.', {
    enum: ['exclude', 'include', 'only'],
    default: 'exclude',
  }),
  etag: {
    name: 'etag',
    in: 'header',
    description:
      'The etag of the version that the change is for: bare, in quotes, or with W/. A change needs one here or in ' +
      'If-Match (428), and the row still has to have it (412).',
    schema: etags,
    example: exampleEtag,
  },
  ifMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The same as etag; a list, or * for any version (RFC 9110 §13.1.1).',
    schema: etags,
    example: `"${exampleEtag}"`,
  },
  ifNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'Etags that the client has already; 304 when the current one is among them (RFC 9110 §13.1.2).',
    schema: etags,
    example: `"${exampleEtag}"`,
  },
} as const satisfies Record<string, JsonObject>;

export function shared(name: keyof typeof parameters): JsonObject {
  return { $ref: `#/components/parameters/${name}` };
}

export function query(name: string, description: string, schema: JsonObject, more: JsonObject = {}): JsonObject {
  return { name, in: 'query', description, schema, ...more };
}

/** Every parameter of an address is the id of a row. */
export function pathParameters(parameters: readonly Pick<PathParameter, 'name' | 'of'>[]): readonly JsonObject[] {
  return parameters.map(({ name, of }) => ({
    name,
    in: 'path',
    required: true,
    description: `The id of the ${of.name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}.`,
    schema: { type: 'string', format: 'uuid', 'x-reference': of.name },
  }));
}
