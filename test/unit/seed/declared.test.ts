/**
 * The seeds agree with the declarations: a row that one of them could not have written fails here, before a database is
 * started. Everything that only a transaction knows (is the reference visible?) is left to the write path's own tests.
 */
import { readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { makeDemo } from '../../../seed/demo.ts';
import { makeLarge } from '../../../seed/large.ts';
import type { SeedRow, SeedStep } from '../../../seed/seed-step.ts';
import type { Field } from '../../../src/fields/field.ts';
import { isJsonObject, type Json } from '../../../src/json.ts';
import type { Declaration } from '../../../src/resource.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);

const folder = new URL('../../../src/resources/', import.meta.url);
const declarations = new Map<string, Declaration>();
for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'index.ts')) {
  const exported = Object.values((await import(new URL(file, folder).href)) as Record<string, unknown>);
  for (const value of exported) {
    const declaration = value as Declaration;
    if (typeof declaration.name === 'string' && declaration.fields !== undefined) {
      declarations.set(declaration.name, declaration);
    }
  }
}

/** What is wrong with a value of a declared field, in words. */
function faultsOf(field: Field | undefined, value: Json, place: string): string[] {
  if (field === undefined) return [`${place} is not declared`];
  if (field.storage === 'column') {
    return ajv.validate(field.schema, value) ? [] : [`${place}: ${ajv.errorsText()} (${JSON.stringify(value)})`];
  }
  if (field.storage === 'rows') {
    const items = value as readonly Json[];
    const keys = items.map((item) => (field.bare ? item : isJsonObject(item) && item[field.key]));
    const twice = new Set(keys).size === keys.length ? [] : [`${place} repeats a ${field.key}`];
    const faults = items.flatMap((item) =>
      field.bare
        ? faultsOf(field.members[field.key], item, place)
        : membersOf(field.members, field.required, item, place),
    );
    return [...twice, ...faults];
  }
  return membersOf(field.members, field.required, value, place);
}

function membersOf(
  fields: Readonly<Record<string, Field>>,
  required: readonly string[],
  value: Json,
  place: string,
): string[] {
  if (!isJsonObject(value)) return [`${place} is not an object`];
  const missing = required.filter((name) => value[name] === undefined).map((name) => `${place}/${name} is missing`);
  return [
    ...missing,
    ...Object.entries(value).flatMap(([name, inner]) => faultsOf(fields[name], inner, `${place}/${name}`)),
  ];
}

function faultsIn(resource: string, rows: readonly SeedRow[]): string[] {
  const declaration = declarations.get(resource);
  if (declaration === undefined) return [`${resource} is not declared`];
  return rows.flatMap(({ data }) => [
    ...membersOf(declaration.fields, declaration.required, data, resource),
    ...(declaration.hooks?.validate?.(data, null) ?? []).map(
      ({ pointer, message }) => `${resource}${pointer} ${message}`,
    ),
  ]);
}

const demo = [...makeDemo({ today: '2026-03-29' })];

test('every row of the demo is as its declaration allows', () => {
  expect(new Set(demo.flatMap(({ resource, rows }) => faultsIn(resource, rows)))).toEqual(new Set());
});

test('every row of the benchmark seed is as its declaration allows', () => {
  const { setup, tables } = makeLarge({ contacts: 100, interactions: 400, today: '2026-03-29' });
  const steps: Pick<SeedStep, 'resource' | 'rows'>[] = [
    ...setup(),
    ...tables.map(({ resource, count, rowAt }) => ({
      resource,
      rows: Array.from({ length: count }, (_, index) => rowAt(index)),
    })),
  ];
  expect(new Set(steps.flatMap(({ resource, rows }) => faultsIn(resource, rows)))).toEqual(new Set());
});

test('no row of the demo answers to the unique key of another', () => {
  const repeated: string[] = [];
  const seen = new Set<string>();
  for (const { customerId, resource, rows } of demo) {
    const { unique = [], hidden = {} } = declarations.get(resource)!;
    for (const { data, securityGroupId } of rows) {
      unique.forEach(({ of, within }, index) => {
        const parts = of.map((name) => hidden[name]?.from?.(data) ?? data[name] ?? null);
        const key = JSON.stringify([customerId, resource, index, within === 'group' && securityGroupId, parts]);
        if (!parts.includes(null) && seen.has(key)) repeated.push(key);
        seen.add(key);
      });
    }
  }
  expect(repeated).toEqual([]);
});
