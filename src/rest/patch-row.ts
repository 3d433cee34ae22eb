/** `PATCH` of one row under its etag, by RFC 6902. */
import type { Resource } from '../model.ts';
import { isUnderData, readOperations, underData } from './patch-body.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import { rowId } from './row-id.ts';
import { sendRow } from './send-row.ts';
import { makeWriteRow, writeGuarded } from './write-row.ts';

export function makePatchRow(resource: Resource, parts: RestParts): Handle {
  const write = makeWriteRow(resource, parts);
  return async (request, reply) => {
    const { body } = request;
    const id = rowId(request);
    const operations = () => readOperations(body);
    const written = await writeGuarded(write, request, (etags) => ({ kind: 'patch', id, etags, operations })).catch(
      (error: unknown) => {
        throw isUnderData(body) ? underData(error) : error;
      },
    );
    return sendRow(reply, 200, written);
  };
}
