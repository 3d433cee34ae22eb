/**
 * The body of a PATCH: `{ "data": [operations] }`, or the bare array that RFC 6902 knows. Both come as application/json
 * as often as under the patch's own media type.
 */
import { printPointer } from '../json-pointer.ts';
import { checkPatch, invalidPatch } from '../patch/check-patch.ts';
import type { Operation } from '../patch/operation.ts';
import { invalidInput, Problem } from '../problem.ts';

/** What a client that sends back the envelope it read may leave beside the operations. */
const passedOver = new Set(['id', 'customerId', 'securityGroupId', 'meta']);

const expected = 'expected an array of operations, bare or as {"data": [...]}';

/** Throws a Problem for anything else. The writer asks for the operations last, after everything that ranks before a 400. */
export function readOperations(body: unknown): readonly Operation[] {
  if (!isUnderData(body)) {
    if (Array.isArray(body)) return checkPatch(body);
    throw invalidPatch([{ pointer: '', message: expected }]);
  }
  const others = Object.keys(body).filter((key) => key !== 'data' && !passedOver.has(key));
  if (others.length === 0) return checkPatch(body.data);
  throw invalidInput(others.map((key) => ({ pointer: printPointer([key]), message: 'is not known beside data' })));
}

export function isUnderData(body: unknown): body is { readonly data: unknown } {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && Object.hasOwn(body, 'data');
}

/** Problems of a patch point from its array of operations; this one points from the body around it. */
export function underData(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  if (error.code !== 'INVALID_PATCH' && error.code !== 'PATCH_TEST_FAILED') return error;
  const errors = (error.facts.errors ?? []).map((fault) => ({ ...fault, pointer: `/data${fault.pointer}` }));
  return new Problem(error.code, error.detail, { ...error.facts, errors });
}
