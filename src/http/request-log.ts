/**
 * One line for each answer, in place of Fastify's two, with neither query nor headers: those hold filters about people,
 * and tokens. Nor does it name a sign-in that is under way.
 */
import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';
import { isToldAt, type Log } from '../log.ts';

/** Behind these comes a half of what a browser's cookie holds. */
const signIn = /^(\/oauth\/(?:sign-in|authorize)\/).*/;

export class RequestLog extends LogController {
  readonly #log: Log;

  constructor({ log }: { readonly log: Log }) {
    super({ requestIdLogLabel: 'requestId' });
    this.#log = log;
  }

  override incomingRequest(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    // Probes are logged from warnings on.
    if (!isToldAt(request.log.level, 'info')) return;
    const { id: requestId, method, url, ip } = request;
    const path = (url.split('?')[0] ?? '').replace(signIn, '$1…');
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    this.#log.info({ requestId, method, path, status: reply.statusCode, ms, ip, reason: error?.message }, 'answered');
  }

  /** An answer that failed after its status was sent. It was broken off, and only the log can say why. */
  override streamError(error: NodeJS.ErrnoException, request: FastifyRequest): void {
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') request.log.info('the client hung up');
    else request.log.error({ err: error }, 'the answer broke in the middle');
  }
}
