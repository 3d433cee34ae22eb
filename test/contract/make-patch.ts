/** A patch of a row: some of its attributes become what a create could have given them. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/json.ts';
import type { Description, Operation, Schema } from './description.ts';
import type { GenerateValue } from './generate-value.ts';

export type MakePatch = (operation: Operation, row: JsonObject, g: fc.GeneratorValue) => Json;

export function makeMakePatch({ follow, faultsOf }: Description, generate: GenerateValue): MakePatch {
  return (operation, row, g) => {
    const input = { $ref: `${rowOf(operation)}Input` };
    const { properties } = follow<JsonObject>(input) as { readonly properties: Readonly<Record<string, JsonObject>> };
    const own = Object.entries(row['data'] as JsonObject).filter(([name]) => properties[name] !== undefined);
    const given = generate(input, g) as JsonObject;
    const operations: Json[] = [];
    let data: JsonObject = Object.fromEntries(own);
    for (const [name, value] of Object.entries(given)) {
      // What a row refers to is what makes it that row, and what has a default may be what it cannot do without.
      const { default: fallback, ...schema } = properties[name]!;
      if (schema['x-reference'] !== undefined || (value === null && fallback !== undefined) || !g(fc.boolean)) continue;
      const changed = { ...data, [name]: value };
      if (faultsOf(input, changed).length > 0) continue;
      data = changed;
      operations.push({
        op: g(fc.constantFrom, 'add', 'replace'),
        path: `${g(fc.constantFrom, '', '/data')}/${name}`,
        value,
      });
    }
    const [[name, value]] = own as [(typeof own)[number]];
    return operations.length > 0 ? operations : [{ op: 'test', path: `/${name}`, value: value! }];
  };
}

/** The schema of the rows that an operation answers with, one or many. */
function rowOf({ responses }: Operation): string {
  const { $ref } = responses['200']!.content!['application/json']!.schema as Exclude<Schema, boolean>;
  return ($ref as string).replace(/Page$/, '');
}
