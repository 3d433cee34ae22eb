/**
 * The body of a PATCH: `{ "data": [operations] }`, or the bare array that RFC 6902 knows. Both come as application/json
 * as often as under the patch's own media type.
 */
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { printPointer } from '../json-pointer.ts';
import type { Resource } from '../model.ts';
import { checkPatch, invalidPatch } from '../patch/check-patch.ts';
import type { Operation } from '../patch/operation.ts';
import { invalidInput, Problem } from '../problem.ts';
import { type AskedAction, findAction, hasActions } from '../write/actions.ts';
import type { Patch } from '../write/change.ts';

/** What a client that sends back the envelope it read may leave beside the operations. */
const passedOver = new Set(['id', 'customerId', 'securityGroupId', 'meta']);

const expected = 'expected an array of operations, bare or as {"data": [...]}';

/** What a PATCH asks of the row. The writer looks at it last, after everything that ranks before a 400. */
export function readPatch(body: unknown, resource: Resource): Pick<Patch, 'operations' | 'action'> {
  return { operations: () => readOperations(body, resource), action: () => readAction(body, resource) };
}

/**
 * Throws a Problem for anything else. An empty patch is somebody's bug, unless an action in `params` is what is asked
 * for.
 */
function readOperations(body: unknown, resource: Resource): readonly Operation[] {
  if (!isUnderData(body)) {
    if (Array.isArray(body)) return checkPatch(body);
    throw invalidPatch([{ pointer: '', message: expected }]);
  }
  const known = hasActions(resource) ? ['data', 'params'] : ['data'];
  const others = Object.keys(body).filter((key) => !known.includes(key) && !passedOver.has(key));
  if (others.length === 0) {
    const isEmpty = Array.isArray(body.data) && body.data.length === 0;
    return isEmpty && readAction(body, resource) !== null ? [] : checkPatch(body.data);
  }
  throw invalidInput(others.map((key) => ({ pointer: printPointer([key]), message: 'is not known beside data' })));
}

function readAction(body: unknown, resource: Resource): AskedAction | null {
  return isUnderData(body) ? findAction(resource, checkParams(body.params ?? {})) : null;
}

function checkParams(params: unknown): JsonObject {
  if (isJsonObject(params as Json)) return params as JsonObject;
  throw invalidInput([{ pointer: '/params', message: 'must be an object' }]);
}

export function isUnderData(body: unknown): body is { readonly data: unknown; readonly params?: unknown } {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && Object.hasOwn(body, 'data');
}

/** Problems of a patch point from its array of operations; this one points from the body around it. */
export function underData(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  if (error.code !== 'INVALID_PATCH' && error.code !== 'PATCH_TEST_FAILED') return error;
  const errors = (error.facts.errors ?? []).map((fault) => ({ ...fault, pointer: `/data${fault.pointer}` }));
  return new Problem(error.code, error.detail, { ...error.facts, errors });
}
