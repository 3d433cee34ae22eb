/**
 * `POST /v1/sync-rejections/{syncRejectionId}/resolve`: what a person at the office decides about something that a phone
 * sent and that could not be taken. The rejection's etag guards it like any change.
 */
import type { JsonObject } from '../../json.ts';
import type { Model, Resource } from '../../model.ts';
import { wholeEnvelope } from '../../read/envelope.ts';
import type { RowsQuestion } from '../../read/reader.ts';
import type { Decision } from '../../sync/resolve-rejection.ts';
import { notFound } from '../../write/problems.ts';
import { readEtags } from '../etag-headers.ts';
import type { Handle } from '../rest-parts.ts';
import { sendRow } from '../send-row.ts';
import type { ActionParts, ActionRoute } from './action.ts';
import { makeBodyCheck } from './body-check.ts';

const merged = { type: 'object', description: 'With merge: the members of the document that shall be otherwise.' };
const data = {
  type: 'object',
  properties: { decision: { type: 'string', enum: ['keep', 'force', 'merge'] }, merged: { type: ['object', 'null'] } },
  required: ['decision'],
  additionalProperties: false,
  if: { properties: { decision: { const: 'merge' } } },
  then: { properties: { merged }, required: ['merged'] },
  else: { properties: { merged: { type: 'null' } } },
} as const;
const body: JsonObject = { type: 'object', properties: { data }, required: ['data'], additionalProperties: false };

interface Body {
  readonly data: { readonly decision: Decision; readonly merged?: JsonObject | null };
}

export function makeRejectionActions(model: Model): readonly ActionRoute[] {
  const of = model.get('syncRejection');
  return [
    {
      name: 'resolveSyncRejection',
      method: 'POST',
      url: `${of.declaration.route}/:syncRejectionId/resolve`,
      description: 'Keeps what is here, forces what was sent over it, or merges the two.',
      of,
      access: 'token',
      parameters: { syncRejectionId: of },
      isGuarded: true,
      body,
      answers: [{ status: 200, description: 'The rejection as it is now.', holds: 'row' }],
      problems: ['MALFORMED_REQUEST', 'FORBIDDEN', 'NOT_FOUND', 'ETAG_STALE', 'ETAG_REQUIRED', 'ID_TAKEN', 'DUPLICATE'],
      make: (parts) => makeResolve(of, parts),
    },
  ];
}

function makeResolve(resource: Resource, { reader, devices, authenticate }: ActionParts): Handle {
  const check = makeBodyCheck<Body>(body);
  const question: RowsQuestion = {
    ...{ resource, members: wholeEnvelope(resource), spelling: 'rest', deleted: 'exclude' },
  };
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const { syncRejectionId } = request.params as { readonly syncRejectionId: string };
    const id = syncRejectionId.toLowerCase();
    const { etags, fault } = readEtags(request.headers);
    if (fault !== null) throw fault;
    const { decision, merged = null } = check(request.body).data;
    await devices.resolveRejection(viewer, { id, etags, decision, merged, requestId: request.id });
    const [row] = (await reader.readRows(viewer, question, [id])).values();
    if (row === undefined) throw notFound(resource, id);
    return sendRow(reply, 200, row);
  };
}
