/** `POST` of a new row: 201 and where it is, or 200 where a row already answers for this id or these attributes. */
import { invalidInput } from '../problem.ts';
import { checkCustomer } from './check-customer.ts';
import { checkMayInsert } from './check-may-insert.ts';
import { parseCreateBody, pointInto } from './create-body.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import type { RestRoute } from './route-table.ts';
import { sendRow } from './send-row.ts';
import { makeWriteRow } from './write-row.ts';

export function makeCreateRow({ resource, url }: RestRoute, parts: RestParts): Handle {
  const write = makeWriteRow(resource, parts);
  return async (request, reply) => {
    const viewer = await parts.authenticate(request);
    const body = parseCreateBody(request.body, resource);
    checkMayInsert(viewer, resource);
    checkCustomer(body.customerId, viewer.customerId);
    if (body.faults.length > 0) throw invalidInput(body.faults);
    const { id, securityGroupId, data, params } = body;
    const written = await write(request, { kind: 'create', id, securityGroupId, data, params }).catch(
      (error: unknown) => {
        throw pointInto(body, error);
      },
    );
    const isNew = written.outcome === 'created';
    if (isNew) reply.header('location', `${url}/${written.id}`);
    return sendRow(reply, isNew ? 201 : 200, written);
  };
}
