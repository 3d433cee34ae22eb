/** Who hung up needs no answer: the signal lets the database stop working on it. */
import type { FastifyReply } from 'fastify';
import { makeStop, type Stop } from '../stop.ts';

/** Aborted when the connection closes before the answer was complete. */
export function watchDisconnect({ raw }: Pick<FastifyReply, 'raw'>): Stop {
  const stop = makeStop();
  raw.once('close', () => {
    // Node's own code for it, which the edge of errors knows for what it is: no bug.
    if (!raw.writableFinished) stop.abort(Object.assign(new Error('the client hung up'), { code: 'ECONNRESET' }));
  });
  return stop;
}
