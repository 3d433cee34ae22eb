/**
 * Where a filter or a sort looks: an RFC 6901 JSON Pointer from the envelope's root (`/data/campaignId`, `/id`), held
 * as its decoded segments. Segments are names, never array positions: no attribute of an envelope is an array that
 * filters reach into.
 *
 * Three spellings are read: `/data/x`, `data/x` without the first slash, and `#/data/a%20b`, the URI fragment form of
 * RFC 6901 §6. The last is how the filter language writes a name that holds spaces, commas or brackets.
 */
import { isWellEscaped, printPointer, splitPointer } from '../json-pointer.ts';

export { printPointer };
export type Pointer = readonly string[];

/** The segments of a pointer's text, or null when it is empty or wrongly escaped. */
export function parsePointer(text: string): Pointer | null {
  const plain = text.startsWith('#/') ? decodeFragment(text.slice(1)) : text;
  if (plain === null || plain === '' || !isWellEscaped(plain)) return null;
  return splitPointer(plain.startsWith('/') ? plain : `/${plain}`);
}

/** The URI fragment form, in which every character can be written; encodeURIComponent would leave parentheses. */
export function printFragment(pointer: Pointer): string {
  const encoded = printPointer(pointer).split('/').map(encodeURIComponent).join('/');
  return `#${encoded.replaceAll('(', '%28').replaceAll(')', '%29')}`;
}

function decodeFragment(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
