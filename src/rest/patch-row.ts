/** `PATCH` of one row under its etag, by RFC 6902. */
import { isUnderData, readPatch, underData } from './patch-body.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import type { RestRoute } from './route-table.ts';
import { sendRow } from './send-row.ts';
import { makeWithRowId } from './with-row-id.ts';
import { makeWriteRow, writeGuarded } from './write-row.ts';

export function makePatchRow(route: RestRoute, parts: RestParts): Handle {
  const { resource } = route;
  const write = makeWriteRow(resource, parts);
  const withRowId = makeWithRowId(route, parts);
  return async (request, reply) => {
    const { body } = request;
    const asked = readPatch(body, resource);
    const written = await withRowId(request, (id) =>
      writeGuarded(write, request, (etags) => ({ kind: 'patch', id, etags, ...asked })),
    ).catch((error: unknown) => {
      throw isUnderData(body) ? underData(error) : error;
    });
    return sendRow(reply, 200, written);
  };
}
