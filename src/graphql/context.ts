/** What every resolver of one request knows. */
import type { Viewer } from '../access/viewer.ts';

export interface GraphqlContext {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** Aborted when the client hangs up; the running statement is cancelled then. */
  readonly signal: AbortSignal;
  /** Remembers why the operation could not be answered as a whole. */
  fail(error: unknown): void;
  /** Throws what was remembered, so that the root fields repeat it instead of asking the database again. */
  throwIfFailed(): void;
}

export function makeContext(facts: Pick<GraphqlContext, 'viewer' | 'requestId' | 'signal'>): GraphqlContext {
  let failure: { readonly error: unknown } | null = null;
  return {
    ...facts,
    fail: (error) => (failure = { error }),
    throwIfFailed() {
      if (failure !== null) throw failure.error;
    },
  };
}
