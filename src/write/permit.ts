/** Asks a resource what else a caller needs to make, change or restore these rows; the system needs nothing. */
import type { Resource } from '../model.ts';
import type { Problem } from '../problem.ts';
import type { Candidate } from '../resource.ts';
import { invalid } from './problems.ts';
import type { WriteSession } from './session.ts';

/** One place for each candidate: null, or why not. */
export async function findUnpermitted(
  { declaration }: Resource,
  candidates: readonly Candidate[],
  { viewer, hooks }: WriteSession,
): Promise<readonly (Problem | null)[]> {
  const { permit } = declaration.hooks ?? {};
  if (permit === undefined || viewer.userId === null || candidates.length === 0) return candidates.map(() => null);
  const refusals = await permit(candidates, hooks);
  return refusals.map((refusal) => {
    if (refusal === null) return null;
    return 'problem' in refusal ? refusal.problem : invalid(refusal.faults);
  });
}
