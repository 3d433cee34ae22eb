/**
 * The HTTP edge of errors: whatever was thrown becomes a Problem and leaves as problem+json. Handlers throw and never
 * build an error answer themselves.
 *
 * A newcomer's mistake would be to pass on the message of an unknown error: it may hold SQL, paths or a voter's name.
 * It goes to the log, and the caller gets the request id to ask about.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { acceptedMediaTypes } from './json-body.ts';
import { makeProblemResponse } from './problem-response.ts';

/** The same facts in another form than a problem document. */
type Frame = (problem: Problem) => { readonly contentType: string; readonly body: string };

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, frame?: Frame): FastifyReply {
  const problem = error instanceof Problem ? error : (translate(error, request) ?? internal(request));
  if (problem.code === 'INTERNAL') request.log.error({ err: error }, 'the request broke');
  else if (problem.status >= 500) request.log.warn({ code: problem.code, detail: problem.detail }, 'not served');
  else request.log.debug({ code: problem.code, detail: problem.detail }, 'refused');
  const { authorization } = request.headers;
  const { status, headers, body } = makeProblemResponse(problem, {
    requestId: request.id,
    method: request.method,
    authorization,
  });
  // Fastify closes the connection when a body is refused, and its sender, still writing, would see a reset instead of
  // this answer. Kept open, Node reads the rest and drops it, within the time limit of a request.
  reply.removeHeader('connection');
  const framed = frame?.(problem) ?? { contentType: headers['content-type'], body };
  // As bytes, because Fastify would add a charset, which problem documents do not have (RFC 9457 §6.1).
  return reply
    .code(status)
    .headers({ ...headers, 'content-type': framed.contentType })
    .send(Buffer.from(framed.body));
}

/** Fastify's own refusals, by their codes; null for what is a bug. */
function translate(error: unknown, request: FastifyRequest): Problem | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE': {
      const limit = request.routeOptions.bodyLimit ?? request.server.initialConfig.bodyLimit;
      return new Problem('BODY_TOO_LARGE', `The body may have ${limit} bytes at this address.`);
    }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE': {
      const given = request.headers['content-type'];
      const got = given === undefined ? 'the Content-Type is missing' : `got ${given}`;
      return new Problem('UNSUPPORTED_MEDIA_TYPE', `The body has to be ${acceptedMediaTypes.join(' or ')}; ${got}.`);
    }
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new Problem('MALFORMED_REQUEST', 'The body is not as long as its Content-Length says.');
    case 'FST_ERR_BAD_URL':
      return new Problem('MALFORMED_REQUEST', 'The address holds a % that two hexadecimal digits do not follow.');
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new Problem('NOT_FOUND', 'A part of the address is longer than any name here.');
    case 'ECONNRESET':
      // Nobody hears this answer; it keeps a phone that lost its network from looking like a bug in the log.
      return request.raw.destroyed
        ? new Problem('MALFORMED_REQUEST', 'The connection ended before the body was complete.')
        : null;
    default:
      return null;
  }
}

function internal(request: FastifyRequest): Problem {
  return new Problem('INTERNAL', `Something broke on our side. Its log has the request id ${request.id}.`);
}
