/**
 * What JSON may contain here. JavaScript and PostgreSQL disagree at the edges: a NUL or half a surrogate pair cannot
 * be stored, an integer beyond 2^53 - 1 has already been rounded by JSON.parse, and `__proto__` is a trap for
 * whoever copies members. Such values are refused at the door, because later they would be altered or be a 500.
 *
 * The walk is a loop: a body nested ten thousand deep must be refused, not overflow the stack.
 */
import { printPointer } from './json-pointer.ts';
import type { Fault } from './problem.ts';

/** How many arrays and objects may stand inside each other, the outermost included. */
export const maximumNesting = 64;

/** Enough to repair a body by; a broken generator would otherwise be answered with megabytes. */
const maximumFaults = 20;

interface Place {
  readonly value: unknown;
  readonly key: string;
  readonly parent: Place | null;
  readonly nesting: number;
}

/** Every place where `value` breaks a limit, as RFC 6901 pointers. Empty when it is JSON that can be kept as it is. */
export function checkJson(value: unknown): readonly Fault[] {
  const faults: Fault[] = [];
  const waiting: Place[] = [{ value, key: '', parent: null, nesting: 1 }];
  for (let place = waiting.pop(); place !== undefined && faults.length < maximumFaults; place = waiting.pop()) {
    const message = place.parent === null ? findFault(place) : (findKeyFault(place.key) ?? findFault(place));
    if (message !== null) faults.push({ pointer: pointerTo(place), message });
    else pushMembers(place, waiting);
  }
  return faults;
}

/** What is wrong with a text, or null. PostgreSQL keeps no NUL; RFC 7493 §2.1 forbids lone surrogates. */
export function findTextFault(text: string): string | null {
  if (text.includes('\0')) return 'contains the character U+0000, which cannot be stored';
  if (/\p{Surrogate}/u.test(text)) return 'contains half of a surrogate pair, which is not a character';
  return null;
}

/** What is wrong with a number, or null. RFC 7493 §2.2: integers outside these bounds lose digits on the way. */
export function findNumberFault(number: number): string | null {
  if (!Number.isFinite(number)) return 'is not a finite number';
  if (!Number.isInteger(number) || Number.isSafeInteger(number)) return null;
  return `is an integer outside ±${Number.MAX_SAFE_INTEGER}, which cannot be kept exactly`;
}

function findKeyFault(key: string): string | null {
  return key === '__proto__' ? 'is a name that is not allowed' : findTextFault(key);
}

function findFault({ value, nesting }: Place): string | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'string') return findTextFault(value);
  if (typeof value === 'number') return findNumberFault(value);
  if (typeof value !== 'object' || !isPlain(value)) return 'is not a JSON value';
  return nesting > maximumNesting ? `is nested more than ${maximumNesting} deep` : null;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

/** Last member first, so that the faults come out in reading order. */
function pushMembers(parent: Place, waiting: Place[]): void {
  if (typeof parent.value !== 'object' || parent.value === null) return;
  const nesting = parent.nesting + 1;
  if (Array.isArray(parent.value)) {
    for (let index = parent.value.length - 1; index >= 0; index--) {
      waiting.push({ value: parent.value[index], key: String(index), parent, nesting });
    }
    return;
  }
  for (const [key, value] of Object.entries(parent.value).reverse()) waiting.push({ value, key, parent, nesting });
}

function pointerTo(place: Place): string {
  const segments: string[] = [];
  for (let at: Place = place; at.parent !== null; at = at.parent) {
    segments.unshift(at.key);
  }
  return printPointer(segments);
}
