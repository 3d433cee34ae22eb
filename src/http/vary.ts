/**
 * What an answer depends on (RFC 9110 §12.5.5). A newcomer's mistake would be to set the header: several parts of the
 * server have a reason to name a field in it, and the last one would have removed those of the others.
 */
import type { FastifyReply } from 'fastify';

/** `field` is a header of requests, in lower case. */
export function addVary(reply: FastifyReply, field: string): void {
  const named = reply.getHeader('vary');
  if (named === undefined) return void reply.header('vary', field);
  const fields = String(named);
  if (
    fields !== '*' &&
    !fields
      .split(',')
      .map((name) => name.trim())
      .includes(field)
  )
    reply.header('vary', `${fields}, ${field}`);
}
