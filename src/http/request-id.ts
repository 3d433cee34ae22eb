/**
 * The name of one request: in every log line, in the header `x-request-id` of the answer, and in each problem. A
 * caller who sends a sane one of their own can follow a request through several systems.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const requestIdHeader = 'x-request-id';

/** Anything else could forge log lines or be as long as the headers allow. */
const sane = /^[A-Za-z0-9._-]{1,128}$/;

export function makeRequestId(request?: Pick<IncomingMessage, 'headers'>): string {
  const given = request?.headers[requestIdHeader];
  return typeof given === 'string' && sane.test(given) ? given : randomUUID();
}
