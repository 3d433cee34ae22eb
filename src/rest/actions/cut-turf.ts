/**
 * `POST /v1/campaigns/{campaignId}/cut-turf`: the doors of a campaign divided into walkable pieces. Each piece is a turf
 * and a walklist, and the walklists are the answer, because they name their turfs.
 */
import { watchDisconnect } from '../../http/disconnect.ts';
import type { JsonObject } from '../../json.ts';
import type { Model, Resource } from '../../model.ts';
import { Problem } from '../../problem.ts';
import { type CutRequest, cutSchema } from '../../turf/cut-request.ts';
import { makeTurfCutter } from '../../turf/cut-turf.ts';
import { isUuid } from '../../uuid.ts';
import { notFound } from '../../write/problems.ts';
import type { Handle } from '../rest-parts.ts';
import type { ActionParts, ActionRoute } from './action.ts';
import { makeBodyCheck } from './body-check.ts';

export function makeTurfCuts(model: Model): readonly ActionRoute[] {
  const campaign = model.get('campaign');
  const state = model.get('contactHouseholdCampaign').attributes.find(({ path }) => path[1] === 'state')!;
  const data = cutSchema(state.field.choices ?? []);
  const body: JsonObject = { type: 'object', properties: { data }, required: ['data'], additionalProperties: false };
  return [
    {
      name: 'cutTurf',
      method: 'POST',
      url: `${campaign.declaration.route}/:campaignId/cut-turf`,
      description: 'Divides the doors of a campaign into compact pieces, each a turf and a walklist in walking order.',
      of: model.get('walklist'),
      access: 'token',
      parameters: { campaignId: campaign },
      body,
      answers: [{ status: 201, description: 'The walklists; each names its turf.', holds: 'rows' }],
      problems: ['FORBIDDEN', 'NOT_FOUND'],
      make: (parts) => makeCut(campaign, body, parts),
    },
  ];
}

function makeCut(campaign: Resource, body: JsonObject, parts: ActionParts): Handle {
  const check = makeBodyCheck<{ readonly data: CutRequest }>(body);
  const cutter = makeTurfCutter(parts);
  return async (request, reply) => {
    const viewer = await parts.authenticate(request);
    const { campaignId } = request.params as { readonly campaignId: string };
    if (!isUuid(campaignId)) throw notFound(campaign, campaignId);
    const { data } = check(request.body);
    const { signal } = watchDisconnect(reply);
    const { pieces } = await cutter
      .cut(viewer, campaignId, data, { requestId: request.id, signal })
      .catch((error: unknown) => {
        throw underData(error);
      });
    const text = `[${pieces.map((piece) => piece.text).join(',')}]`;
    return reply.code(201).type('application/json; charset=utf-8').send(text);
  };
}

function underData(error: unknown): unknown {
  if (!(error instanceof Problem) || error.facts.errors === undefined) return error;
  const errors = error.facts.errors.map((fault) => ({ ...fault, pointer: `/data${fault.pointer}` }));
  return new Problem(error.code, error.detail, { ...error.facts, errors });
}
