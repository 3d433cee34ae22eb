/**
 * The change feed as server-sent events: a page is an event, and its id the position behind it. The next page is read when
 * the client has taken the one before, and the caller is asked for anew with each, so a token that has run out and rights
 * that are gone end the stream.
 *
 * A newcomer's mistake would be to stay silent while nothing happens: proxies cut connections off that seem dead.
 */
import type { FastifyRequest } from 'fastify';
import { type ChangesRequest, changesLimits } from '../../sync/changes.ts';
import { recordChanges } from '../../sync/record-changes.ts';
import type { ActionParts } from './action.ts';

const silenceMs = 15_000;

export async function* followChanges(
  asked: ChangesRequest,
  { headers, id }: FastifyRequest,
  { authenticate, bulkReads, changes, wake }: ActionParts,
): AsyncGenerator<Buffer, void> {
  let after = asked.after;
  let waitMs = 0;
  while (!wake.isClosed && asked.signal?.aborted !== true) {
    // Another object each time, because what is known of a request's caller is remembered with it.
    const viewer = await authenticate({ headers } as FastifyRequest);
    const { entries, position, isComplete } = await changes.read(viewer, { ...asked, after, waitMs });
    recordChanges(bulkReads, viewer, entries, id);
    const isFirst = after === asked.after && waitMs === 0;
    if (entries !== '' || isFirst) yield event(position, entries);
    else yield Buffer.from(':\n\n');
    after = position;
    waitMs = isComplete ? Math.min(silenceMs, changesLimits.longestWaitMs) : 0;
  }
}

/** A line of the event for each entry, since an event's data may have several. */
function event(position: string, entries: string): Buffer {
  const lines = `[${entries}]`.split('\n').map((line) => `data: ${line}\n`);
  return Buffer.from(`id: ${position}\nevent: changes\n${lines.join('')}\n`);
}
