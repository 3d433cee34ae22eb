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
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BulkReads } from '../audit/bulk-reads.ts';
import type { Authenticate } from '../http/authenticate.ts';
import { watchDisconnect } from '../http/disconnect.ts';
import type { Json } from '../json.ts';
import type { Exports } from '../exports/exports.ts';
import type { Log } from '../log.ts';
import type { Model } from '../model.ts';
import type { Reader } from '../read/reader.ts';
import type { Database } from '../store/database.ts';
import type { Changes } from '../sync/changes.ts';
import type { DeviceCalls } from '../sync/device-calls.ts';
import type { Wake } from '../sync/wake.ts';
import type { Writer } from '../write/writer.ts';
import { makeCharge } from './charge-operation.ts';
import { type ContextFacts, type GraphqlContext, makeContext } from './context.ts';
import { formatError, makeErrorReport } from './errors.ts';
import { addGraphiql } from './graphiql.ts';
import { checkLength, limitOperation, operationLimits } from './operation-limits.ts';
import { makeOperations } from './operations.ts';
import { makePassThrough } from './pass-through.ts';
import type { PersistedDocuments } from './persisted-documents.ts';
import { stringifyResult } from './raw-json.ts';
import { sendRefusal } from './refusal-reply.ts';
import { makeResolveField } from './resolve-field.ts';
import { makeGraphqlSchema } from './schema/schema.ts';
import { makeShortWay, noAnswer } from './short-way.ts';
import { addStreams } from './streams.ts';

export interface GraphqlOptions {
  readonly database: Database;
  readonly model: Model;
  readonly reader: Reader;
  readonly writer: Writer;
  readonly devices: DeviceCalls;
  readonly exports: Exports;
  readonly changes: Changes;
  readonly wake: Wake;
  readonly bulkReads: BulkReads;
  readonly authenticate: Authenticate;
  readonly log: Log;
  /** In bytes; a batch of a thousand items is larger than other requests. The server's own limit when left out. */
  readonly bodyLimit?: number;
  /** The largest cost of one operation, in rows that it could touch. */
  readonly costLimit: number;
  readonly documents: PersistedDocuments;
  /** Whether the schema is told to who asks for it, and names that were probably meant to who misspells one. */
  readonly introspection?: boolean;
  /** Whether whole operations are answered by one statement. Off, graphql-js goes field by field, for comparison. */
  readonly passThrough?: boolean;
  /** Whether operations that were validated before pass by Apollo. */
  readonly shortWay?: boolean;
}

export interface Graphql {
  close(): Promise<void>;
}

export async function addGraphql(app: FastifyInstance, options: GraphqlOptions): Promise<Graphql> {
  const { database, model, reader, writer, devices, exports, changes, wake, bulkReads, authenticate, log } = options;
  const { bodyLimit, costLimit, documents, introspection = true, passThrough = true, shortWay = passThrough } = options;
  const schema = makeGraphqlSchema(model);
  const operations = makeOperations(schema);
  const apollo = new ApolloServer<GraphqlContext>({
    schema,
    fieldResolver: makeResolveField({ database, model, reader, writer, devices, exports, changes, bulkReads }),
    plugins: [
      // Nothing about anybody's operations leaves the house.
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      makeErrorReport({ log }),
      makeCharge({ operations }),
      ...(passThrough ? [makePassThrough({ reader })] : []),
    ],
    validationRules: [limitOperation],
    maxRecursiveSelections: operationLimits.selections,
    parseOptions: { maxTokens: operationLimits.tokens },
    formatError,
    stringifyResult,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: { cache: documents.cache },
    stopOnTerminationSignals: false,
    logger: log,
  });
  await apollo.start();
  const started = new WeakMap<object, Pick<ContextFacts, 'viewer' | 'signal' | 'failure'>>();
  const short = shortWay ? makeShortWay({ reader, operations, documents, costLimit }) : null;
  const askApollo = fastifyApolloHandler(apollo, {
    context: async (request) => makeContext({ ...started.get(request)!, requestId: request.id, costLimit }),
  });
  addStreams(app, { schema, model, database, reader, wake, bulkReads, authenticate, log });
  const graphiql = addGraphiql(app);
  app.route<{ Reply: string }>({
    method: ['GET', 'POST'],
    url: '/graphql',
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    errorHandler: sendRefusal,
    onRequest: (request, reply, done) => {
      if (graphiql.offer(request, reply)) return;
      // Answers hold people's names and depend on who asks: no cache keeps one (RFC 9111 §5.2.2.5).
      reply.header('cache-control', 'no-store').header('vary', 'authorization');
      authenticate(request).then(() => done(), done);
    },
    handler: async (request, reply) => {
      const sent = (request.method === 'POST' ? request.body : request.query) as Json;
      checkLength(sent);
      documents.check(sent);
      const facts = { viewer: await authenticate(request), signal: watchDisconnect(reply).signal };
      const { bytes, failure } = (await short?.answer({ request, reply, ...facts })) ?? noAnswer;
      if (bytes !== null) return (reply as FastifyReply).send(bytes);
      const asked = asGet(request);
      started.set(asked, { ...facts, failure });
      return askApollo.call(app, asked, reply);
    },
  });
  return { close: () => apollo.stop() };
}

/** RFC 9110 §9.3.2: HEAD is GET whose body is left away, which Fastify does; Apollo knows no HEAD. */
function asGet<R extends Pick<FastifyRequest, 'method'>>(request: R): R {
  return request.method === 'HEAD' ? (Object.create(request, { method: { value: 'GET' } }) as R) : request;
}
