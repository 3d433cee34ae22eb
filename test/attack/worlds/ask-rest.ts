/** Questions and changes over REST: one resource at a time, no relations. */
import type { FastifyInstance } from 'fastify';
import { type Got, wrongEtag } from './ask-graphql.ts';
import { type KindName, kinds } from './kinds.ts';
import { isPlain } from './any-question.ts';
import type { Change, Filter, Page, Question, Shown } from './question.ts';

export function restCanAsk(question: Question): boolean {
  return kinds[question.of].route !== null && (question.kind === 'get' || isPlain(question.page.filter));
}

interface Envelope {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The rows without what is related to them, and no count: REST has neither. */
export async function askRest(
  app: FastifyInstance,
  token: string,
  question: Question,
  cursor: string | null,
): Promise<Got> {
  const { route, mark } = kinds[question.of];
  const url =
    question.kind === 'get'
      ? `${route!}/${question.id}`
      : `${route!}?${printPage(question.of, question.page, cursor).toString()}`;
  const response = await app.inject({ url, headers: { authorization: `Bearer ${token}` } });
  const show = ({ id, data }: Envelope): Shown => ({ id, mark: mark === null ? null : data[mark] });
  if (response.statusCode === 404) return { shown: null };
  if (response.statusCode >= 400) return { code: response.json<{ code: string }>().code };
  if (question.kind === 'get') return { shown: show(response.json<Envelope>()) };
  return { shown: { nodes: response.json<{ data: readonly Envelope[] }>().data.map(show) } };
}

export async function changeByRest(app: FastifyInstance, token: string, change: Change): Promise<string> {
  const { of, id, mark } = change;
  const { route } = kinds[of];
  const guard =
    change.kind === 'create' || change.etag === 'none' ? {} : { 'if-match': change.etag === 'any' ? '*' : wrongEtag };
  const headers = { authorization: `Bearer ${token}`, ...guard };
  const response =
    change.kind === 'create'
      ? await app.inject({
          ...{ method: 'POST', url: route!, headers },
          payload: { id, securityGroupId: change.group, data: { contactId: change.about, text: mark } },
        })
      : change.kind === 'remove'
        ? await app.inject({ method: 'DELETE', url: `${route!}/${id}`, headers })
        : await app.inject({
            ...{ method: 'PATCH', url: `${route!}/${id}`, headers },
            payload: { data: [{ op: 'replace', path: `/${kinds[of].mark!}`, value: mark }] },
          });
  return response.statusCode < 400 ? 'ok' : response.json<{ code: string }>().code;
}

function printPage(of: KindName, page: Page, cursor: string | null): URLSearchParams {
  const { filter, sort, isDescending, skip, limit, deleted } = page;
  const parameters = new URLSearchParams({
    sort: JSON.stringify([sort === 'id' ? '/id' : `/data/${kinds[of].mark!}`, isDescending ? 'DESC' : 'ASC']),
    ...{ skip: String(skip), limit: String(limit), deleted },
    ...(cursor === null ? {} : { after: cursor }),
  });
  const isEverything = filter.kind === 'and' && filter.of.length === 0;
  if (!isEverything) parameters.set('filter', printFilter(of, filter));
  return parameters;
}

function printFilter(of: KindName, filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.of.map((each) => printFilter(of, each)).join(` ${filter.kind} `)})`;
    case 'not':
      return `not (${printFilter(of, filter.of)})`;
    case 'mark':
      return `/data/${kinds[of].mark!} eq ${JSON.stringify(filter.value)}`;
    case 'ids':
      return `/id in ${JSON.stringify(filter.ids)}`;
    case 'reference':
      return `/data/${filter.attribute} eq "${filter.id}"`;
    case 'related':
      throw new Error('REST has no words for it');
  }
}
