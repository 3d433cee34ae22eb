/**
 * GraphQL at `/graphql`: Apollo Server on Fastify. Nothing here decides anything about data; operations become
 * selections and changes, and the reader and the writer do the rest.
 */
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Authenticate } from '../http/authenticate.ts';
import type { Log } from '../log.ts';
import type { Model } from '../model.ts';
import type { Reader } from '../read/reader.ts';
import type { Writer } from '../write/writer.ts';
import { type GraphqlContext, makeContext } from './context.ts';
import { formatError, makeErrorReport } from './errors.ts';
import { limitOperation, operationLimits } from './operation-limits.ts';
import { makePassThrough } from './pass-through.ts';
import { stringifyResult } from './raw-json.ts';
import { sendRefusal } from './refusal-reply.ts';
import { makeResolveField } from './resolve-field.ts';
import { makeGraphqlSchema } from './schema/schema.ts';

export interface GraphqlOptions {
  readonly model: Model;
  readonly reader: Reader;
  readonly writer: Writer;
  readonly authenticate: Authenticate;
  readonly log: Log;
  /** In bytes; a batch of a thousand items is larger than other requests. The server's own limit when left out. */
  readonly bodyLimit?: number;
  /** Whether whole operations are answered by one statement. Off, graphql-js goes field by field, for comparison. */
  readonly passThrough?: boolean;
}

export interface Graphql {
  close(): Promise<void>;
}

export async function addGraphql(app: FastifyInstance, options: GraphqlOptions): Promise<Graphql> {
  const { model, reader, writer, authenticate, log, bodyLimit, passThrough = true } = options;
  const apollo = new ApolloServer<GraphqlContext>({
    schema: makeGraphqlSchema(model),
    fieldResolver: makeResolveField({ reader, writer }),
    plugins: [
      // Nothing about anybody's operations leaves the house.
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      makeErrorReport({ log }),
      ...(passThrough ? [makePassThrough({ reader })] : []),
    ],
    validationRules: [limitOperation],
    maxRecursiveSelections: operationLimits.selections,
    parseOptions: { maxTokens: operationLimits.tokens },
    formatError,
    stringifyResult,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger: log,
  });
  await apollo.start();
  app.route<{ Reply: string }>({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    errorHandler: sendRefusal,
    onRequest: async (request) => {
      await authenticate(request);
    },
    handler: fastifyApolloHandler(apollo, {
      context: async (request, reply) =>
        makeContext({ viewer: await authenticate(request), requestId: request.id, signal: signalOf(reply) }),
    }),
  });
  return { close: () => apollo.stop() };
}

function signalOf({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
