/** `DELETE` of one row under its etag; the answer is the envelope as it was deleted. */
import type { Resource } from '../model.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import { rowId } from './row-id.ts';
import { sendRow } from './send-row.ts';
import { makeWriteRow, writeGuarded } from './write-row.ts';

export function makeRemoveRow(resource: Resource, parts: RestParts): Handle {
  const write = makeWriteRow(resource, parts);
  return async (request, reply) => {
    const id = rowId(request);
    const written = await writeGuarded(write, request, (etags) => ({ kind: 'remove', id, etags }));
    return sendRow(reply, 200, written);
  };
}
