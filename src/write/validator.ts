/**
 * Whether data may be stored, by the JSON Schema that follows from its declaration. It also brings values into the one
 * form in which they are kept: timestamps in UTC, ids in lower case, attributes that are not set left null.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Field, LeafField } from '../fields/field.ts';
import { orNull } from '../fields/schema.ts';
import { parseDate, parseTimestamp } from '../filter/calendar.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { checkJson, hasMoreValues } from '../json-limits.ts';
import type { Resource } from '../model.ts';
import type { Fault } from '../problem.ts';
import { isTimeZone } from '../time-zone.ts';
import { isUuid } from '../uuid.ts';
import { explain } from './explain.ts';

export interface Validator {
  /** Faults by pointer into the data; empty when it may be stored. */
  check(resource: Resource, data: JsonObject): readonly Fault[];
  /** The same data in the form in which it is kept, every declared attribute present, without defaults. */
  normalise(resource: Resource, data: JsonObject): JsonObject;
  /** Defaults for what was not given; for creates only, since a patch may take a value away on purpose. */
  fillDefaults(resource: Resource, data: JsonObject): JsonObject;
}

/** Of data that is told all its faults at once; larger data is told the first. */
const mostValues = 200;

/** What a person would call an address: RFC 5321's limits, and something on both sides of the @. */
const email = /^[^\s@]{1,64}@[^\s@]{1,255}$/;

export function makeValidator(): Validator {
  const get = makeCompiled({ allErrors: true });
  const getQuick = makeCompiled({ allErrors: false });
  return {
    check(resource, data) {
      const limits = checkJson(data);
      if (limits.length > 0) return limits;
      // Every item of an array may be wrong several times over, and each fault costs more than the item.
      const validate = hasMoreValues(data, mostValues) ? getQuick(resource) : get(resource);
      // Ajv fills in the defaults inside documents, so it gets a copy of its own.
      return validate(structuredClone(data)) ? [] : faultsOf(validate.errors ?? []);
    },
    normalise: (resource, data) =>
      mapFields(resource, (name, field) => {
        const value = data[name];
        return value === undefined || value === null ? null : normaliseField(field, value);
      }),
    fillDefaults(resource, data) {
      const whole = mapFields(resource, (name, field) => fillField(field, data[name] ?? null));
      // Ajv writes into documents, and these are still the caller's, who may send the same body again.
      const filled = structuredClone(whole);
      get(resource)(filled);
      return filled;
    },
  };

  function mapFields(resource: Resource, map: (name: string, field: Field) => Json): JsonObject {
    return Object.fromEntries(
      Object.entries(resource.declaration.fields).map(([name, field]) => [name, map(name, field)]),
    );
  }
}

function makeCompiled({ allErrors }: { readonly allErrors: boolean }): (resource: Resource) => ValidateFunction {
  const ajv = new Ajv({ allErrors, strict: false, useDefaults: true, verbose: true });
  ajv.addFormat('uuid', isUuid);
  ajv.addFormat('email', email);
  ajv.addFormat('time-zone', isTimeZone);
  ajv.addFormat('date', (text) => parseDate(text) !== null);
  ajv.addFormat('date-time', (text) => text.length > 10 && parseTimestamp(text) !== null);
  const compiled = new Map<string, ValidateFunction>();
  return (resource) => {
    const known = compiled.get(resource.name) ?? ajv.compile(dataSchema(resource));
    compiled.set(resource.name, known);
    return known;
  };
}

/** The JSON Schema of a resource's data; what is not required may be null. */
export function dataSchema({ declaration }: Resource): JsonObject {
  const properties = Object.fromEntries(
    Object.entries(declaration.fields).map(([name, field]) => {
      const schema = fieldSchema(field);
      return [name, declaration.required.includes(name) ? schema : orNull(schema)];
    }),
  );
  return { type: 'object', properties, required: declaration.required, additionalProperties: false };
}

function fieldSchema(field: Field): JsonObject {
  if (field.storage === 'column') return field.schema;
  const properties = Object.fromEntries(
    Object.entries(field.members).map(([name, member]) => [
      name,
      field.required.includes(name) ? member.schema : orNull(member.schema),
    ]),
  );
  const object = { type: 'object', properties, required: field.required, additionalProperties: false };
  if (field.storage === 'group') return object;
  const items = field.bare ? field.members[field.key]!.schema : object;
  return { type: 'array', items, minItems: field.minItems, maxItems: 10_000 };
}

function faultsOf(errors: readonly ErrorObject[]): readonly Fault[] {
  const faults = errors.flatMap(explain);
  // Alternatives of one value complain one by one; one sentence for each place is enough.
  return [...new Map(faults.map((fault) => [fault.pointer, fault])).values()];
}

function normaliseField(field: Field, value: Json): Json {
  if (field.storage === 'column') return normaliseLeaf(field, value);
  const members = (item: Json): Json =>
    isJsonObject(item)
      ? Object.fromEntries(
          Object.entries(field.members).map(([name, member]) => {
            const inner = item[name];
            return [name, inner === undefined || inner === null ? null : normaliseLeaf(member, inner)];
          }),
        )
      : item;
  if (field.storage === 'group') return members(value);
  if (!Array.isArray(value)) return value;
  return value.map((item: Json) => (field.bare ? normaliseLeaf(field.members[field.key]!, item) : members(item)));
}

function normaliseLeaf(field: LeafField, value: Json): Json {
  if (typeof value !== 'string') return value;
  if (field.kind === 'timestamp') return parseTimestamp(value) ?? value;
  return field.kind === 'reference' ? value.toLowerCase() : value;
}

function fillField(field: Field, value: Json): Json {
  if (field.storage !== 'group') return value ?? field.default ?? null;
  // A group that must hold something is not made up from the defaults of the rest.
  if (value === null && field.required.length > 0) return null;
  const given = isJsonObject(value) ? value : {};
  const filled = Object.entries(field.members).map(
    ([name, member]) => [name, given[name] ?? member.default ?? null] as const,
  );
  return value === null && filled.every(([, member]) => member === null) ? null : Object.fromEntries(filled);
}
