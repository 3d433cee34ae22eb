/** One collection and its replication: the stock query builders, our conflict handler and modifiers. */
import type { RxCollection } from 'rxdb';
import {
  pullQueryBuilderFromRxSchema,
  pullStreamBuilderFromRxSchema,
  pushQueryBuilderFromRxSchema,
  replicateGraphQL,
  type RxGraphQLReplicationState,
} from 'rxdb/plugins/replication-graphql';
import { type CollectionName, collections } from './collections.ts';
import { fromServer, toServer } from './modifiers.ts';
import { type DoorstepDocument, wireSchemaOf } from './schemas.ts';
import type { Server } from './server.ts';

export interface Checkpoint {
  readonly id: string;
  readonly syncSeq: string;
}

export type Replication = RxGraphQLReplicationState<DoorstepDocument, Checkpoint>;

export interface ReplicateOptions {
  readonly live: boolean;
  /** For the stream of changes, where there is one: `wss://doorstep.example/graphql`. */
  readonly websocketUrl: string | null;
  readonly onCode: (code: string) => void;
}

const pullSize = 500;
const pushSize = 100;
const retryMs = 5_000;

export function replicate(
  name: CollectionName,
  collection: RxCollection<DoorstepDocument>,
  server: Server,
  { live, websocketUrl, onCode }: ReplicateOptions,
): Replication {
  const settings = {
    schema: wireSchemaOf(name),
    checkpointFields: ['id', 'syncSeq'],
    deletedField: 'isDeleted',
    headerFields: ['Authorization'],
    ignoreInputKeys: [],
    ignoreOutputKeys: [],
  };
  const isPushed = collections[name].written.length > 0;
  return replicateGraphQL<DoorstepDocument, Checkpoint>({
    collection,
    replicationIdentifier: `doorstep ${server.url} ${name}`,
    url: { http: server.url, ...(websocketUrl === null ? {} : { ws: websocketUrl }) },
    deletedField: 'isDeleted',
    live,
    retryTime: retryMs,
    waitForLeadership: false,
    fetch: server.fetchFor(onCode),
    pull: {
      batchSize: pullSize,
      queryBuilder: pullQueryBuilderFromRxSchema(name, settings),
      ...(websocketUrl === null
        ? {}
        : {
            streamQueryBuilder: pullStreamBuilderFromRxSchema(name, settings),
            // Asked for each connection: the token of the first may have run out when the second is opened.
            wsOptions: { connectionParams: async () => ({ headers: await server.headers() }) },
          }),
      modifier: fromServer,
    },
    ...(isPushed
      ? {
          push: {
            batchSize: pushSize,
            queryBuilder: pushQueryBuilderFromRxSchema(name, settings),
            modifier: toServer,
            responseModifier: (answer: readonly object[]) => answer.map(fromServer),
          },
        }
      : {}),
  } as Parameters<typeof replicateGraphQL<DoorstepDocument, Checkpoint>>[0]);
}
