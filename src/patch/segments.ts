/** The segments of a JSON Pointer inside a patch. */
import { maximumNesting } from '../json-limits.ts';

/** Names through which a careless copy reaches an object's prototype. No attribute is called like that. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** RFC 6901 §3 and §4; `''` is the whole document and has no segments. The pointer must have passed findPointerFault. */
export function segmentsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function printSegments(segments: readonly string[]): string {
  return segments.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What is wrong with a pointer whatever document it is used on, or null. */
export function findPointerFault(pointer: string): string | null {
  if (pointer !== '' && !pointer.startsWith('/')) return 'is a JSON Pointer, which begins with a slash (RFC 6901)';
  if (/~(?![01])/.test(pointer)) return 'is a JSON Pointer, in which ~ is followed by 0 or 1 (RFC 6901 §3)';
  const segments = segmentsOf(pointer);
  const trap = segments.find((segment) => forbidden.has(segment));
  if (trap !== undefined) return `contains ${trap}, a name that is not allowed`;
  // The document of attributes may be written from the root, where `/data` stands in front.
  return segments.length > maximumNesting + 1 ? `is nested more than ${maximumNesting} deep` : null;
}
