/**
 * An answer with everything taken away in which contenders may differ and still say the same: the envelope, connections
 * around lists, groups of attributes, members without a value, the order of members, and the spelling of times.
 */
import { type Json, isJsonObject } from '../../../src/json.ts';

const envelope = new Set(['data', 'meta']);
/** Attributes that are columns, in Doorstep's spelling a group: `survey.surveyId` is `surveyId` for others. */
const groups: Readonly<Record<string, string>> = { survey: 'survey', location: 'location' };
const times = new Set(['timestamp', 'created', 'modified']);

export function makeCanonical(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(makeCanonical);
  if (!isJsonObject(value)) return value;
  const { nodes, ...beside } = value;
  if (nodes !== undefined && Object.keys(beside).length === 0) return makeCanonical(nodes);
  const members = Object.entries(value).flatMap(([key, member]) => flatten(key, member));
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function flatten(key: string, value: Json | undefined): readonly (readonly [string, Json])[] {
  // REST leaves out what has no value, and the name of the resource is no value of the row.
  if (value === null || value === undefined || key === 'resource') return [];
  if (isJsonObject(value) && envelope.has(key)) {
    return Object.entries(value).flatMap(([inner, member]) => flatten(inner, member));
  }
  const group = groups[key];
  if (group !== undefined && isJsonObject(value)) {
    return Object.entries(value).flatMap(([inner, member]) => flatten(join(group, inner), member));
  }
  if (times.has(key) && typeof value === 'string') return [[key, new Date(value).toISOString()]];
  return [[key, makeCanonical(value)]];
}

function join(group: string, key: string): string {
  return key.startsWith(group) ? key : `${group}${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}
