/**
 * `GET` of a list, of a resource or of what is linked to one row. A page is one text from one statement, with a Link to
 * the next one; what is larger than a page is streamed.
 *
 * A list below a row that is not there is a 404. That is looked up only when the page is empty, so that the usual page
 * stays one statement, and before a stream, which could not say so any more.
 */
import { and } from '../filter/tree.ts';
import { surround } from '../json-bytes.ts';
import type { PageText } from '../read/reader.ts';
import { watchDisconnect } from '../http/disconnect.ts';
import { makeFindOwners } from './find-owners.ts';
import { makeListing } from './listing.ts';
import { makeNextLink } from './next-link.ts';
import { makePageQuestions } from './page-questions.ts';
import { parseListRequest } from './parse-list-request.ts';
import { fillAddress, findIds, type PathIds } from './path-ids.ts';
import { parseQuery } from './query-parameters.ts';
import { makeRecordList } from './record-list.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import type { RestRoute } from './route-table.ts';
import { streamRows } from './stream-rows.ts';

/** A few megabytes of text at most, for a moment. */
const largestPage = 1_000;

export function makeListRows(route: RestRoute, parts: RestParts): Handle {
  const { model, reader, authenticate, drainTimeoutMs } = parts;
  const record = makeRecordList(parts.bulkReads);
  const { members, attributes, filter: below } = makeListing(route, model);
  const isBelow = route.through !== null;
  const findOwners = makeFindOwners(route, parts);
  const questionOf = makePageQuestions(members);
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const parameters = parseQuery(request.url);
    const asked = parseListRequest(route.resource, attributes, parameters);
    const list = isBelow ? { ...asked, filter: and(below, asked.filter) } : asked;
    const link = (ids: PathIds, cursor: string): void =>
      void reply.header('link', makeNextLink(fillAddress(route.url, ids), parameters, cursor));
    reply.type('application/json; charset=utf-8');
    if (list.page.limit > largestPage) {
      const ids = isBelow ? await findOwners(viewer, request) : {};
      const stream = { request, reply, viewer, list, members, given: ids, drainTimeoutMs, record };
      return streamRows(reader, { ...stream, link: (cursor) => link(ids, cursor) });
    }
    const { signal } = watchDisconnect(reply);
    const { question, given } = questionOf(list);
    const readPage = (ids: PathIds): Promise<PageText> =>
      reader.readPage(viewer, question, { signal, given: { ...given, ...ids } });
    let ids = findIds(request) ?? (await findOwners(viewer, request));
    let page = await readPage(ids);
    if (isBelow && page.rows.length === 0) {
      const owners = await findOwners(viewer, request);
      if (route.parameters.some(({ name }) => owners[name] !== ids[name])) page = await readPage((ids = owners));
    }
    if (page.next !== null) link(ids, page.next);
    record({ request, viewer, list, given: ids }, page.count);
    return reply.send(surround('{"data":[', page.rows, '],"meta":{}}'));
  };
}
