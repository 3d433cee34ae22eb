/**
 * Refusals as responses: one for each set of codes that share a status, because that is what OpenAPI can say. Its name
 * is the codes themselves.
 */
import { makeProblemResponse } from '../../http/problem-response.ts';
import type { Json, JsonObject } from '../../json.ts';
import { catalogue } from '../../problem.ts';
import { exampleId } from './examples.ts';
import { type HeaderName, headersOf } from './headers.ts';
import { problemExamples, type RestProblemCode } from './problem-examples.ts';

/** What every operation may answer; the last response of each, `default`, stands for the rest. */
export const commonProblems: readonly RestProblemCode[] = [
  'UNAUTHENTICATED',
  'RATE_LIMITED',
  'INTERNAL',
  'OVERLOADED',
  'ISSUER_UNAVAILABLE',
  'DATABASE_UNAVAILABLE',
  'STATEMENT_TIMEOUT',
];

const headersByStatus: Readonly<Record<number, readonly HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  412: ['ETag'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

export const problemSchema: JsonObject = {
  type: 'object',
  description: 'Why a request was refused (RFC 9457).',
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Leads to what the code means.' },
    title: { type: 'string', description: 'What the code means, in words.' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'What was expected, what came, and where.' },
    code: { enum: Object.keys(problemExamples), description: 'Permanent: branch on it.' },
    requestId: { type: 'string', description: 'Names the request in the log of the server.' },
    errors: {
      type: 'array',
      description: 'The faults inside the input, one for each place.',
      items: {
        type: 'object',
        properties: {
          pointer: { type: 'string', description: 'A JSON Pointer into the body.' },
          message: { type: 'string' },
        },
        required: ['pointer', 'message'],
        additionalProperties: false,
      },
    },
    etag: { type: 'string', description: 'The current etag of the row, with ETAG_STALE.' },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  additionalProperties: false,
};

/** By status; each is a reference to a component that problemResponses makes. */
export function refer(codes: readonly RestProblemCode[]): JsonObject {
  const entries = byStatus(codes).map(
    ([status, same]) => [String(status), { $ref: `#/components/responses/${nameOf(same)}` }] as const,
  );
  return { ...Object.fromEntries(entries), default: { $ref: '#/components/responses/Problem' } };
}

/** The components for operations with these codes. */
export function problemResponses(operations: readonly (readonly RestProblemCode[])[]): JsonObject {
  const sets = operations.flatMap((codes) => byStatus(codes).map(([, same]) => same));
  return {
    ...Object.fromEntries(sets.map((same) => [nameOf(same), responseOf(same)])),
    Problem: {
      description: 'Anything else is refused in the same form.',
      headers: headersOf(),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  };
}

function byStatus(codes: readonly RestProblemCode[]): readonly (readonly [number, readonly RestProblemCode[]])[] {
  const groups = new Map<number, RestProblemCode[]>();
  for (const code of new Set(codes)) {
    const { status } = catalogue[code];
    groups.set(status, [...(groups.get(status) ?? []), code]);
  }
  return [...groups].sort(([one], [other]) => one - other);
}

function nameOf(codes: readonly RestProblemCode[]): string {
  return codes.join('.');
}

function responseOf(codes: readonly RestProblemCode[]): JsonObject {
  const { status } = catalogue[codes[0]!];
  const examples = codes.map((code) => [code, { summary: catalogue[code].title, value: exampleOf(code) }] as const);
  return {
    description: `${codes.map((code) => catalogue[code].title).join('; or: ')}.`,
    headers: headersOf(...(headersByStatus[status] ?? [])),
    content: {
      'application/problem+json': {
        schema: {
          $ref: '#/components/schemas/Problem',
          properties: { status: { const: status }, code: { enum: codes } },
        },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

function exampleOf(code: RestProblemCode): Json {
  const { body } = makeProblemResponse(problemExamples[code], { requestId: exampleId('request') });
  return JSON.parse(body) as Json;
}
