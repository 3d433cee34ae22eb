import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { limitOperation, operationLimits } from '../../../src/graphql/operation-limits.ts';
import { checkPage } from '../../../src/graphql/selection/check-page.ts';

const schema = buildSchema('type Query { again: Query, name: String }');
const refusals = (text: string) => validate(schema, parse(text), [limitOperation]).map(({ message }) => message);
const deep = (depth: number): string => (depth === 1 ? '{ name }' : `{ again ${deep(depth - 1)} }`);

test('an operation may be as deep as the limit and not deeper', () => {
  const { depth } = operationLimits;
  expect(refusals(deep(depth))).toEqual([]);
  expect(refusals(deep(depth + 1))).toEqual([`An operation may be ${depth} fields deep, this one is ${depth + 1}.`]);
});

test('fragments count where they are spread', () => {
  const inner = deep(operationLimits.depth);
  expect(refusals(`{ again { ...inner } } fragment inner on Query ${inner}`)).toHaveLength(1);
  expect(refusals(`{ again { ... on Query ${inner} } }`)).toHaveLength(1);
});

test('an operation may have as many root fields as the limit, aliases and fragments included', () => {
  const { rootFields } = operationLimits;
  const fields = (count: number) => Array.from({ length: count }, (_, index) => `f${index}: name`).join(' ');
  expect(refusals(`{ ${fields(rootFields)} }`)).toEqual([]);
  expect(refusals(`{ ${fields(rootFields)} ...more } fragment more on Query { name }`)).toEqual([
    `An operation may have ${rootFields} root fields, this one has ${rootFields + 1}.`,
  ]);
});

test('a page out of bounds is refused with the bounds', () => {
  const page = (limit: number | null, skip: number | null) => () => checkPage({ limit, skip, after: null });
  expect(page(null, null)()).toEqual({ limit: 100, skip: 0, after: null });
  expect(page(1000, 3)()).toEqual({ limit: 1000, skip: 3, after: null });
  expect(page(0, null)()).toMatchObject({ limit: 0 });
  expect(page(1001, null)).toThrow('limit: expected 0 to 1000, found 1001');
  expect(page(-1, null)).toThrow('limit: expected 0 to 1000, found -1');
  expect(page(null, -1)).toThrow('skip: expected 0 or more, found -1');
});
