/** Questions and changes over GraphQL, and their answers in the form that all transports share. */
import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../../../src/json.ts';
import { type KindName, kinds } from './kinds.ts';
import type { Change, Filter, Inner, Page, Question, Selection, Shown } from './question.ts';

/** What came back: the answer, or the code of the refusal. */
export type Got = { readonly shown: Shown | null } | { readonly code: string };

interface Body {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** `cursor` of the row behind which a page begins, if any. */
export async function askGraphql(
  app: FastifyInstance,
  token: string,
  question: Question,
  cursor: string | null,
): Promise<Got> {
  const { of, select } = question;
  const query =
    question.kind === 'get'
      ? `query ($id: ID!) { it: ${of}(id: $id) ${printSelection(of, select)} }`
      : `query ($after: String) { it: ${kinds[of].plural}(${printPage(of, question.page, '$after')}) ${printList(of, select)} }`;
  const variables = question.kind === 'get' ? { id: question.id } : { after: cursor };
  const { data, errors } = await send(app, token, query, variables);
  if (errors !== undefined) return { code: errors[0]!.extensions.code };
  return { shown: liftMarks(data!['it'] ?? null) as Shown | null };
}

/** `data { mark }` as the mark of the row itself, null where a kind has none. */
function liftMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(liftMarks);
  if (typeof value !== 'object' || value === null) return value;
  const { data, ...others } = value as { readonly data?: { readonly mark: string } };
  const lifted = Object.fromEntries(Object.entries(others).map(([name, inner]) => [name, liftMarks(inner)]));
  return 'id' in others ? { ...lifted, mark: data?.mark ?? null } : lifted;
}

export async function changeByGraphql(app: FastifyInstance, token: string, change: Change): Promise<string> {
  const [query, variables] = printChange(change);
  const { errors } = await send(app, token, query, variables);
  return errors === undefined ? 'ok' : errors[0]!.extensions.code;
}

async function send(app: FastifyInstance, token: string, query: string, variables: JsonObject): Promise<Body> {
  const headers = { authorization: `Bearer ${token}` };
  const payload = { query, variables };
  return (await app.inject({ method: 'POST', url: '/graphql', headers, payload })).json<Body>();
}

/** An etag that no version of any row has. */
export const wrongEtag = `0-${'A'.repeat(27)}`;

function printChange(change: Change): readonly [query: string, variables: JsonObject] {
  const { of, id, mark } = change;
  const name = `${of[0]!.toUpperCase()}${of.slice(1)}`;
  if (change.kind === 'create') {
    const { about, group } = change;
    const query = `mutation ($id: ID!, $group: ID, $input: ${name}Input!) {
      create${name}(id: $id, securityGroupId: $group, input: $input) { id } }`;
    return [query, { id, group, input: { contactId: about, text: mark } }];
  }
  const etag = { any: '*', wrong: wrongEtag, none: '' }[change.etag];
  if (change.kind === 'remove') {
    return [`mutation ($id: ID!, $etag: String!) { delete${name}(id: $id, etag: $etag) { id } }`, { id, etag }];
  }
  const query = `mutation ($id: ID!, $etag: String!, $patch: [JsonPatchOperation!]!) {
    patch${name}(id: $id, etag: $etag, patch: $patch) { id } }`;
  return [query, { id, etag, patch: [{ op: 'replace', path: `/${kinds[of].mark!}`, value: mark }] }];
}

function printSelection(of: KindName, { inner }: Selection): string {
  const { mark } = kinds[of];
  return `{ id ${mark === null ? '' : `data { mark: ${mark} }`} ${inner.map(printInner).join(' ')} }`;
}

function printList(of: KindName, select: Selection): string {
  return `{ nodes ${printSelection(of, select)} totalCount }`;
}

function printInner({ relation: { name, to }, page, select }: Inner): string {
  if (page === null) return `${name} ${printSelection(to, select)}`;
  return `${name}(${printPage(to, page, null)}) ${printList(to, select)}`;
}

function printPage(of: KindName, page: Page, after: string | null): string {
  const { filter, sort, isDescending, skip, limit, deleted } = page;
  const key = sort === 'id' ? 'id' : `by: { pointer: "/data/${kinds[of].mark!}", order: `;
  const order = isDescending ? 'DESC' : 'ASC';
  return [
    `filter: ${printFilter(of, filter)}`,
    `sort: [${sort === 'id' ? `{ ${key}: ${order} }` : `{ ${key}${order} } }`}]`,
    `skip: ${skip}, limit: ${limit}, deleted: ${deleted.toUpperCase()}`,
    ...(after === null ? [] : [`after: ${after}`]),
  ].join(', ');
}

function printFilter(of: KindName, filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.kind === 'and' && filter.of.length === 0
        ? '{}'
        : `{ ${filter.kind}: [${filter.of.map((each) => printFilter(of, each)).join(', ')}] }`;
    case 'not':
      return `{ not: ${printFilter(of, filter.of)} }`;
    case 'mark':
      return `{ ${kinds[of].mark!}: { eq: ${JSON.stringify(filter.value)} } }`;
    case 'ids':
      return `{ id: { in: ${JSON.stringify(filter.ids)} } }`;
    case 'reference':
      return `{ ${filter.attribute}: { eq: "${filter.id}" } }`;
    case 'related': {
      const { relation, some } = filter;
      const inner = printFilter(relation.to, filter.of);
      return `{ ${relation.name}: ${relation.by.kind === 'one' ? inner : `{ ${some ? 'some' : 'none'}: ${inner} }`} }`;
    }
  }
}
