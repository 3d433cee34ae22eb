/**
 * `PUT` of a link at the address of what it links: 201 when it was made, 200 when it was there. A link that says nothing
 * of its own is put without a body.
 */
import { checkCustomer } from './check-customer.ts';
import { parseCreateBody, pointInto, withIdFaults } from './create-body.ts';
import { nothingHere } from './nothing-here.ts';
import { findIds } from './path-ids.ts';
import { placeOf } from './place-of.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import type { RestRoute } from './route-table.ts';
import { sendRow } from './send-row.ts';
import { makeWriteRow, writeGuarded } from './write-row.ts';

export function makePutRow(route: RestRoute, parts: RestParts): Handle {
  const { resource, parameters } = route;
  const write = makeWriteRow(resource, parts);
  return async (request, reply) => {
    const viewer = await parts.authenticate(request);
    const ids = findIds(request);
    if (ids === null) throw nothingHere(route, request);
    const body = withIdFaults(parseCreateBody(request.body ?? {}, resource));
    checkCustomer(body.customerId, viewer.customerId);
    const { id, securityGroupId, data, faults } = body;
    const place = placeOf(parameters, ids);
    const written = await writeGuarded(write, request, (etags) => ({
      ...{ kind: 'put', isAddressed: true, id, securityGroupId, place, etags, data, faults },
    })).catch((error: unknown) => {
      throw pointInto(body, error);
    });
    return sendRow(reply, written.outcome === 'created' ? 201 : 200, written);
  };
}
