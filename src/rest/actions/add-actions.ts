/** The actions of REST, registered from their table. */
import type { FastifyInstance } from 'fastify';
import type { Model } from '../../model.ts';
import type { ActionParts, ActionRoute } from './action.ts';
import { makeChangeFeed } from './changes.ts';
import { makeTurfCuts } from './cut-turf.ts';
import { makeDecisions } from './decide.ts';
import { makeExportJobActions } from './export-jobs.ts';
import { makeExports } from './export-rows.ts';
import { makeHistories } from './history.ts';
import { makeCredentialActions } from './integration-credentials.ts';
import { makeJoinings } from './joining.ts';
import { makePasswordActions } from './password-reset.ts';
import { makeReadLog } from './read-log.ts';
import { makeRejectionActions } from './resolve-rejection.ts';
import { makeSwaps } from './swap-order.ts';

export function makeActions(model: Model): readonly ActionRoute[] {
  const ours = [makeDecisions, makeSwaps, makePasswordActions, makeCredentialActions, makeJoinings];
  const others = [makeHistories, makeReadLog, makeRejectionActions, makeTurfCuts];
  const files = [makeExports, makeExportJobActions, makeChangeFeed];
  return [...ours, ...others, ...files].flatMap((make) => make(model));
}

export function addActions(app: FastifyInstance, parts: ActionParts): void {
  for (const { method, url, access, make } of makeActions(parts.model)) {
    app.route({
      method,
      url,
      onRequest: async (request, reply) => {
        reply.headers({ 'cache-control': 'no-store', vary: 'authorization' });
        if (access === 'token') await parts.authenticate(request);
      },
      handler: make(parts),
    });
  }
}
