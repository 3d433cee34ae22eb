/**
 * The attributes that a device may write, as members of its flat document: `survey.surveyId` is `surveyId` there, and
 * what is JSON inside travels as a string, because the stock client cannot ask for objects whose members it does not know.
 *
 * A newcomer's mistake would be to compare what the server sets too. The device never learns of it between two pushes,
 * and would be in conflict with itself.
 */
import { parseTimestamp } from '../../filter/calendar.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { checkJson } from '../../json-limits.ts';
import type { Attribute } from '../../model.ts';
import { canonicalJson } from '../../patch/canonical.ts';
import type { Collection } from '../../read/collection.ts';
import { type Fault, invalidInput } from '../../problem.ts';

export interface DeviceField {
  readonly name: string;
  /** From the row's data, or from the item of an array: `['survey', 'surveyId']`. */
  readonly path: readonly string[];
  readonly kind: Attribute['field']['kind'];
}

/** A member of a document, and where its value is kept. */
export interface NamedAttribute {
  readonly name: string;
  readonly attribute: Attribute;
}

/** The members of a collection's documents that are attributes of its rows. */
export function namedAttributes({ fields }: Collection): readonly NamedAttribute[] {
  return fields.flatMap(({ name, source }) =>
    source.kind === 'attribute' ? [{ name, attribute: source.attribute }] : [],
  );
}

/** Those of the members that a device writes. */
export function makeDeviceFields(collection: Collection, written: readonly string[]): readonly DeviceField[] {
  return namedAttributes(collection)
    .filter(({ name }) => written.includes(name))
    .map(({ name, attribute: { path, field } }) => {
      return { name, path: path[0] === 'data' ? path.slice(1) : path, kind: field.kind };
    });
}

/** The value in a document, in the one form in which values are kept; undefined where the document does not speak of it. */
export function sentValue(document: JsonObject, { name, kind }: DeviceField): Json | undefined {
  const value = document[name];
  if (typeof value !== 'string') return value;
  switch (kind) {
    case 'document':
      return tryParse(value);
    case 'timestamp':
      return parseTimestamp(value) ?? value;
    case 'reference':
      return value.toLowerCase();
    default:
      return value;
  }
}

/** What is no JSON, or none that can be kept, stays the text that it is, and is refused for that when it is written. */
function tryParse(text: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    return checkJson(value).length === 0 ? value : text;
  } catch {
    return text;
  }
}

/** The value in the row's data or in the item, null where it is not set. */
export function keptValue(data: JsonObject, { path }: Pick<DeviceField, 'path'>): Json {
  return path.reduce<Json>((value, key) => (isJsonObject(value) ? (value[key] ?? null) : null), data);
}

export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return canonicalJson(one ?? null) === canonicalJson(other ?? null);
}

/** The data with these fields as the document has them. A group of which nothing is set is not there. */
export function withSent(data: JsonObject, document: JsonObject, fields: readonly DeviceField[]): JsonObject {
  const made: Record<string, Json> = { ...data };
  const groups: Record<string, Record<string, Json>> = {};
  for (const field of fields) {
    const [head, member] = field.path;
    const value = sentValue(document, field) ?? null;
    if (member === undefined) made[head!] = value;
    else {
      const before = data[head!];
      groups[head!] ??= isJsonObject(before) ? { ...before } : {};
      groups[head!]![member] = value;
    }
  }
  for (const [head, members] of Object.entries(groups)) {
    made[head] = Object.values(members).every((value) => value === null) ? null : members;
  }
  return made;
}

/** JSON that is none, by its place in the document. */
export function findTextFaults(document: JsonObject, fields: readonly DeviceField[]): readonly Fault[] {
  return fields
    .filter((field) => field.kind === 'document' && typeof sentValue(document, field) === 'string')
    .map(({ name }) => ({
      pointer: `/${name}`,
      message: 'must be JSON in a string, without U+0000 and not nested more than 64 deep',
    }));
}

export function checkTexts(document: JsonObject, fields: readonly DeviceField[]): void {
  const faults = findTextFaults(document, fields);
  if (faults.length > 0) throw invalidInput(faults);
}
