/**
 * Where a filter or a sort looks: an RFC 6901 JSON Pointer from the envelope's root (`/data/campaignId`, `/id`), held
 * as its decoded segments. Segments are names, never array positions: no attribute of an envelope is an array that
 * filters reach into.
 */
export type Pointer = readonly string[];

/** The segments of a pointer's text, or null when a `~` is followed by neither 0 nor 1 (RFC 6901 §3). */
export function parsePointer(text: string): Pointer | null {
  const bare = text.startsWith('/') ? text.slice(1) : text;
  if (bare === '' || /~(?![01])/.test(bare)) return null;
  return bare.split('/').map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function printPointer(pointer: Pointer): string {
  return pointer.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export function isSamePointer(one: Pointer, other: Pointer): boolean {
  return one.length === other.length && one.every((segment, index) => segment === other[index]);
}
