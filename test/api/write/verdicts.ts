/** Words for the tests of the write path. */
import { expect } from 'vitest';
import type { Json, JsonObject } from '../../../src/json.ts';
import type { Operation } from '../../../src/patch/operation.ts';
import type { Problem, ProblemCode } from '../../../src/problem.ts';
import type { Change, Verdict } from '../../../src/write/change.ts';

export function expectProblem(verdict: Verdict | undefined, code: ProblemCode): Problem {
  expect(verdict).toMatchObject({ problem: { code } });
  return (verdict as { problem: Problem }).problem;
}

export interface Envelope {
  readonly id: string;
  readonly data: JsonObject;
  readonly meta: { readonly etag: string; readonly created: string; readonly isDeleted: boolean };
}

/** The row that a successful verdict answers with. */
export function envelopeOf(verdict: Verdict | undefined): Envelope {
  if (verdict === undefined || 'problem' in verdict) throw verdict?.problem ?? new Error('no verdict');
  return JSON.parse(verdict.text) as Envelope;
}

export function outcomeOf(verdict: Verdict | undefined): string {
  if (verdict === undefined) return 'nothing';
  return 'problem' in verdict ? verdict.problem.code : verdict.outcome;
}

export const create = (
  data: JsonObject,
  more: { id?: string; securityGroupId?: string; params?: JsonObject } = {},
): Change => ({
  kind: 'create',
  id: more.id ?? null,
  securityGroupId: more.securityGroupId ?? null,
  data,
  params: more.params ?? {},
});

interface Version {
  readonly id: string;
  readonly etag: string;
}

export const patch = ({ id, etag }: Version, ...operations: readonly Operation[]): Change => ({
  kind: 'patch',
  id,
  etags: [etag],
  operations: () => operations,
});

export const replace = (path: string, value: Json): Operation => ({
  op: 'replace',
  path,
  value,
});

export const remove = ({ id, etag }: Version): Change => ({ kind: 'remove', id, etags: [etag] });
export const restore = ({ id, etag }: Version): Change => ({ kind: 'restore', id, etags: [etag] });
