/**
 * How a Problem looks over HTTP: RFC 9457 and the headers that belong to its status. The text is made here once, for
 * Fastify's replies and for sockets on which no request was ever understood.
 */
import { catalogue, type Problem, type ProblemCode } from '../problem.ts';
import { acceptedMediaTypes } from './json-body.ts';
import { requestIdHeader } from './request-id.ts';

export interface ProblemContext {
  readonly requestId: string;
  readonly method?: string;
  /** The Authorization header of the request: its sender is told more than somebody without one. */
  readonly authorization?: string | undefined;
}

export interface ProblemResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Seconds, for a 429 or 503 that does not know better. */
const retryAfterDefault = 5;

/** RFC 9457 §3.1.1: a `type` that can be looked up; `GET /problems/{code}` answers there. */
export function problemType(code: ProblemCode): string {
  return `/problems/${code}`;
}

export function makeProblemResponse(problem: Problem, context: ProblemContext): ProblemResponse {
  const { code, status, title, detail, facts } = problem;
  const { requestId } = context;
  const { errors, etag } = facts;
  const document = { type: problemType(code), title, status, detail, code, requestId, errors, etag };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      [requestIdHeader]: requestId,
      ...headersFor(problem, context),
    },
    body: JSON.stringify(document),
  };
}

/** What `GET /problems/{code}` says about a code. */
export function describeProblemType(code: ProblemCode): object {
  return { type: problemType(code), code, ...catalogue[code] };
}

function headersFor({ code, status, detail, facts }: Problem, context: ProblemContext): Record<string, string> {
  if (status === 401) return { 'www-authenticate': challenge(detail, context.authorization) };
  if (status === 429 || status === 503) return { 'retry-after': String(facts.retryAfter ?? retryAfterDefault) };
  // RFC 9110 §15.5.6 demands Allow with a 405, empty if need be.
  if (status === 405) return { allow: (facts.allow ?? []).join(', ') };
  if (code === 'ETAG_STALE' && facts.etag !== undefined) return { etag: `"${facts.etag}"` };
  // RFC 9110 §15.5.17.
  if (status === 416) return { 'content-range': `bytes */${facts.length ?? 0}` };
  if (status === 415) return { [acceptHeaderFor(context.method)]: acceptedMediaTypes.join(', ') };
  return {};
}

/** RFC 6750 §3: the error is named only to those who sent a token. */
function challenge(detail: string, authorization: string | undefined): string {
  const realm = 'Bearer realm="doorstep"';
  if (!/^bearer\b/i.test(authorization ?? '')) return realm;
  const description = detail.replaceAll('"', "'").replaceAll(/[^ !#-[\]-~]/g, '?');
  return `${realm}, error="invalid_token", error_description="${description}"`;
}

/** RFC 5789 §2.2 for PATCH; RFC 9110 §12.5.1 lets an answer name what it would accept for the others. */
function acceptHeaderFor(method: string | undefined): string {
  return method === 'PATCH' ? 'accept-patch' : 'accept';
}
