/** One change of one row: the verdict, or its Problem thrown. */
import type { FastifyRequest } from 'fastify';
import type { Resource } from '../model.ts';
import { Problem } from '../problem.ts';
import { writtenEnvelope } from '../read/shown-envelope.ts';
import type { Change, Etags, Verdict } from '../write/change.ts';
import { readEtags } from './etag-headers.ts';
import type { RestParts } from './rest-parts.ts';

export type Written = Exclude<Verdict, { readonly problem: Problem }>;

export type WriteRow = (request: FastifyRequest, change: Change) => Promise<Written>;

export function makeWriteRow(resource: Resource, { model, writer, authenticate }: RestParts): WriteRow {
  const members = writtenEnvelope(resource, model);
  return async (request, change) => {
    const viewer = await authenticate(request);
    const options = { onError: 'abort', members, spelling: 'rest', requestId: request.id } as const;
    const [verdict] = await writer.write(viewer, resource, [change], options);
    if ('problem' in verdict!) throw verdict.problem;
    return verdict!;
  };
}

/** The same for a change that names the etags it accepts, from the headers of the request. */
export async function writeGuarded(
  write: WriteRow,
  request: FastifyRequest,
  makeChange: (etags: Etags) => Change,
): Promise<Written> {
  const { etags, fault } = readEtags(request.headers);
  try {
    return await write(request, makeChange(etags));
  } catch (error) {
    throw fault !== null && error instanceof Problem && error.code === 'ETAG_REQUIRED' ? fault : error;
  }
}
