/** The Problem that something throws; anything else it does fails the test. */
import { Problem } from '../../src/problem.ts';

export function problemOf(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('Expected a Problem, and nothing was thrown');
}
