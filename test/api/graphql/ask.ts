/** Asking over GraphQL as one of the world's people, and the same server with its fast way switched off. */
import Fastify, { type FastifyInstance } from 'fastify';
import { addGraphql } from '../../../src/graphql/graphql.ts';
import { makePersistedDocuments } from '../../../src/graphql/persisted-documents.ts';
import type { Authenticate } from '../../../src/http/authenticate.ts';
import type { JsonObject } from '../../../src/json.ts';
import { makeLog } from '../../../src/log.ts';
import type { Reader } from '../../../src/read/reader.ts';
import { makeDeviceCalls } from '../../../src/sync/device-calls.ts';
import { systemClock } from '../../../src/clock.ts';
import { makeChanges } from '../../../src/sync/changes.ts';
import { makeWake } from '../../../src/sync/wake.ts';
import type { PersonName, World } from '../../world.ts';

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions: {
    readonly code: string;
    readonly status: number;
    readonly detail: string;
    readonly requestId: string;
    readonly etag?: string;
    readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  };
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly data: JsonObject | null | undefined;
  readonly errors?: readonly GraphqlError[];
}

export type Ask = (person: PersonName, query: string, variables?: JsonObject) => Promise<Answer>;

export function makeAsk({ app, as }: Pick<World, 'app' | 'as'>): Ask {
  return async (person, query, variables) => {
    const payload = { query, ...(variables === undefined ? {} : { variables }) };
    const response = await app.inject({ method: 'POST', url: '/graphql', headers: as(person), payload });
    const { data, errors } = response.json<Pick<Answer, 'data' | 'errors'>>();
    return { status: response.statusCode, text: response.body, data, ...(errors === undefined ? {} : { errors }) };
  };
}

/** What the operation selects, in the shape that the test knows; fails it with the errors when there are any. */
export async function dataOf<T = JsonObject>(answer: Promise<Answer>): Promise<T> {
  const { data, errors } = await answer;
  if (errors !== undefined) throw new Error(JSON.stringify(errors, null, 2));
  return data as T;
}

/** A second server over the same world, one way or the other. */
export async function makeTwin(
  { database, model, reader, writer, exports, people, bulkReads }: World,
  options: { readonly passThrough: boolean; readonly shortWay?: boolean; readonly reader?: Reader },
): Promise<FastifyInstance> {
  const app = Fastify();
  const byToken = new Map(Object.values(people).map(({ token, viewer }) => [`Bearer ${token}`, viewer]));
  const log = makeLog({ logLevel: 'fatal', logFormat: 'json' });
  const authenticate: Authenticate = async ({ headers }) => byToken.get(headers.authorization ?? '')!;
  const documents = makePersistedDocuments(new Map(), { only: false });
  const limits = { costLimit: 1_000_000 };
  const devices = makeDeviceCalls({ reader: options.reader ?? reader, writer, clock: systemClock, log });
  const wake = makeWake({ database, model, log });
  const changes = makeChanges({ reader, model, wake });
  const parts = { database, model, reader, writer, devices, exports, changes, wake, bulkReads };
  await addGraphql(app, { ...parts, log, authenticate, documents, ...limits, ...options });
  return app;
}
