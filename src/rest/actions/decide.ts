/**
 * What rules decide about one row: `GET /v1/campaigns/{campaignId}/contacts/{contactId}/survey`. It follows from the
 * declaration of the rules. 404 says which of the two rows is not there for the caller, or that no rule fits.
 */
import { Late } from '../../late.ts';
import type { Decision, Model, Resource } from '../../model.ts';
import { Problem } from '../../problem.ts';
import { wholeEnvelope } from '../../read/envelope.ts';
import type { RowsQuestion } from '../../read/reader.ts';
import { isUuid } from '../../uuid.ts';
import { notFound } from '../../write/problems.ts';
import { watchDisconnect } from '../../http/disconnect.ts';
import type { Handle } from '../rest-parts.ts';
import { sendRow } from '../send-row.ts';
import type { ActionParts, ActionRoute } from './action.ts';

export function makeDecisions(model: Model): readonly ActionRoute[] {
  return model.resources.flatMap((about) => about.decisions.map((decision) => makeRoute(about, decision, model)));
}

interface Decided {
  readonly about: Resource;
  readonly around: Resource;
  readonly rules: Resource;
  readonly target: Resource;
  readonly decision: Decision;
}

function makeRoute(about: Resource, decision: Decision, model: Model): ActionRoute {
  const around = model.get(decision.within.field.reference!.to);
  const decided = { about, around, decision, rules: model.get(decision.rule), target: model.get(decision.target) };
  const { route } = around.declaration;
  return {
    name: `decide${decided.target.typeName}`,
    method: 'GET',
    url: `${route}/:${around.name}Id/${about.label}/:${about.name}Id/${decision.name}`,
    description: `The ${decision.name} of the first of the ${decided.rules.plural} that fits the ${about.name}.`,
    of: decided.target,
    access: 'token',
    parameters: { [`${around.name}Id`]: around, [`${about.name}Id`]: about },
    body: null,
    answers: [{ status: 200, description: `The ${decision.name}.`, holds: 'row' }],
    problems: ['NOT_FOUND'],
    make: (parts) => makeDecide(decided, parts),
  };
}

function makeDecide({ about, around, rules, target, decision }: Decided, parts: ActionParts): Handle {
  const { reader, authenticate } = parts;
  const key = 'decided';
  const members = [
    { kind: 'decided', key, decision, within: Late.value('within'), members: wholeEnvelope(target) },
  ] as const;
  const question: RowsQuestion = { resource: about, members, spelling: 'rest', deleted: 'exclude' };
  const surroundings: RowsQuestion = { resource: around, members: [], spelling: 'rest', deleted: 'exclude' };
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const given = request.params as Readonly<Record<string, string>>;
    const [aroundId, aboutId] = [given[`${around.name}Id`]!, given[`${about.name}Id`]!];
    if (!isUuid(aroundId)) throw notFound(around, aroundId);
    if (!isUuid(aboutId)) throw notFound(about, aboutId);
    const { signal } = watchDisconnect(reply);
    const within = aroundId.toLowerCase();
    const rows = await reader.readRows(viewer, question, [aboutId.toLowerCase()], { signal, given: { within } });
    const [row] = rows.values();
    const text = row === undefined ? '{}' : row.text;
    if (text !== '{}') {
      const envelope = text.slice(`{"${key}":`.length, -1);
      const { meta } = JSON.parse(envelope) as { readonly meta: { readonly etag: string } };
      return sendRow(reply, 200, { etag: meta.etag, text: envelope });
    }
    const found = await reader.readRows(viewer, surroundings, [within], { signal });
    if (found.size === 0) throw notFound(around, aroundId);
    if (row === undefined) throw notFound(about, aboutId);
    const detail = `None of the ${rules.plural} of this ${around.name} that you may see fits this ${about.name}.`;
    throw new Problem('NOT_FOUND', detail);
  };
}
