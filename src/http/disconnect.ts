/** Who hung up needs no answer: the signal lets the database stop working on it. */
import type { FastifyReply } from 'fastify';
import { makeStop, type Stop } from '../stop.ts';

/** Aborted when the connection closes before the answer was complete. */
export function watchDisconnect({ raw }: Pick<FastifyReply, 'raw'>): Stop {
  const stop = makeStop();
  const onClose = (): void => {
    // Node's own code for it, which the edge of errors knows for what it is: no bug.
    if (!raw.writableFinished) stop.abort(Object.assign(new Error('the client hung up'), { code: 'ECONNRESET' }));
  };
  // Not `once`: what it makes of a listener, and its taking away, outlive the request by a whole collection of garbage.
  raw.on('close', onClose);
  // Who hung up while the caller's rights were looked up is not told of a second time.
  if (raw.closed) onClose();
  return stop;
}
