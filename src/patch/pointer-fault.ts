/** Whether a text can be the path of an operation, whatever document it is used on. */
import { maximumNesting } from '../json-limits.ts';
import { isWellEscaped, splitPointer } from '../json-pointer.ts';

/** Names through which a careless copy reaches an object's prototype. No attribute is called like that. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** What is wrong with it, or null. */
export function findPointerFault(pointer: string): string | null {
  if (pointer !== '' && !pointer.startsWith('/')) return 'is a JSON Pointer, which begins with a slash (RFC 6901)';
  if (!isWellEscaped(pointer)) return 'is a JSON Pointer, in which ~ is followed by 0 or 1 (RFC 6901 §3)';
  const segments = splitPointer(pointer);
  const trap = segments.find((segment) => forbidden.has(segment));
  if (trap !== undefined) return `contains ${trap}, a name that is not allowed`;
  // One more, since `/data` may stand in front of an attribute.
  return segments.length > maximumNesting + 1 ? `is nested more than ${maximumNesting} deep` : null;
}
