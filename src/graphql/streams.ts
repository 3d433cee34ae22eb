/**
 * Subscriptions, over GraphQL's WebSocket protocol (graphql-ws), which is what RxDB's stock client speaks. A stream tells
 * a device what has changed of a collection since its connection was opened: pulls that wait. What is no subscription is
 * refused here, so that limits and costs are kept at one place.
 *
 * A stream begins where the connection began and not where it was subscribed: a client pulls as soon as it is connected,
 * and what is committed between that pull and the subscription would be lost for it.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  type ExecutionArgs,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { BulkReads } from '../audit/bulk-reads.ts';
import type { Authenticate } from '../http/authenticate.ts';
import type { Log } from '../log.ts';
import type { Model } from '../model.ts';
import { Problem } from '../problem.ts';
import { parsePosition, readPosition } from '../read/position.ts';
import type { Reader } from '../read/reader.ts';
import type { Queryable } from '../store/database.ts';
import type { Wake } from '../sync/wake.ts';
import { limitOperation, operationLimits } from './operation-limits.ts';
import { takeAsOrdinary } from './ordinary-request.ts';
import { streamCollection } from './stream-collection.ts';

export interface StreamParts {
  readonly schema: GraphQLSchema;
  readonly model: Model;
  readonly database: Queryable;
  readonly reader: Reader;
  readonly wake: Wake;
  readonly bulkReads: BulkReads;
  readonly authenticate: Authenticate;
  readonly log: Log;
}

/** What is known of a connection; all of it once its token was good. */
interface Connected {
  readonly request: IncomingMessage;
  authorization?: string;
  from?: string;
  /** How many streams there are on it. */
  streams: number;
  /** Ends all of them. A client that is cut off comes again, with a new token, and pulls what it missed. */
  readonly cut: () => void;
}

const path = '/graphql';
const largestMessage = 65_536;
/** RFC 6455 §7.4.1. */
const goingAway = 1001;
/** Of the protocol graphql-transport-ws. */
const internalError = 4500;
/** Of RFC 6455's private range; clients of that protocol come again after it. */
const tryAgain = 4205;
const pingMs = 12_000;
const farewellMs = 1_000;
/** On one connection; a stock client opens one for each collection. */
const mostStreams = 30;

export function addStreams(app: FastifyInstance, parts: StreamParts): void {
  const { schema, model, database, authenticate, wake, log } = parts;
  const server = new WebSocketServer({ noServer: true, maxPayload: largestMessage, handleProtocols });
  const protocol = makeServer<Record<string, unknown>, Connected>({
    schema,
    onConnect: async ({ connectionParams, extra }) => {
      const authorization = findAuthorization(connectionParams) ?? extra.request.headers.authorization;
      try {
        const viewer = await authenticate(asRequest(authorization));
        extra.from = parsePosition(await readPosition(database, model, viewer)).seq;
        if (authorization !== undefined) extra.authorization = authorization;
        return true;
      } catch (error) {
        if (!(error instanceof Problem)) log.error({ err: error }, 'a connection for streams broke');
        return false;
      }
    },
    onSubscribe: ({ extra }, _, { query, operationName, variables }) => {
      const operation = readOperation(schema, query, operationName, variables);
      if (!('schema' in operation)) return operation;
      if (extra.streams >= mostStreams) return [new GraphQLError(`A connection may have ${mostStreams} streams.`)];
      extra.streams += 1;
      return operation;
    },
    context: ({ extra }) => extra,
    subscribe: (args: ExecutionArgs) => {
      const connected = args.contextValue as Connected;
      const { authorization, from = '0', cut } = connected;
      return streamCollection(args, {
        ...parts,
        from,
        cut,
        findViewer: () => authenticate(asRequest(authorization)),
        onEnd: () => void (connected.streams -= 1),
      });
    },
  });
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const isOurs = request.url?.split('?')[0] === path && request.headers.upgrade?.toLowerCase() === 'websocket';
    if (!isOurs || wake.isClosed) return takeAsOrdinary(app.server, request, socket, head);
    server.handleUpgrade(request, socket, head, (opened) => carry(opened, protocol, request, log));
  });
  app.addHook('preClose', async () => {
    wake.close();
    for (const client of server.clients) {
      client.close(goingAway, 'The server is stopping.');
      // Whoever does not answer that would keep the server from stopping.
      setTimeout(() => client.terminate(), farewellMs).unref();
    }
  });
}

/** Messages of one connection to the protocol and back. What one that is gone does not answer is noticed by pings. */
function carry(
  socket: WebSocket,
  protocol: ReturnType<typeof makeServer<Record<string, unknown>, Connected>>,
  request: IncomingMessage,
  log: Log,
): void {
  let isAlive = true;
  const ping = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, pingMs);
  ping.unref();
  socket.on('pong', () => (isAlive = true));
  // The library closes the connection with a code that says why.
  socket.on('error', (error) => log.debug({ err: error }, 'a connection for streams was broken off'));
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      // Resolves when the message is on its way: nothing else is read for who does not take it.
      send: (text) =>
        new Promise((resolve, reject) => {
          socket.send(text, (error) => (error ? reject(error) : resolve()));
        }),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) => {
        socket.on('message', (data: Buffer) => {
          take(data.toString()).catch((error: unknown) => {
            if (socket.readyState !== socket.OPEN) return;
            log.error({ err: error }, 'a connection for streams broke');
            socket.close(internalError, 'Something broke on our side.');
          });
        });
      },
    },
    { request, streams: 0, cut: () => socket.close(tryAgain, 'Come again.') },
  );
  socket.once('close', (code, reason) => {
    clearInterval(ping);
    void closed(code, reason.toString());
  });
}

/** RxDB sends its headers as `{ headers: { Authorization } }`; others leave the outer object away. */
function findAuthorization(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const inner = (given as { readonly headers?: unknown }).headers;
  const headers = typeof inner === 'object' && inner !== null ? inner : given;
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization');
  return typeof found?.[1] === 'string' ? found[1] : undefined;
}

/** A new object each time: what is known of a request's caller is remembered with it. */
function asRequest(authorization: string | undefined): FastifyRequest {
  return { headers: { authorization } } as FastifyRequest;
}

function readOperation(
  schema: GraphQLSchema,
  query: string,
  operationName: string | null | undefined,
  variables: Record<string, unknown> | null | undefined,
): ExecutionArgs | readonly GraphQLError[] {
  try {
    const document = parse(query, { maxTokens: operationLimits.tokens });
    const errors = validate(schema, document, [...specifiedRules, limitOperation]);
    if (errors.length > 0) return errors;
    if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.SUBSCRIPTION) {
      return [new GraphQLError('Only subscriptions come this way; send queries and mutations by HTTP.')];
    }
    return { schema, document, operationName: operationName ?? null, variableValues: variables ?? null };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
