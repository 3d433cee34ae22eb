/** `GET` of one row, with its etag, and 304 for a client that has this version already (RFC 9110 §13.1.2). */
import type { Resource } from '../model.ts';
import { matchesEtag, parseEtags } from '../patch/etag.ts';
import { wholeEnvelope } from '../read/envelope.ts';
import type { RowsQuestion } from '../read/reader.ts';
import type { Deleted, Output } from '../read/selection.ts';
import { notFound } from '../write/problems.ts';
import { watchDisconnect } from './disconnect.ts';
import { parseDeleted } from './parse-deleted.ts';
import { parseQuery } from './query-parameters.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import { rowId } from './row-id.ts';
import { sendRow } from './send-row.ts';
import { isUuid } from '../uuid.ts';

export function makeGetRow(resource: Resource, { reader, authenticate }: RestParts): Handle {
  const members = wholeEnvelope(resource);
  const isNamedByEtag = !showsOtherRows(members);
  const ask = (deleted: Deleted): RowsQuestion => ({ resource, members, spelling: 'rest', deleted });
  const questions = { exclude: ask('exclude'), include: ask('include'), only: ask('only') };
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const id = rowId(request);
    const deleted = parseDeleted(parseQuery(request.url));
    // An id that is no id names no row, and is told so in the same words.
    const ids = isUuid(id) ? [id.toLowerCase()] : [];
    const { signal } = watchDisconnect(reply);
    const rows = await reader.readRows(viewer, questions[deleted], ids, { signal });
    const [row] = rows.values();
    if (row === undefined) throw notFound(resource, id);
    const given = request.headers['if-none-match'];
    if (isNamedByEtag && given !== undefined && matchesEtag(parseEtags(given), row.etag)) {
      return reply.code(304).header('etag', `"${row.etag}"`).send();
    }
    return sendRow(reply, 200, row);
  };
}

/** An etag names a version of one row, and says nothing about other rows that are shown with it. */
function showsOtherRows(members: readonly Output[]): boolean {
  return members.some((member) => {
    if (member.kind === 'object') return showsOtherRows(member.members);
    return member.kind === 'one' || member.kind === 'list';
  });
}
