/** `GET /problems/{code}`: what the `type` of a problem document leads to (RFC 9457 §4). */
import type { FastifyInstance } from 'fastify';
import { catalogue, Problem, type ProblemCode } from '../problem.ts';
import { describeProblemType } from './problem-response.ts';

export function addProblemLookup(app: FastifyInstance): void {
  app.get<{ Params: { code: string } }>('/problems/:code', async ({ params: { code } }) => {
    if (!isProblemCode(code)) throw new Problem('NOT_FOUND', `${code} is no code of a problem.`);
    return describeProblemType(code);
  });
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(catalogue, code);
}
