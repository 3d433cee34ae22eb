/**
 * `GET` of a list. A page is one text from one statement, with a Link to the next; what is larger than a page is
 * streamed from a cursor.
 */
import { Readable } from 'node:stream';
import type { Resource } from '../model.ts';
import { wholeEnvelope } from '../read/envelope.ts';
import { watchDisconnect } from './disconnect.ts';
import { frameRows } from './frame-rows.ts';
import { makeNextLink } from './next-link.ts';
import { parseListRequest } from './parse-list-request.ts';
import { parseQuery } from './query-parameters.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import { makeRowStream } from './row-stream.ts';

/** A few megabytes of text at most, for a moment. */
const largestPage = 1_000;

export function makeListRows(resource: Resource, { reader, authenticate, drainTimeoutMs }: RestParts): Handle {
  const members = wholeEnvelope(resource);
  const route = resource.declaration.route!;
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const parameters = parseQuery(request.url);
    const list = parseListRequest(resource, parameters);
    const stop = watchDisconnect(reply);
    reply.type('application/json; charset=utf-8');

    if (list.page.limit <= largestPage) {
      const { rows, next } = await reader.readPage(viewer, list, members, { signal: stop.signal });
      if (next !== null) reply.header('link', makeNextLink(route, parameters, next));
      return reply.send(`{"data":[${rows}],"meta":{}}`);
    }
    // Fastify answers HEAD by running GET, and would read the whole stream for nothing.
    if (request.method === 'HEAD') return reply.send(Readable.from([]));
    const rows = reader.streamRows(viewer, list, members, { signal: stop.signal });
    const onStall = (): void => {
      request.log.info({ drainTimeoutMs }, 'a client that read too slowly was cut off');
      reply.raw.destroy();
    };
    return reply.send(await makeRowStream(frameRows(rows), { stop, drainTimeoutMs, onStall }));
  };
}
