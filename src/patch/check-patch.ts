/**
 * Whether something is a JSON Patch at all, before there is a document. fast-json-patch looks operations up on an
 * object literal, so it takes `toString` and `_get` for operations; here the six of RFC 6902 are compared by own name.
 * Members that the RFC does not define are left out (§4: they are ignored).
 */
import type { Json } from '../json.ts';
import { checkJson, findTextFault } from '../json-limits.ts';
import { type Fault, Problem } from '../problem.ts';
import { type Operation, operationMembers } from './operation.ts';
import { findPointerFault } from './pointer-fault.ts';

const maximumOperations = 1_000;
/** Enough to repair a patch by. */
const maximumFaults = 20;

export function checkPatch(value: unknown): readonly Operation[] {
  if (!Array.isArray(value)) throw invalidPatch([{ pointer: '', message: 'expected an array of operations' }]);
  if (value.length === 0 || value.length > maximumOperations) {
    const message = `expected 1 to ${maximumOperations} operations, found ${value.length}`;
    throw invalidPatch([{ pointer: '', message }]);
  }
  const faults: Fault[] = [];
  const operations: Operation[] = [];
  for (const [index, item] of (value as readonly unknown[]).entries()) {
    const operation = readOperation(item, `/${index}`, faults);
    if (operation !== null) operations.push(operation);
    if (faults.length >= maximumFaults) break;
  }
  if (faults.length > 0) throw invalidPatch(faults);
  return operations;
}

/** The Problem whose detail repeats the first fault; pointers run from the array of operations. */
export function invalidPatch(faults: readonly Fault[]): Problem {
  const [first] = faults;
  const place = first === undefined || first.pointer === '' ? 'The patch' : `${first.pointer} of the patch`;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return new Problem('INVALID_PATCH', `${place}: ${first?.message ?? 'cannot be applied'}${more}.`, { errors: faults });
}

function readOperation(item: unknown, at: string, faults: Fault[]): Operation | null {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    faults.push({ pointer: at, message: 'expected an operation such as {"op":"replace","path":"/notes","value":"…"}' });
    return null;
  }
  const members = new Map<string, unknown>(Object.entries(item));
  const op = members.get('op');
  if (!isOperationName(op)) {
    const found = op === undefined ? 'nothing' : typeof op === 'string' ? JSON.stringify(op.slice(0, 64)) : typeof op;
    const message = `expected one of ${Object.keys(operationMembers).join(', ')}, found ${found}`;
    faults.push({ pointer: `${at}/op`, message });
    return null;
  }
  const found = operationMembers[op].flatMap((name) => findMemberFaults(op, name, members.get(name), `${at}/${name}`));
  faults.push(...found);
  if (found.length > 0) return null;
  return Object.fromEntries([
    ['op', op],
    ...operationMembers[op].map((name) => [name, members.get(name)]),
  ]) as Operation;
}

function isOperationName(op: unknown): op is Operation['op'] {
  return typeof op === 'string' && Object.hasOwn(operationMembers, op);
}

function findMemberFaults(op: string, name: string, value: unknown, pointer: string): readonly Fault[] {
  if (value === undefined) return [{ pointer, message: `is required by ${op}` }];
  if (name === 'value') {
    return checkJson(value as Json).map((fault) => ({ ...fault, pointer: pointer + fault.pointer }));
  }
  if (typeof value !== 'string') return [{ pointer, message: 'is a JSON Pointer in a string' }];
  const message = findTextFault(value) ?? findPointerFault(value);
  return message === null ? [] : [{ pointer, message }];
}
