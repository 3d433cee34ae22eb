/** The headers of answers, described once. */
import type { JsonObject } from '../../json.ts';

const text = { type: 'string' };

export const headers = {
  ETag: {
    description: 'Names this version of the row, in quotes; the bare form is meta.etag. Send it back with a change.',
    required: true,
    schema: { type: 'string', pattern: '^"[^"]+"$' },
  },
  Location: {
    description: 'Where the new row is.',
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
  },
  Link: {
    description: 'The next page, where there is one: `<…>; rel="next"` (RFC 8288).',
    schema: text,
  },
  'X-Request-Id': {
    description: 'Names the request, also in the log of the server. A sane one that the client sends is kept.',
    required: true,
    schema: text,
  },
  RateLimit: { description: 'What is left of the quota, where there is one.', schema: text },
  'RateLimit-Policy': { description: 'The quota, where there is one.', schema: text },
  'Retry-After': {
    description: 'Seconds after which it is worth trying again.',
    required: true,
    schema: { type: 'string', pattern: '^[0-9]+$' },
  },
  'WWW-Authenticate': { description: 'What is expected (RFC 6750).', required: true, schema: text },
} as const satisfies Record<string, JsonObject>;

export type HeaderName = keyof typeof headers;

/** In every answer. */
const always: readonly HeaderName[] = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'];

export function headersOf(...names: readonly HeaderName[]): JsonObject {
  return Object.fromEntries([...names, ...always].map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
