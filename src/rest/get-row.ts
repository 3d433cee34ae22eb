/** `GET` of one row, with its etag, and 304 for a client that has this version already (RFC 9110 §13.1.2). */
import { matchesEtag, parseEtags } from '../patch/etag.ts';
import type { RowQuestion } from '../read/reader.ts';
import type { Deleted, Output } from '../read/selection.ts';
import { readEnvelope } from '../read/shown-envelope.ts';
import { watchDisconnect } from '../http/disconnect.ts';
import { makeLeadFilter } from './lead-filter.ts';
import { nothingHere } from './nothing-here.ts';
import { parseDeleted } from './parse-deleted.ts';
import { findIds, tryIds } from './path-ids.ts';
import { parseQuery } from './query-parameters.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import type { RestRoute } from './route-table.ts';
import { sendRow } from './send-row.ts';

export function makeGetRow(route: RestRoute, { model, reader, authenticate }: RestParts): Handle {
  const { resource, parameters } = route;
  const members = readEnvelope(resource, model);
  const filter = makeLeadFilter(parameters);
  const isNamedByEtag = !showsOtherRows(members);
  const ask = (deleted: Deleted): RowQuestion => ({ resource, members, spelling: 'rest', deleted, filter });
  const questions = { exclude: ask('exclude'), include: ask('include'), only: ask('only') };
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const deleted = parseDeleted(parseQuery(request.url));
    const { signal } = watchDisconnect(reply);
    const row = await tryIds(reader, viewer, parameters, findIds(request), (given) =>
      reader.findRow(viewer, questions[deleted], { signal, given }),
    );
    if (row === null) throw nothingHere(route, request);
    const given = request.headers['if-none-match'];
    if (isNamedByEtag && given !== undefined && matchesEtag(parseEtags(given), row.etag)) {
      return reply.code(304).header('etag', `"${row.etag}"`).send();
    }
    return sendRow(reply, 200, row);
  };
}

/** An etag names a version of one row, and says nothing about other rows that are shown with it, or have a say in it. */
function showsOtherRows(members: readonly Output[]): boolean {
  return members.some((member) => {
    if (member.kind === 'object') return showsOtherRows(member.members);
    if (member.kind === 'attribute') return member.attribute.field.readAs !== undefined;
    return !['constant', 'rows'].includes(member.kind);
  });
}
