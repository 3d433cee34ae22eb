/**
 * What a browser may do with the pages of signing in: load our style and nothing else, send forms to us, be in nobody's
 * frame, and keep nothing (CSP Level 3; RFC 9700 §4.16 on frames).
 *
 * A newcomer's mistake would be `form-action 'self'` alone: browsers hold it against where the answer redirects to, and
 * after consent that is the application.
 */
import type { FastifyReply } from 'fastify';

/** `destination`: where the application is called back at, if there is one. */
export function setPageHeaders(reply: FastifyReply, destination: string | null = null): FastifyReply {
  const targets = ["'self'", ...(destination === null ? [] : [sourceOf(destination)])];
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${targets.join(' ')}`,
  ];
  return reply.headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policy.join('; '),
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    // Forms have to say where they come from, and nobody else learns the address of a sign-in.
    'referrer-policy': 'same-origin',
  });
}

/** The scheme alone for an app on the device, since it has no host. */
function sourceOf(destination: string): string {
  const { protocol, origin } = new URL(destination);
  return /^https?:$/.test(protocol) ? origin : protocol;
}
