/**
 * REST: the routes of every resource, made from the model. A handler translates a request into a selection or a change
 * and an answer into HTTP; it decides nothing about rows, and throws Problems instead of building error answers.
 */
import type { FastifyInstance } from 'fastify';
import type { Resource } from '../model.ts';
import { makeCreateRow } from './create-row.ts';
import { makeGetRow } from './get-row.ts';
import { makeListRows } from './list-rows.ts';
import { makePatchRow } from './patch-row.ts';
import { makeRemoveRow } from './remove-row.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import { makeRoutes, type RestVerb } from './route-table.ts';

const makers: Readonly<Partial<Record<RestVerb, (resource: Resource, parts: RestParts) => Handle>>> = {
  list: makeListRows,
  create: makeCreateRow,
  get: makeGetRow,
  patch: makePatchRow,
  remove: makeRemoveRow,
};

export function addRest(app: FastifyInstance, parts: RestParts): void {
  for (const { verb, method, url, resource, parameters, through } of makeRoutes(parts.model)) {
    const make = makers[verb];
    if (make === undefined || through !== null || parameters.some(({ lead }) => lead.length > 0)) continue;
    app.route({
      method,
      url,
      onRequest: async (request, reply) => {
        // Answers hold people's names and depend on who asks: no cache keeps one (RFC 9111 §5.2.2.5).
        reply.headers({ 'cache-control': 'no-store', vary: 'authorization' });
        await parts.authenticate(request);
      },
      handler: make(resource, parts),
    });
  }
}
