/** What the change log keeps of a change: the patch that makes `after` of `before`. */
import jsonpatch from 'fast-json-patch';
import type { JsonObject } from '../json.ts';
import type { Operation } from './operation.ts';

/** An attribute that is missing in one of them counts as null there, as it does in every document of attributes. */
export function diff(before: JsonObject, after: JsonObject): readonly Operation[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const complete = (document: JsonObject): JsonObject =>
    Object.fromEntries(names.map((name) => [name, Object.hasOwn(document, name) ? (document[name] ?? null) : null]));
  return jsonpatch.compare(complete(before), complete(after)) as readonly Operation[];
}
