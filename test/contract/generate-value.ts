/**
 * Values that satisfy a schema, from the schema alone. Ids of rows come from fixtures, by `x-reference`; the place in
 * the innermost array decides which row, so that the rows of one item belong together.
 */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/json.ts';
import type { Description, Schema } from './description.ts';
import { mergeSchemas } from './merge-schemas.ts';
import { leftOut } from './unsayable.ts';

export interface Fixtures {
  /** The id of the row at that place among those of the resource. */
  readonly reference: (resource: string, place: number) => string;
  /** Attributes of the resource, for `x-pointer`. */
  readonly pointers: (resource: string) => readonly string[];
}

export type GenerateValue = (schema: Schema, g: fc.GeneratorValue) => Json;

/** What is not sayable in a schema as a whole is met by trying again. */
const tries = 200;

export function makeGenerateValue({ follow, faultsOf }: Description, fixtures: Fixtures): GenerateValue {
  return (schema, g) => {
    let faults: readonly string[] = [];
    for (let attempt = 0; attempt < tries; attempt++) {
      const value = generate(schema, 0);
      faults = faultsOf(schema, value);
      if (faults.length === 0) return value;
    }
    throw new Error(`Nothing satisfies ${JSON.stringify(schema).slice(0, 500)}: ${faults.join('; ')}`);

    function generate(given: Schema, place: number): Json {
      if (typeof given === 'boolean') return null;
      const { allOf = [], oneOf, anyOf, ...own } = follow(given);
      const conditions = (allOf as readonly JsonObject[]).map(follow);
      const whole = conditions.filter((each) => each['if'] === undefined).reduce(mergeSchemas, own);
      const ways = (oneOf ?? anyOf ?? whole['oneOf'] ?? whole['anyOf']) as readonly JsonObject[] | undefined;
      if (ways !== undefined) {
        const { oneOf: _, anyOf: __, ...rest } = whole;
        return repair(generate(mergeSchemas(rest, follow(pick(ways))), place), rest, conditions, place);
      }
      return repair(generatePlain(whole, place), whole, conditions, place);
    }

    /** Makes anew what a condition says more of. */
    function repair(value: Json, schema: JsonObject, conditions: readonly JsonObject[], place: number): Json {
      const all = schema['if'] === undefined ? conditions : [...conditions, schema];
      let repaired = value;
      for (const { if: when, then = {}, else: otherwise = {} } of all) {
        if (when === undefined) continue;
        const asked = (faultsOf(when as Schema, repaired).length === 0 ? then : otherwise) as JsonObject;
        if (faultsOf(asked, repaired).length === 0) continue;
        const { if: _, then: __, else: ___, ...rest } = schema;
        const { properties } = mergeSchemas(rest, asked) as { readonly properties: Readonly<Record<string, Schema>> };
        const names = [
          ...Object.keys((asked['properties'] ?? {}) as object),
          ...((asked['required'] ?? []) as string[]),
        ];
        const anew = names.map((name) => [name, generate(properties[name]!, place)] as const);
        repaired = { ...(repaired as JsonObject), ...Object.fromEntries(anew) };
      }
      return repaired;
    }

    function generatePlain(schema: JsonObject, place: number): Json {
      if (schema['const'] !== undefined) return schema['const'];
      if (schema['enum'] !== undefined) return pick(schema['enum'] as readonly Json[]);
      switch (pick([schema['type'] ?? 'string'].flat())) {
        case 'null':
          return null;
        case 'boolean':
          return g(fc.boolean);
        case 'integer':
          return g(fc.integer, bounds(schema));
        case 'number':
          return g(fc.double, { ...bounds(schema), noNaN: true });
        case 'array':
          return generateArray(schema, place);
        case 'object':
          return generateObject(schema, place);
        default:
          return generateText(schema, place);
      }
    }

    function generateArray(schema: JsonObject, place: number): Json {
      const { prefixItems = [], items = {}, minItems = 0, maxItems = 3, uniqueItems } = schema;
      const first = (prefixItems as readonly Schema[]).map((each) => generate(each, place));
      if (first.length > 0) return first;
      const least = minItems as number;
      const length = g(fc.integer, { min: least, max: Math.min(maxItems as number, least + 2) });
      const all = Array.from({ length }, (_, index) => generate(items as Schema, index));
      const key = schema['x-key'];
      if (uniqueItems !== true && key === undefined) return all;
      const keyed = all.map((item) => [key === undefined ? item : (item as JsonObject)[key as string]!, item] as const);
      return [...new Map(keyed).values()];
    }

    function generateObject(schema: JsonObject, place: number): Json {
      const { properties = {}, required = [], additionalProperties = false, propertyNames = {} } = schema;
      const wanted = Object.entries(properties as Readonly<Record<string, Schema>>).filter(
        ([name]) => (required as readonly Json[]).includes(name) || (!leftOut.includes(name) && g(fc.boolean)),
      );
      const members = wanted.map(([name, inner]) => [name, generate(inner, place)] as const);
      if (additionalProperties === false || Object.keys(properties as object).length > 0) {
        return Object.fromEntries(members);
      }
      const names = {
        minLength: 1,
        maxLength: 8,
        pattern: '^[a-z]+$',
        type: 'string',
        ...(propertyNames as JsonObject),
      };
      const more = Array.from({ length: g(fc.integer, { min: 0, max: 2 }) }, (_, index) => {
        return [generateText(names, index) as string, generate(additionalProperties as Schema, place)] as const;
      });
      return Object.fromEntries(more);
    }

    function generateText(schema: JsonObject, place: number): Json {
      const { format, pattern, minLength = 0, maxLength = 20 } = schema;
      if (schema['x-reference'] !== undefined) return fixtures.reference(schema['x-reference'] as string, place);
      if (schema['x-unique'] !== undefined && format === undefined) return g(fc.uuid);
      if (schema['x-pointer'] !== undefined) return pick(fixtures.pointers(schema['x-pointer'] as string));
      if (typeof format === 'string') return g(formats[format] ?? unknownFormat(format));
      if (typeof pattern === 'string') return g(matching, pattern);
      const [min, max] = [minLength as number, Math.min(maxLength as number, (minLength as number) + 20)];
      return g(fc.string, { minLength: min, maxLength: max, unit: 'grapheme' });
    }

    function pick<T>(list: readonly T[]): T {
      return list[g(fc.nat, list.length - 1)]!;
    }
  };
}

function bounds({ minimum = -1_000_000, maximum = 1_000_000 }: JsonObject): { min: number; max: number } {
  return { min: minimum as number, max: maximum as number };
}

/** By its text, because fast-check takes all regular expressions for the same argument. */
const matching = (pattern: string): fc.Arbitrary<string> => fc.stringMatching(new RegExp(pattern));

const moment = (): fc.Arbitrary<Date> =>
  fc.date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2050-01-01T00:00:00Z'), noInvalidDate: true });

const formats: Readonly<Record<string, () => fc.Arbitrary<string>>> = {
  uuid: () => fc.uuid(),
  date: () => moment().map((date) => date.toISOString().slice(0, 10)),
  'date-time': () => moment().map((date) => date.toISOString()),
  'time-zone': () => fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata'),
  email: () => fc.uuid().map((name) => `${name}@doorstep.example`),
};

function unknownFormat(format: string): never {
  throw new Error(`Nobody has said how to make a ${format}`);
}
