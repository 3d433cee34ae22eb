/** The id in the address of one row, as it was written there. */
import type { FastifyRequest } from 'fastify';

export function rowId(request: FastifyRequest): string {
  return (request.params as { readonly id: string }).id;
}
