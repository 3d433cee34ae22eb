/**
 * One operation on a draft that may be changed. Everything that can fail is found out before fast-json-patch is
 * called, which is left with the one thing it does reliably: putting a value in its place and taking it away.
 */
import jsonpatch from 'fast-json-patch';
import type { Json, JsonObject } from '../json.ts';
import { maximumNesting } from '../json-limits.ts';
import { printPointer } from '../json-pointer.ts';
import { canonicalJson } from './canonical.ts';
import { checkPlaceToAdd, findAt, getAt, type Location, locate, LocationFault } from './locate.ts';
import type { Operation } from './operation.ts';

/** Thrown by a `test` that does not hold: the only fault of a patch that is a conflict and not a mistake. */
export class FailedTest extends Error {}

/** Changed as operations are applied to it. */
export type Draft = {
  readonly document: JsonObject;
  /** Characters of JSON that moves and copies have carried so far. */
  carried: number;
};

/** Forty copies of a member into itself would fill any memory, so one patch may carry only this much. */
const maximumCarried = 1_048_576;

/** Throws a LocationFault or a FailedTest; the draft may be half changed then. */
export function applyOperation(draft: Draft, operation: Operation): void {
  const { document } = draft;
  const path = locate(document, operation.path);
  if (operation.op === 'test') return test(document, path, operation.value);
  refuseWhole(path);
  switch (operation.op) {
    case 'add':
      return add(document, path, operation.value);
    case 'replace':
      getAt(document, path);
      return put('replace', document, path, operation.value);
    case 'remove':
      return remove(document, path);
    case 'move':
    case 'copy':
      return carry(draft, operation.op, operation.from, path);
  }
}

/** RFC 6902 §4.6: equal as JSON, whatever the order of members. A place that is not there equals nothing. */
function test(document: JsonObject, path: Location, expected: Json): void {
  const value = findAt(document, path);
  if (value === undefined || canonicalJson(value) !== canonicalJson(expected)) throw new FailedTest();
}

function add(document: JsonObject, path: Location, value: Json): void {
  checkPlaceToAdd(document, path);
  put('add', document, path, value);
}

/** The value is cloned, because later operations may change it in its place. */
function put(op: 'add' | 'replace', document: JsonObject, path: Location, value: Json): void {
  if (path.length + nestingOf(value) > maximumNesting) {
    throw new LocationFault(`the value would be nested more than ${maximumNesting} deep`);
  }
  jsonpatch.applyOperation(document, { op, path: printPointer(path), value: structuredClone(value) });
}

/** The document goes on holding every declared attribute: a removed one is null. */
function remove(document: JsonObject, path: Location): void {
  getAt(document, path);
  if (path.length === 1) put('replace', document, path, null);
  else jsonpatch.applyOperation(document, { op: 'remove', path: printPointer(path) });
}

/** A move is a removal and then an addition (RFC 6902 §4.4): in an array the path counts without the moved item. */
function carry(draft: Draft, op: 'move' | 'copy', pointer: string, path: Location): void {
  const { document } = draft;
  const value = blameFrom(() => {
    const from = locate(document, pointer);
    refuseWhole(from);
    const found = getAt(document, from);
    draft.carried += JSON.stringify(found).length;
    if (draft.carried > maximumCarried) {
      throw new LocationFault(`the moves and copies of one patch may carry ${maximumCarried} characters of JSON`);
    }
    if (op === 'copy') return found;
    const isInside = path.length > from.length && from.every((segment, index) => segment === path[index]);
    if (isInside) throw new LocationFault('a value cannot be moved into itself (RFC 6902 §4.4)');
    remove(document, from);
    return found;
  });
  add(document, path, value);
}

function blameFrom<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof LocationFault) error.member = 'from';
    throw error;
  }
}

function refuseWhole(location: Location): void {
  if (location.length === 0) throw new LocationFault('the whole document can only be tested');
}

/** How many arrays and objects stand inside each other. */
function nestingOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce<number>((most, member: Json) => Math.max(most, nestingOf(member)), 0);
}
