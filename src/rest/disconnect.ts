/** Who hung up needs no answer: the signal lets the database stop working on it. */
import type { FastifyReply } from 'fastify';

/** Aborted when the connection closes before the answer was complete. */
export function watchDisconnect(reply: FastifyReply): AbortController {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    // Node's own code for it, which the edge of errors knows for what it is: no bug.
    const reason = Object.assign(new Error('the client hung up'), { code: 'ECONNRESET' });
    if (!reply.raw.writableFinished) controller.abort(reason);
  });
  return controller;
}
