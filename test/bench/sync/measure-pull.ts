/**
 * The first pull of a walk: every collection in one round trip, as the stock client asks for it, beside the statement by
 * hand that gives the same text. What somebody waits for is the sum.
 */
import { type CollectionName, collectionNames } from '../../../clients/rxdb/src/collections.ts';
import { measureRounds, type Pace, type RoundsOptions, type Turn } from '../harness/measure-rounds.ts';
import { median } from '../harness/median.ts';
import { rateOf, ratioOf } from '../harness/ratio.ts';
import { remark } from '../harness/say.ts';
import { askBoth, firstPull, type Pair, pageSize, type PairOfRequests } from './device-requests.ts';
import type { Walk } from './make-walk.ts';

export interface Turns {
  readonly limit: readonly Turn[];
  readonly doorstep: readonly Turn[];
}

export interface CollectionResult {
  readonly collection: CollectionName;
  readonly documents: number;
  readonly turns: Turns;
  readonly ofLimit: number;
}

export interface PullResult {
  readonly doors: number;
  readonly collections: readonly CollectionResult[];
  /** The median of the rounds' ratios of all collections together. */
  readonly ofLimit: number;
}

export type PairOptions = Omit<RoundsOptions, 'pace'> & { readonly pace: Omit<Pace, 'connections'> };

/** Phones that begin at the same time: mornings are like that, but answers are large. */
const connections = 4;

export async function measurePull(servers: Pair, walk: Walk, options: PairOptions): Promise<PullResult> {
  const asked: (PairOfRequests & { readonly documents: number })[] = [];
  // All of them first: to learn of a difference after some minutes is no fun.
  for (const collection of collectionNames) {
    const requests = firstPull(collection, walk);
    const { documents } = await askBoth(servers, requests);
    if (documents.length >= pageSize) throw new Error(`${collection} takes more than one round trip`);
    asked.push({ ...requests, documents: documents.length });
  }
  const stops = asked.find(({ collection }) => collection === 'walklistItem')!;
  if (stops.documents !== walk.doors) throw new Error(`The walk has ${stops.documents} stops, not ${walk.doors}`);
  const collections: CollectionResult[] = [];
  for (const { documents, ...requests } of asked) {
    const { collection } = requests;
    remark(`measuring: the first pull of ${collection}, ${documents} documents`);
    const turns = await measurePair(servers, [requests], connections, options);
    const ofLimit = ratioOf(turns.doorstep, turns.limit);
    collections.push({ collection, documents, turns, ofLimit });
    remark(`  limit ${rateOf(turns.limit).toFixed(0)}/s, doorstep ${rateOf(turns.doorstep).toFixed(0)}/s`);
  }
  const [limit, doorstep] = (['limit', 'doorstep'] as const).map((name) => secondsOfRounds(collections, name));
  return {
    doors: walk.doors,
    collections,
    ofLimit: median(limit!.map((seconds, round) => seconds / doorstep![round]!)),
  };
}

/** Of both, asked these in turn. */
export async function measurePair(
  { limit, doorstep }: Pair,
  requests: readonly PairOfRequests[],
  atOnce: number,
  options: PairOptions,
): Promise<Turns> {
  const runners = [
    { name: 'limit', server: limit, requests: requests.map((each) => each.limit) },
    { name: 'doorstep', server: doorstep, requests: requests.map((each) => each.doorstep) },
  ];
  const turns = await measureRounds(runners, { ...options, pace: { ...options.pace, connections: atOnce } });
  return { limit: turns.get('limit')!, doorstep: turns.get('doorstep')! };
}

/** What one pull of everything takes a server, round by round. */
function secondsOfRounds(results: readonly CollectionResult[], name: keyof Turns): readonly number[] {
  const [first] = results;
  return first!.turns[name].map((_, round) =>
    results.reduce((sum, { turns }) => sum + 1 / turns[name][round]!.perSecond, 0),
  );
}
