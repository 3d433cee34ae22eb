/**
 * Where a filter or a sort looks: an RFC 6901 JSON Pointer from the envelope's root (`/data/campaignId`, `/id`), held
 * as its decoded segments. Segments are names, never array positions: no attribute of an envelope is an array that
 * filters reach into.
 *
 * Three spellings are read: `/data/x`, `data/x` without the first slash, and `#/data/a%20b`, the URI fragment form of
 * RFC 6901 §6. The last is how the filter language writes a name that holds spaces, commas or brackets.
 */
export type Pointer = readonly string[];

/** The segments of a pointer's text, or null when it is empty or wrongly escaped. */
export function parsePointer(text: string): Pointer | null {
  const plain = text.startsWith('#/') ? decodeFragment(text.slice(1)) : text;
  if (plain === null || plain === '' || /~(?![01])/.test(plain)) return null;
  const bare = plain.startsWith('/') ? plain.slice(1) : plain;
  return bare.split('/').map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function printPointer(pointer: Pointer): string {
  return pointer.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The URI fragment form, in which every character can be written. */
export function printFragment(pointer: Pointer): string {
  return `#${printPointer(pointer).split('/').map(encodeURIComponent).join('/')}`;
}

function decodeFragment(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
