/**
 * JSON text that does not depend on the order in which members were written (after RFC 8785), so that two bodies that
 * mean the same have one digest. JSON.stringify alone would keep the sender's order. Members that are undefined are
 * left out as it does; a number that is not finite is a bug, since JSON cannot write it.
 */
import type { Json } from '../json.ts';

export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`JSON has no ${value}`);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  // Sorted by UTF-16 code units (RFC 8785 §3.2.3), as < compares; never by a locale.
  const members = Object.entries(value as Readonly<Record<string, Json | undefined>>)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}
