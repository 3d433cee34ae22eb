/** `POST` of many new rows. What is there already answers for its item, as in a create of one. */
import { parseItems, itemPointer } from './bulk-items.ts';
import { checkCustomer } from './check-customer.ts';
import { checkMayInsert } from './check-may-insert.ts';
import { parseCreateBody, pointInto } from './create-body.ts';
import type { Problem } from '../problem.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import type { RestRoute } from './route-table.ts';
import { type Item, makeWriteMany } from './write-many.ts';

export function makeCreateMany({ resource }: RestRoute, parts: RestParts): Handle {
  const writeMany = makeWriteMany(resource, parts);
  return async (request, reply) => {
    const viewer = await parts.authenticate(request);
    checkMayInsert(viewer, resource);
    const items = parseItems(request.body).map((item, index): Item => {
      const body = parseCreateBody(item, resource);
      const pointer = itemPointer(index, '/customerId');
      checkCustomer(body.customerId, viewer.customerId, [{ pointer, message: 'is not the customer that you act for' }]);
      const { id, securityGroupId, data, params, faults } = body;
      return {
        change: { kind: 'create', id, securityGroupId, data, params, faults },
        explain: (problem) => pointInto(body, problem) as Problem,
      };
    });
    return writeMany(request, reply, items);
  };
}
