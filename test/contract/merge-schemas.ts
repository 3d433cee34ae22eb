/** Two schemas as one that says both, as far as generating needs it: what is left is checked by the validator. */
import type { Json, JsonObject } from '../../src/json.ts';

export function mergeSchemas(one: JsonObject, other: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...one };
  for (const [keyword, value] of Object.entries(other)) {
    const known = merged[keyword];
    merged[keyword] = known === undefined ? value : mergeKeyword(keyword, known, value);
  }
  return merged;
}

function mergeKeyword(keyword: string, one: Json, other: Json): Json {
  switch (keyword) {
    case 'type':
    case 'enum':
      return [one].flat().filter((each) => [other].flat().includes(each));
    case 'required':
    case 'allOf':
      return [...(one as readonly Json[]), ...(other as readonly Json[])];
    case 'items':
      return mergeSchemas(one as JsonObject, other as JsonObject);
    case 'properties':
      return mergeProperties(one as JsonObject, other as JsonObject);
    case 'minItems':
    case 'minLength':
    case 'minimum':
      return Math.max(one as number, other as number);
    case 'maxItems':
    case 'maxLength':
    case 'maximum':
      return Math.min(one as number, other as number);
    default:
      return other;
  }
}

function mergeProperties(one: JsonObject, other: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...one };
  for (const [name, schema] of Object.entries(other)) {
    const known = merged[name];
    merged[name] = known === undefined ? schema : mergeSchemas(known as JsonObject, schema as JsonObject);
  }
  return merged;
}
