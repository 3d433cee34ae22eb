/** What every resolver of one request knows. Apollo copies it, so what changes is behind functions. */
import type { Viewer } from '../access/viewer.ts';
import { Problem } from '../problem.ts';
import type { StopSignal } from '../stop.ts';
import type { Asked } from './operations.ts';

export interface GraphqlContext {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** Aborted when the client hangs up; the running statement is cancelled then. */
  readonly signal: StopSignal;
  /** The whole operation as one question, once it has been charged; null where its fields are asked one by one. */
  findAsked(): Asked | null;
  chargeAll(asked: Asked): void;
  /** What has been charged so far; null before anything was. */
  findCost(): number | null;
  /** Adds to the cost, before any SQL runs; TOO_COSTLY when the sum is above the limit. */
  charge(cost: number): void;
  /** Remembers why the operation could not be answered as a whole. */
  fail(error: unknown): void;
  /** Throws what was remembered, so that the root fields repeat it instead of asking the database again. */
  throwIfFailed(): void;
}

export interface ContextFacts extends Pick<GraphqlContext, 'viewer' | 'requestId' | 'signal'> {
  readonly costLimit: number;
  /** Why another way could not answer the operation. */
  readonly failure?: { readonly error: unknown } | null;
}

export function makeContext({ costLimit, failure: before = null, ...facts }: ContextFacts): GraphqlContext {
  let failure = before;
  let charged: number | null = null;
  let whole: Asked | null = null;
  const charge = (cost: number): void => {
    charged = (charged ?? 0) + cost;
    if (charged > costLimit) throw tooCostly(charged, costLimit);
  };
  return {
    ...facts,
    charge,
    findAsked: () => whole,
    findCost: () => charged,
    chargeAll(asked) {
      charge(asked.cost);
      whole = asked;
    },
    fail: (error) => (failure = { error }),
    throwIfFailed() {
      if (failure !== null) throw failure.error;
    },
  };
}

function tooCostly(cost: number, limit: number): Problem {
  const [found, allowed] = [cost, limit].map((number) => number.toLocaleString('en'));
  return new Problem(
    'TOO_COSTLY',
    `The operation could touch ${found} rows, and ${allowed} are allowed. Ask for smaller pages (limit) where lists ` +
      'lie inside lists, for fewer lists, or for the rest in another request (after: pageInfo.endCursor).',
  );
}
