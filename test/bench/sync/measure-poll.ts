/**
 * A phone that has everything asks again: each collection behind the checkpoint of its last page, in turn, with nothing
 * new, beside a statement that finds no row by an index. Once in a database at rest, and once in one where somebody
 * always writes something else, since what a server remembers of quiet times is worth nothing there.
 */
import pg from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { collectionNames } from '../../../clients/rxdb/src/collections.ts';
import type { BenchCluster } from '../harness/bench-cluster.ts';
import { ratioOf } from '../harness/ratio.ts';
import { remark } from '../harness/say.ts';
import { askBoth, firstPull, type Pair, type PairOfRequests, pollBehind } from './device-requests.ts';
import type { Walk } from './make-walk.ts';
import { measurePair, type PairOptions, type Turns } from './measure-pull.ts';

export interface PollResult {
  readonly name: 'at rest' | 'beside a writer';
  readonly turns: Turns;
  readonly ofLimit: number;
}

export interface PollOptions extends PairOptions {
  readonly cluster: BenchCluster;
  readonly database: string;
}

const connections = 16;
/** Between two transactions of the writer: there is one between most polls of the same collection. */
const restMs = 1;

export async function measurePoll(servers: Pair, walk: Walk, options: PollOptions): Promise<readonly PollResult[]> {
  const polls: PairOfRequests[] = [];
  for (const collection of collectionNames) {
    const { checkpoint } = await askBoth(servers, firstPull(collection, walk));
    const poll = pollBehind(collection, walk, checkpoint);
    const { documents } = await askBoth(servers, poll);
    if (documents.length > 0) throw new Error(`${collection} has ${documents.length} documents behind its last`);
    polls.push(poll);
  }
  const measure = async (name: PollResult['name']): Promise<PollResult> => {
    remark(`measuring: polls with nothing new, ${name}`);
    const turns = await measurePair(servers, polls, connections, options);
    return { name, turns, ofLimit: ratioOf(turns.doorstep, turns.limit) };
  };
  const atRest = await measure('at rest');
  const stop = await startWriter(options.cluster.urlOf(options.database));
  try {
    return [atRest, await measure('beside a writer')];
  } finally {
    await stop();
  }
}

/** Transactions that change nothing a phone is told of. */
async function startWriter(databaseUrl: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  let isWriting = true;
  const writing = (async () => {
    while (isWriting) {
      await client.query('SELECT pg_current_xact_id()');
      await wait(restMs);
    }
  })();
  return async () => {
    isWriting = false;
    await writing;
    await client.end();
  };
}
