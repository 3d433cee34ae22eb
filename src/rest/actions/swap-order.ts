/**
 * Two rules change places: `POST /v1/segments/swap-precedences`, guarded by both etags, in one transaction. It follows
 * from the declaration of the rules.
 *
 * What each gets is read before the transaction, and that is safe: a row that changed since has another etag, and then
 * nothing is written.
 */
import type { FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import type { Model, Resource } from '../../model.ts';
import { parseEtags } from '../../patch/etag.ts';
import { invalidInput, Problem } from '../../problem.ts';
import { wholeData, wholeEnvelope } from '../../read/envelope.ts';
import type { RowsQuestion } from '../../read/reader.ts';
import type { Etags, Patch, Verdict } from '../../write/change.ts';
import { notFound } from '../../write/problems.ts';
import type { Handle } from '../rest-parts.ts';
import type { ActionParts, ActionRoute } from './action.ts';
import { makeBodyCheck } from './body-check.ts';

export function makeSwaps({ resources }: Model): readonly ActionRoute[] {
  return resources.flatMap((rules) => {
    const { route, decides } = rules.declaration;
    return route === null || decides === undefined ? [] : [makeRoute(rules, route, decides)];
  });
}

interface Item {
  readonly id: string;
  readonly etag?: string | null;
}

function makeRoute(
  rules: Resource,
  route: string,
  { order, within }: { readonly order: string; readonly within: string },
): ActionRoute {
  const { plural } = rules;
  const item = {
    type: 'object',
    properties: {
      id: { type: 'string', format: 'uuid', 'x-reference': rules.name },
      etag: { type: ['string', 'null'], description: 'Of the row that was read.' },
    },
    required: ['id'],
    additionalProperties: false,
  };
  const two = { type: 'array', items: item, minItems: 2, maxItems: 2 };
  const data = { type: 'object', properties: { [plural]: two }, required: [plural], additionalProperties: false };
  const body = { type: 'object', properties: { data }, required: ['data'], additionalProperties: false };
  return {
    name: `swap${rules.typeName}${order[0]!.toUpperCase()}${order.slice(1)}s`,
    method: 'POST',
    url: `${route}/swap-${order}s`,
    description: `Gives each of two ${plural} the ${order} of the other.`,
    of: rules,
    access: 'token',
    parameters: {},
    body,
    answers: [{ status: 200, description: `The two ${plural} as they are now.`, holds: 'rows' }],
    problems: ['MALFORMED_REQUEST', 'FORBIDDEN', 'NOT_FOUND', 'ETAG_STALE', 'ETAG_REQUIRED'],
    make: (parts) => makeSwap(rules, { order, within }, body, parts),
  };
}

function makeSwap(
  rules: Resource,
  { order, within }: { readonly order: string; readonly within: string },
  schema: JsonObject,
  { reader, writer, authenticate }: ActionParts,
): Handle {
  const check = makeBodyCheck<{ readonly data: Readonly<Record<string, readonly Item[]>> }>(schema);
  const question: RowsQuestion = { resource: rules, members: wholeData(rules), spelling: 'rest', deleted: 'exclude' };
  const members = wholeEnvelope(rules);
  const place = `/data/${rules.plural}`;
  return async (request: FastifyRequest, reply) => {
    const viewer = await authenticate(request);
    const items = check(request.body).data[rules.plural]!.map((item) => ({ ...item, id: item.id.toLowerCase() }));
    const rows = await reader.readRows(
      viewer,
      question,
      items.map(({ id }) => id),
    );
    const found = items.map(({ id }) => {
      const row = rows.get(id);
      if (row === undefined) throw notFound(rules, id);
      return JSON.parse(row.text) as JsonObject;
    });
    const changes = items.map(({ id, etag = null }, index): Patch => {
      const operations = () => {
        refuseStrangers(items, found, within, place);
        const [own, other] = [found[index]![order]!, found[1 - index]![order]!];
        // The first of the two says that the second is about what was read.
        return [
          { op: 'test', path: `/${order}`, value: own },
          { op: 'replace', path: `/${order}`, value: other },
        ] as const;
      };
      return { kind: 'patch', id, etags: readEtag(etag), operations };
    });
    const options = { onError: 'abort', members, spelling: 'rest', requestId: request.id } as const;
    const texts = textsOf(await writer.write(viewer, rules, changes, options), place);
    return reply.type('application/json; charset=utf-8').send(`[${texts.join(',')}]`);
  };
}

function refuseStrangers(items: readonly Item[], found: readonly JsonObject[], within: string, place: string): void {
  const fault = (member: string, message: string) => invalidInput([{ pointer: `${place}/1/${member}`, message }]);
  if (items[0]!.id === items[1]!.id) throw fault('id', 'must be another than the first');
  if (found[0]![within] !== found[1]![within]) throw fault('id', `must have the same ${within} as the first`);
}

/** A star would be about whatever is there, and what is there decides what the other gets. */
function readEtag(text: string | null): Etags {
  if (text === null || text.trim() === '') return null;
  try {
    const etags = parseEtags(text);
    return etags === '*' ? [text] : etags;
  } catch (error) {
    if (error instanceof Problem) return [text];
    throw error;
  }
}

/** The problem of the item that failed, at its place; the other was only undone. */
function textsOf(verdicts: readonly Verdict[], place: string): readonly string[] {
  verdicts.forEach((verdict, index) => {
    if (!('problem' in verdict) || verdict.problem.code === 'ABORTED') return;
    const { code, detail, facts } = verdict.problem;
    const errors = facts.errors ?? [{ pointer: `${place}/${index}`, message: detail }];
    throw new Problem(code, detail, { ...facts, errors });
  });
  return verdicts.map((verdict) => {
    if ('problem' in verdict) throw verdict.problem;
    return verdict.text;
  });
}
