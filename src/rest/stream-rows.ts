/**
 * A list that is too long for one text: streamed from a cursor, with flat memory.
 *
 * Its Link has to be sent before its rows, so the end of the page is looked up first and the stream then runs up to
 * that very row. A limit in the stream's own statement could end elsewhere, because rows are added meanwhile.
 */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Viewer } from '../access/viewer.ts';
import type { Given } from '../late.ts';
import type { ReadOptions, Reader } from '../read/reader.ts';
import type { ListSelection, Output } from '../read/selection.ts';
import { watchDisconnect } from '../http/disconnect.ts';
import { frameRows } from './frame-rows.ts';
import { countTaken, type RecordList } from './record-list.ts';
import { makeRowStream } from './row-stream.ts';

/** Who asks for more means all of it, and finding the end of such a page could cost as much as the rows. */
const largestLinkedPage = 100_000;

export interface StreamRequest {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly viewer: Viewer;
  readonly list: ListSelection;
  readonly members: readonly Output[];
  /** The values of the list that come late. */
  readonly given: Given;
  readonly drainTimeoutMs: number;
  readonly record: RecordList;
  /** Sets the Link to the page behind this cursor. */
  readonly link: (cursor: string) => void;
}

export async function streamRows(reader: Reader, options: StreamRequest): Promise<FastifyReply> {
  const { request, reply, viewer, list, members, given, drainTimeoutMs, record, link } = options;
  const stop = watchDisconnect(reply);
  const { signal } = stop;
  const end = list.page.limit > largestLinkedPage ? null : await findEnd(reader, viewer, list, { signal, given });
  if (end !== null) link(end);
  // Fastify answers HEAD by running GET, and would read the whole stream for nothing.
  if (request.method === 'HEAD') return reply.send(Readable.from([]));

  const page = end === null ? list.page : { ...list.page, limit: Number.MAX_SAFE_INTEGER, until: end };
  const rows = reader.streamRows(viewer, { list: { ...list, page }, members }, { signal, given });
  const onStall = (): void => {
    request.log.info({ drainTimeoutMs }, 'a client that read too slowly was cut off');
    reply.raw.destroy();
  };
  const counted = countTaken(rows, (count) => record({ request, viewer, list, given }, count));
  return reply.send(await makeRowStream(frameRows(counted), { stop, drainTimeoutMs, onStall }));
}

/** The cursor of the page's last row, when there are more rows behind it. */
async function findEnd(
  reader: Reader,
  viewer: Viewer,
  list: ListSelection,
  options: ReadOptions,
): Promise<string | null> {
  const { skip, limit } = list.page;
  const last = { ...list, page: { ...list.page, skip: skip + limit - 1, limit: 1 } };
  return (await reader.readPage(viewer, { list: last, members: [] }, options)).next;
}
