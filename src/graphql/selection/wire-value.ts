/**
 * Coerced GraphQL input as JSON. graphql-js hands out objects without a prototype, and the timestamp scalar hands out
 * dates; everything behind the schema works on plain JSON in the spelling of the wire.
 */
import type { Json } from '../../json.ts';

export function toWire(value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toWire(member)]));
  }
  return value as Json;
}
