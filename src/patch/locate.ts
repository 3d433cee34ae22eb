/**
 * Finds the place that a patch means in the document of attributes, and says what is missing when there is none.
 * fast-json-patch would take `/a/01` for an index, follow inherited members and name no place, so it is only called
 * once everything here holds.
 *
 * Pointers are relative to `data`, or written from the root as `/data/...`. A first segment `data` therefore always
 * is the root form: an attribute of that name would be `/data/data`. The first segment after it must be an attribute
 * of the document, so `/id`, `/meta/etag` and `/customerId` name nothing.
 */
import { isJsonArray, type Json, type JsonObject } from '../json.ts';
import { printPointer, splitPointer } from '../json-pointer.ts';

/** Segments relative to the document; none is the document itself. */
export type Location = readonly string[];

const outsideData = new Set(['id', 'customerId', 'securityGroupId', 'meta']);

/** What is wrong with the place that an operation's `path` or `from` names. */
export class LocationFault extends Error {
  member: 'path' | 'from' = 'path';
}

export function locate(document: JsonObject, pointer: string): Location {
  const segments = splitPointer(pointer);
  const location = segments[0] === 'data' ? segments.slice(1) : segments;
  const [attribute] = location;
  if (attribute === undefined || Object.hasOwn(document, attribute)) return location;
  if (outsideData.has(attribute)) throw new LocationFault(`${pointer} is outside data and cannot be patched`);
  throw new LocationFault(`there is no attribute ${JSON.stringify(attribute)}`);
}

/** The value at a location, or undefined when there is none. */
export function findAt(document: JsonObject, location: Location): Json | undefined {
  return location.reduce<Json | undefined>((value, segment) => findMember(value, segment), document);
}

/** The value at a location that must exist. */
export function getAt(document: JsonObject, location: Location): Json {
  const value = findAt(document, location);
  if (value === undefined) throw new LocationFault(describeMissing(document, location));
  return value;
}

/** `add` also takes a member that is not there yet, and in an array the place behind the last item. */
export function checkPlaceToAdd(document: JsonObject, location: Location): void {
  const parent = getAt(document, location.slice(0, -1));
  const last = location.at(-1) ?? '';
  if (!Array.isArray(parent)) {
    if (typeof parent !== 'object' || parent === null) throw new LocationFault(describeMissing(document, location));
    return;
  }
  if (last === '-' || last === String(parent.length) || findMember(parent, last) !== undefined) return;
  const rule = `an index from 0 to ${parent.length}, or -`;
  throw new LocationFault(`${printPointer(location.slice(0, -1))} is an array, expected ${rule}, found ${last}`);
}

function findMember(value: Json | undefined, segment: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  // RFC 6901 §4: an index has no leading zeros, and `-` is the item that does not exist.
  if (isJsonArray(value)) return /^(?:0|[1-9][0-9]*)$/.test(segment) ? value[Number(segment)] : undefined;
  return Object.hasOwn(value, segment) ? value[segment] : undefined;
}

function describeMissing(document: JsonObject, location: Location): string {
  const depth = location.findIndex((_, index) => findAt(document, location.slice(0, index + 1)) === undefined);
  const parentLocation = location.slice(0, Math.max(0, depth));
  const parent = findAt(document, parentLocation);
  const name = depth < 1 ? 'the document' : printPointer(parentLocation);
  const segment = JSON.stringify(location[depth] ?? '');
  if (parent === null) return `${name} is null and has no member ${segment}`;
  if (Array.isArray(parent)) return `${name} has ${parent.length} items and none at ${segment}`;
  return typeof parent === 'object' ? `${name} has no member ${segment}` : `${name} holds no members`;
}
