/**
 * Bytes that are not a request, headers without end, and requests that never finish. Node refuses them below Fastify,
 * with an empty answer; here they get a problem document like everybody else.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../log.ts';
import { Problem } from '../problem.ts';
import { makeProblemResponse } from './problem-response.ts';
import { makeRequestId } from './request-id.ts';

export interface ClientErrors {
  readonly handle: (error: NodeJS.ErrnoException, socket: Socket) => void;
  /** Watches which answer is under way on which socket. */
  readonly watch: (server: Server) => void;
}

export function makeClientErrors({ log }: { readonly log: Log }): ClientErrors {
  const answers = new WeakMap<Socket, ServerResponse>();
  return {
    watch(server) {
      server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
        answers.set(request.socket, response);
      });
    },
    handle(error, socket) {
      const answer = answers.get(socket);
      const isAnswering = answer !== undefined && answer.headersSent && !answer.writableFinished;
      // A second answer inside the first would be read as a part of it.
      if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) return void socket.destroy();
      const problem = toProblem(error);
      const requestId = makeRequestId(answer?.writableFinished === false ? answer.req : undefined);
      log.info({ requestId, reason: error.code, code: problem.code }, 'not a request');
      socket.end(printResponse(problem, requestId));
      // Whoever does not hang up by now holds a socket that no other limit watches any more.
      setTimeout(() => socket.destroy(), 2_000).unref();
    },
  };
}

function toProblem(error: NodeJS.ErrnoException): Problem {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem('HEADERS_TOO_LARGE', 'The address and the headers together are longer than 64 KiB.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('REQUEST_TIMEOUT', 'The request did not arrive in time.');
    case 'HPE_INVALID_METHOD':
      return new Problem('MALFORMED_REQUEST', 'The request does not begin with a method of HTTP.');
    default:
      return new Problem('MALFORMED_REQUEST', 'What arrived is not HTTP/1.1.');
  }
}

function printResponse(problem: Problem, requestId: string): string {
  const { status, headers, body } = makeProblemResponse(problem, { requestId });
  const all = { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n');
}
