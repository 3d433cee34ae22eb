/**
 * The HTTP server before it has routes: request ids, limits, bodies, errors, codings, health and an orderly end. REST
 * and GraphQL register themselves on `app`; app.ts decides when it listens.
 *
 * A newcomer's mistake would be to answer an error by hand. Throw a Problem; everything else is a bug and answers so.
 */
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { Problem } from '../problem.ts';
import { makeClientErrors } from './client-error.ts';
import { addCompression } from './compression.ts';
import { addCors } from './cors.ts';
import { addDrain } from './drain.ts';
import type { FindCaller } from './find-caller.ts';
import { addHealth } from './health.ts';
import { addJsonBody } from './json-body.ts';
import { addProblemLookup } from './problem-lookup.ts';
import { sendProblem } from './problem-reply.ts';
import { addRateLimit } from './rate-limit.ts';
import { LazyChild } from './lazy-child.ts';
import { makeRequestId, requestIdHeader } from './request-id.ts';
import { RequestLog } from './request-log.ts';
import { makeSecurityHeaders } from './security-headers.ts';
import { addUnknownAddress } from './unknown-address.ts';

export interface HttpOptions {
  readonly log: Log;
  readonly clock: Clock;
  readonly config: Pick<
    Config,
    | ('bodyLimit' | 'requestTimeoutMs' | 'shutdownGraceMs' | 'trustProxy')
    | ('rateLimit' | 'corsOrigins' | 'compression' | 'publicUrl')
  >;
  /** For whom a request is counted. */
  readonly findCaller: FindCaller;
  /** Rejects while the database is away. */
  readonly ping: () => Promise<void>;
}

export interface Http {
  readonly app: FastifyInstance;
  /** Stops listening and resolves when what is in flight has finished, or was cut off after the grace. */
  readonly drain: () => Promise<void>;
}

export function makeHttp({ log, clock, config, findCaller, ping }: HttpOptions): Http {
  const { requestTimeoutMs, trustProxy } = config;
  const logger: FastifyBaseLogger = log;
  const clientErrors = makeClientErrors({ log });
  // Existing clients write /v2/interactions/ as often as /v2/interactions.
  const routerOptions = { ignoreTrailingSlash: true };
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    logController: new RequestLog({ log }),
    childLoggerFactory: (parent, bindings, options) =>
      new LazyChild(() => parent.child(bindings, options), options.level ?? parent.level),
    genReqId: makeRequestId,
    bodyLimit: config.bodyLimit,
    trustProxy: typeof trustProxy === 'boolean' ? trustProxy : [...trustProxy],
    routerOptions,
    // Who was already let in is answered, with `connection: close`.
    return503OnClosing: false,
    requestTimeout: requestTimeoutMs,
    // Who reads nothing of an answer would keep it in memory for ever. Statements end long before, and streams watch their
    // readers themselves.
    connectionTimeout: 2 * requestTimeoutMs,
    http: {
      // A filter may list a few hundred ids in the address.
      maxHeaderSize: 65_536,
      headersTimeout: Math.min(20_000, requestTimeoutMs),
      // Node looks for requests that take too long at this pace, every 30 s unless told: often enough that they are told so
      // before their connection is cut.
      connectionsCheckingInterval: Math.min(5_000, requestTimeoutMs / 4),
    },
    clientErrorHandler: clientErrors.handle,
    frameworkErrors: (error, request, reply) => {
      sendProblem(error, request, reply);
    },
  });
  clientErrors.watch(app.server);
  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler(() => {
    throw new Problem('NOT_FOUND', 'There is nothing at this address.');
  });
  const security = makeSecurityHeaders(config);
  // Here and in every hook that all requests meet: with a callback, because a promise costs as much as the work.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(security).header(requestIdHeader, request.id);
    done();
  });
  // The order in which a request meets them: whoever is refused by the second needs the headers of the first.
  addCors(app, { origins: config.corsOrigins });
  addRateLimit(app, { limit: config.rateLimit, findCaller, clock });
  addUnknownAddress(app, routerOptions);
  addJsonBody(app);
  addProblemLookup(app);
  const { drain, isDraining } = addDrain(app, { graceMs: config.shutdownGraceMs, log });
  if (config.compression === 'on') addCompression(app);
  addHealth(app, { ping, isDraining });
  return { app, drain };
}
