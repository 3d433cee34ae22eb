/**
 * REST: the routes of every resource, made from the model. A handler translates a request into a selection or a change
 * and an answer into HTTP; it decides nothing about rows, and throws Problems instead of building error answers.
 */
import type { FastifyInstance } from 'fastify';
import { makeCreateMany } from './create-many.ts';
import { makeCreateRow } from './create-row.ts';
import { makeGetRow } from './get-row.ts';
import { makeListRows } from './list-rows.ts';
import { makePatchMany } from './patch-many.ts';
import { makePatchRow } from './patch-row.ts';
import { makePutMany } from './put-many.ts';
import { makePutRow } from './put-row.ts';
import { makeRemoveRow } from './remove-row.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import { makeRoutes, type RestRoute, type RestVerb } from './route-table.ts';

const makers: Readonly<Record<RestVerb, (route: RestRoute, parts: RestParts) => Handle>> = {
  list: makeListRows,
  create: makeCreateRow,
  get: makeGetRow,
  patch: makePatchRow,
  remove: makeRemoveRow,
  put: makePutRow,
  createMany: makeCreateMany,
  patchMany: makePatchMany,
  putMany: makePutMany,
};

export function addRest(app: FastifyInstance, parts: RestParts): void {
  for (const route of makeRoutes(parts.model)) {
    const { verb, method, url } = route;
    app.route({
      method,
      url,
      ...(verb.endsWith('Many') ? { bodyLimit: parts.bulkBodyLimit } : {}),
      onRequest: (request, reply, done) => {
        // Answers hold people's names and depend on who asks: no cache keeps one (RFC 9111 §5.2.2.5).
        reply.header('cache-control', 'no-store').header('vary', 'authorization');
        parts.authenticate(request).then(() => done(), done);
      },
      handler: makers[verb](route, parts),
    });
  }
}
