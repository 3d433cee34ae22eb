/**
 * 404 for an address that nothing answers, and 405 with Allow where only another method does. Fastify knows no 405, so
 * the same router that it uses inside is filled a second time with every route that is declared.
 *
 * The refusal comes before the body is read: otherwise a wrong address with a broken body would be a 400.
 */
import type { FastifyInstance } from 'fastify';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import { Problem } from '../problem.ts';

export function addUnknownAddress(
  app: FastifyInstance,
  routerOptions: { readonly ignoreTrailingSlash: boolean },
): void {
  const addresses = findMyWay(routerOptions);
  const methods = new Set<HTTPMethod>();

  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat<unknown[]>() as HTTPMethod[]) {
      if (!addresses.hasRoute(one, url)) addresses.on(one, url, noHandler);
      methods.add(one);
    }
  });

  // RFC 9110 §9.3.7: `OPTIONS *` asks about the whole server.
  const listMethods = (path: string): readonly string[] =>
    [...methods].filter((method) => path === '*' || addresses.find(method, path) !== null).sort();

  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const [path = ''] = request.url.split('?');
    const allow = listMethods(path);
    if (allow.length === 0 || (path === '*' && request.method !== 'OPTIONS'))
      return done(new Problem('NOT_FOUND', `There is nothing at ${path}.`));
    if (request.method === 'OPTIONS') return void reply.code(204).header('allow', allow.join(', ')).send();
    const detail = `${path} takes ${allow.join(', ')}, not ${request.method}.`;
    done(new Problem('METHOD_NOT_ALLOWED', detail, { allow }));
  });
}

function noHandler(): void {}
