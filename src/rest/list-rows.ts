/**
 * `GET` of a list. A page is one text from one statement, with a Link to the next one; what is larger than a page is
 * streamed.
 */
import type { Resource } from '../model.ts';
import { wholeEnvelope } from '../read/envelope.ts';
import { watchDisconnect } from './disconnect.ts';
import { makeNextLink } from './next-link.ts';
import { makePageQuestions } from './page-questions.ts';
import { parseListRequest } from './parse-list-request.ts';
import { parseQuery } from './query-parameters.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import { streamRows } from './stream-rows.ts';

/** A few megabytes of text at most, for a moment. */
const largestPage = 1_000;

export function makeListRows(resource: Resource, { reader, authenticate, drainTimeoutMs }: RestParts): Handle {
  const members = wholeEnvelope(resource);
  const route = resource.declaration.route!;
  const questionOf = makePageQuestions(members);
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const parameters = parseQuery(request.url);
    const list = parseListRequest(resource, parameters);
    const link = (cursor: string): void => void reply.header('link', makeNextLink(route, parameters, cursor));
    reply.type('application/json; charset=utf-8');
    if (list.page.limit > largestPage) {
      return streamRows(reader, { request, reply, viewer, list, drainTimeoutMs, link });
    }
    const { signal } = watchDisconnect(reply);
    const { question, given } = questionOf(list);
    const { rows, next } = await reader.readPage(viewer, question, { signal, given });
    if (next !== null) link(next);
    return reply.send(`{"data":[${rows}],"meta":{}}`);
  };
}
