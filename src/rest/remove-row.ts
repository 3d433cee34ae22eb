/** `DELETE` of one row under its etag; the answer is the envelope as it was deleted. */
import { makeWithRowId } from './with-row-id.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import type { RestRoute } from './route-table.ts';
import { sendRow } from './send-row.ts';
import { makeWriteRow, writeGuarded } from './write-row.ts';

export function makeRemoveRow(route: RestRoute, parts: RestParts): Handle {
  const write = makeWriteRow(route.resource, parts);
  const withRowId = makeWithRowId(route, parts);
  return async (request, reply) => {
    const written = await withRowId(request, (id) =>
      writeGuarded(write, request, (etags) => ({ kind: 'remove', id, etags })),
    );
    return sendRow(reply, 200, written);
  };
}
