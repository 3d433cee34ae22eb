/**
 * Which pages of other sites may call from a browser (https://fetch.spec.whatwg.org/#http-cors-protocol). Nothing here
 * keeps anybody out: who may see what is decided by tokens, and only browsers ask.
 *
 * A preflight is answered before anything else is looked at: it comes without a token, whatever the call itself brings.
 */
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { addVary } from './vary.ts';

const preflightHeaders = {
  // All methods of the house: which of them an address takes is told by its answer, 405, which the page can then read.
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': [
    ...['authorization', 'content-type', 'etag', 'if-match', 'if-none-match'],
    ...['apollo-require-preflight', 'x-request-id'],
  ].join(', '),
  // No browser remembers one for longer than Chromium's two hours, save Firefox.
  'access-control-max-age': '7200',
};

const exposedHeaders = [
  ...['etag', 'link', 'location', 'ratelimit', 'ratelimit-policy', 'retry-after'],
  ...['www-authenticate', 'x-request-id'],
].join(', ');

export function addCors(app: FastifyInstance, { origins }: { readonly origins: Config['corsOrigins'] }): void {
  if (origins.length === 0) return;
  const allow = (origin: string | undefined): string | null => {
    // Told to everybody, so that what a cache kept for one page is good for the next.
    if (origins === '*') return '*';
    return origin !== undefined && origins.includes(origin) ? origin : null;
  };

  app.addHook('onRequest', (request, reply, done) => {
    const { origin, 'access-control-request-method': wanted } = request.headers;
    const allowed = allow(origin);
    if (allowed === null) return done();
    reply.header('access-control-allow-origin', allowed);
    if (request.method === 'OPTIONS' && origin !== undefined && wanted !== undefined) {
      reply.code(204).headers(preflightHeaders).send();
      return;
    }
    reply.header('access-control-expose-headers', exposedHeaders);
    done();
  });

  if (origins === '*') return;
  // At the end, when the routes have said what else they depend on.
  app.addHook('onSend', (_, reply, payload, done) => {
    addVary(reply, 'origin');
    done(null, payload);
  });
}
