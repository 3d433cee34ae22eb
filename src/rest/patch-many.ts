/** `PATCH` of many rows, each under its own etag: items of `{ id, etag, data: [operations] }`. */
import type { JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import { type Fault, invalidInput, type Problem } from '../problem.ts';
import { itemPointer, parseItems } from './bulk-items.ts';
import { readEtags } from './etag-headers.ts';
import { readPatch, underData } from './patch-body.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import type { RestRoute } from './route-table.ts';
import { type Item, makeWriteMany } from './write-many.ts';

export function makePatchMany({ resource }: RestRoute, parts: RestParts): Handle {
  const writeMany = makeWriteMany(resource, parts);
  return async (request, reply) => {
    const items = parseItems(request.body);
    const faults = items.flatMap(checkItem);
    if (faults.length > 0) throw invalidInput(faults);
    return writeMany(
      request,
      reply,
      items.map((item) => makeItem(item, resource)),
    );
  };
}

function checkItem(item: JsonObject, index: number): readonly Fault[] {
  const { id, etag = '' } = item;
  const faults: Fault[] = [];
  if (typeof id !== 'string') faults.push({ pointer: itemPointer(index, '/id'), message: 'must be a UUID in a text' });
  if (typeof etag !== 'string') faults.push({ pointer: itemPointer(index, '/etag'), message: 'must be a text' });
  return faults;
}

function makeItem({ etag, ...body }: JsonObject, resource: Resource): Item {
  const { etags, fault } = readEtags(typeof etag === 'string' ? { etag } : {});
  const id = body['id'] as string;
  return {
    change: { kind: 'patch', id, etags, ...readPatch(body, resource) },
    explain: (problem) =>
      fault !== null && problem.code === 'ETAG_REQUIRED' ? fault : (underData(problem) as Problem),
  };
}
