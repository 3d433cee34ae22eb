/** Why an export did not come to its end, as its manifest says it. What is no Problem is ours, and says no more. */
import { Problem } from '../problem.ts';
import type { Manifest } from './manifest.ts';

export function failureOf(error: unknown): NonNullable<Manifest['failure']> {
  if (error instanceof Problem) return { code: error.code, detail: error.detail };
  return { code: 'INTERNAL', detail: 'Something broke on our side.' };
}
