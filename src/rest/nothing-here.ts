/** 404 for an address, in the same words for what is absent, deleted, or out of the caller's sight. */
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { notFound } from '../write/problems.ts';
import { writtenIds } from './path-ids.ts';
import type { RestRoute } from './route-table.ts';

export function nothingHere(
  { resource, parameters }: Pick<RestRoute, 'resource' | 'parameters'>,
  request: FastifyRequest,
): Problem {
  const ids = writtenIds(request);
  const [first] = parameters;
  if (parameters.length === 1 && first!.lead.length === 0) return notFound(resource, ids[first!.name]!);
  const place = parameters.map(({ name }) => `${name} ${ids[name]}`).join(', ');
  return new Problem('NOT_FOUND', `There is no ${resource.label} row for ${place} that you may see.`);
}
