/** What the stock client asks of each collection, word for word, and the same of the limit. */
import { pullQueryBuilderFromRxSchema } from 'rxdb/plugins/replication-graphql';
import type { CollectionName } from '../../../clients/rxdb/src/collections.ts';
import { wireSchemaOf } from '../../../clients/rxdb/src/schemas.ts';
import { type Json, isJsonObject } from '../../../src/json.ts';
import { ask } from '../harness/ask.ts';
import type { LoadRequest } from '../harness/load.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import { limitPathOf } from '../limit/limit-path.ts';
import { readGraphql } from '../reads/read-answer.ts';
import type { Walk } from './make-walk.ts';

export interface Checkpoint {
  readonly id: string;
  readonly syncSeq: string;
}

export interface Bulk {
  readonly documents: readonly Json[];
  readonly checkpoint: Checkpoint;
}

/** Both servers. */
export interface Pair {
  readonly limit: ServerProcess;
  readonly doorstep: ServerProcess;
}

/** The same question to both. */
export interface PairOfRequests {
  readonly collection: CollectionName;
  readonly limit: LoadRequest;
  readonly doorstep: LoadRequest;
}

/** The kit's: a page of fewer is the last. */
export const pageSize = 500;

export function firstPull(collection: CollectionName, walk: Walk): PairOfRequests {
  const { customerId, securityGroupId, userId } = walk;
  return {
    collection,
    limit: limitRequest(`pull-${collection}`, customerId, securityGroupId, userId),
    doorstep: pullRequest(collection, walk),
  };
}

export function pollBehind(collection: CollectionName, walk: Walk, checkpoint: Checkpoint): PairOfRequests {
  const { customerId, userId } = walk;
  return {
    collection,
    limit: limitRequest(`poll-${collection}`, customerId, userId, checkpoint.id, checkpoint.syncSeq),
    doorstep: pullRequest(collection, walk, checkpoint),
  };
}

/** The answer that both of them give; a faster answer to another question is no result. */
export async function askBoth(servers: Pair, { collection, limit, doorstep }: PairOfRequests): Promise<Bulk> {
  const [expected, got] = [
    readGraphql(await ask(servers.limit.url, limit)),
    readGraphql(await ask(servers.doorstep.url, doorstep)),
  ].map((data) => JSON.stringify(data));
  if (expected !== got) {
    const at = [...expected!].findIndex((character, index) => character !== got![index]);
    const [theirs, ours] = [got!, expected!].map((text) => text.slice(Math.max(0, at - 200), at + 200));
    throw new Error(`${collection}: doorstep answers\n${theirs}\nwhere the limit answers\n${ours}`);
  }
  const [bulk] = Object.values(JSON.parse(got!) as Readonly<Record<string, Json>>);
  if (isJsonObject(bulk)) return bulk as unknown as Bulk;
  throw new Error(`${collection}: expected a page, got ${got!.slice(0, 500)}`);
}

function limitRequest(statement: string, ...values: readonly string[]): LoadRequest {
  return { method: 'GET', path: limitPathOf(statement, values), headers: {} };
}

function pullRequest(collection: CollectionName, { token }: Walk, checkpoint?: Checkpoint): LoadRequest {
  const build = pullQueryBuilderFromRxSchema(collection, {
    schema: wireSchemaOf(collection),
    checkpointFields: ['id', 'syncSeq'],
    deletedField: 'isDeleted',
    headerFields: ['Authorization'],
    ignoreInputKeys: [],
    ignoreOutputKeys: [],
  });
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(build(checkpoint, pageSize)),
  };
}
