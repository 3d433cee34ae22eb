/**
 * Applies a checked JSON Patch (RFC 6902) to a document of attributes. All or nothing, and never on the caller's
 * object: fast-json-patch changes what it is given, leaves half a patch behind when one operation fails, and reports
 * index 0 whichever it was. So a clone is changed, one operation at a time.
 *
 * The document holds every declared attribute, null when unset; locate.ts says how paths find them.
 */
import type { JsonObject } from '../json.ts';
import { Problem } from '../problem.ts';
import { applyOperation, type Draft, FailedTest } from './apply-operation.ts';
import { invalidPatch } from './check-patch.ts';
import { LocationFault } from './locate.ts';
import type { Operation } from './operation.ts';

/** `operations` come from checkPatch. Throws INVALID_PATCH, or PATCH_TEST_FAILED where a `test` does not hold. */
export function applyPatch(document: JsonObject, operations: readonly Operation[]): JsonObject {
  const draft: Draft = { document: structuredClone(document), carried: 0 };
  operations.forEach((operation, index) => {
    try {
      applyOperation(draft, operation);
    } catch (error) {
      throw describe(error, operation, index);
    }
  });
  return draft.document;
}

function describe(error: unknown, operation: Operation, index: number): unknown {
  if (error instanceof LocationFault) {
    return invalidPatch([{ pointer: `/${index}/${error.member}`, message: error.message }]);
  }
  if (!(error instanceof FailedTest)) return error;
  const message = `${operation.path === '' ? 'the document' : operation.path} does not hold the tested value`;
  const errors = [{ pointer: `/${index}/path`, message }];
  return new Problem('PATCH_TEST_FAILED', `/${index}/path of the patch: ${message}.`, { errors });
}
