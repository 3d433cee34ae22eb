/** JSON Schema for documents: closed objects, whose optional members may be null. */
import { isJsonArray, type JsonObject } from '../json.ts';

export function objectOf(members: Readonly<Record<string, JsonObject>>, required: readonly string[] = []): JsonObject {
  const properties = Object.fromEntries(
    Object.entries(members).map(([name, schema]) => [name, required.includes(name) ? schema : orNull(schema)]),
  );
  return { type: 'object', properties, required, additionalProperties: false };
}

export function arrayOf(items: JsonObject, bounds: { minItems?: number; maxItems?: number } = {}): JsonObject {
  return { type: 'array', items, maxItems: 1000, ...bounds };
}

export function words(...choices: readonly string[]): JsonObject {
  return { type: 'string', enum: choices };
}

export const flatValue: JsonObject = {
  anyOf: [{ type: ['string', 'number', 'boolean', 'null'] }, arrayOf({ type: ['string', 'number', 'boolean'] })],
};

/** The same schema, which null satisfies too. */
export function orNull(schema: JsonObject): JsonObject {
  const { type, enum: choices } = schema;
  if (isJsonArray(type)) return { ...schema, type: [...type, 'null'] };
  if (typeof type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const nullable = { ...schema, type: [type, 'null'] };
  return isJsonArray(choices) ? { ...nullable, enum: [...choices, null] } : nullable;
}
