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

/** An array or object that is being looked through. */
interface Level {
  readonly value: Readonly<Record<number | string, unknown>>;
  /** Null for an array. */
  readonly keys: readonly string[] | null;
  readonly length: number;
  next: number;
}

/**
 * Every place where `value` breaks a limit, as RFC 6901 pointers, in reading order. Empty when it is JSON that can be kept
 * as it is. What is still to be looked at is not listed anywhere: a body of 16 MiB may hold eight million values.
 */
export function checkJson(value: unknown): readonly Fault[] {
  const own = findFault(value, 1);
  if (own !== null) return [{ pointer: '', message: own }];
  const faults: Fault[] = [];
  const open: Level[] = isBranch(value) ? [levelOf(value)] : [];
  for (let level = open[0]; level !== undefined && faults.length < maximumFaults; level = open.at(-1)) {
    if (level.next === level.length) {
      open.pop();
      continue;
    }
    const key = level.keys?.[level.next] ?? level.next;
    const member = level.value[key];
    level.next += 1;
    const message = (typeof key === 'string' ? findKeyFault(key) : null) ?? findFault(member, open.length + 1);
    if (message !== null) faults.push({ pointer: pointerTo(open), message });
    else if (isBranch(member)) open.push(levelOf(member));
  }
  return faults;
}

/** Whether it consists of more values than that, arrays and objects among them; it is JSON that was checked. */
export function hasMoreValues(value: unknown, most: number): boolean {
  let left = most;
  const isMore = (part: unknown): boolean => {
    left -= 1;
    if (left < 0) return true;
    if (!isBranch(part)) return false;
    const { keys, length, value: members } = levelOf(part);
    for (let index = 0; index < length; index += 1) if (isMore(members[keys?.[index] ?? index])) return true;
    return false;
  };
  return isMore(value);
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

function findFault(value: unknown, nesting: number): string | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'string') return findTextFault(value);
  if (typeof value === 'number') return findNumberFault(value);
  if (!isBranch(value) || !isPlain(value)) return 'is not a JSON value';
  return nesting > maximumNesting ? `is nested more than ${maximumNesting} deep` : null;
}

function isBranch(value: unknown): value is Level['value'] {
  return typeof value === 'object' && value !== null;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

function levelOf(value: Level['value']): Level {
  if (Array.isArray(value)) return { value, keys: null, length: value.length, next: 0 };
  const keys = Object.keys(value);
  return { value, keys, length: keys.length, next: 0 };
}

/** The place of the member that was looked at last. */
function pointerTo(open: readonly Level[]): string {
  return printPointer(open.map(({ keys, next }) => keys?.[next - 1] ?? String(next - 1)));
}
