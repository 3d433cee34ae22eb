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

test('an operation may have as many aliases as the limit, those of a fragment as often as it is spread', () => {
  const { aliases } = operationLimits;
  const named = (count: number) => `{ again { ${Array.from({ length: count }, (_, i) => `f${i}: name`).join(' ')} } }`;
  expect(refusals(named(aliases))).toEqual([]);
  expect(refusals(named(aliases + 1))).toEqual([
    `An operation may have ${aliases} aliases, this one has ${aliases + 1}.`,
  ]);
  const spread = 'a: again { ...more } b: again { ...more }';
  expect(refusals(`{ ${spread} } fragment more on Query ${named(aliases / 2)}`)).toEqual([
    `An operation may have ${aliases} aliases, this one has ${aliases + 2}.`,
  ]);
});

test('an operation may have as many directives as the limit, wherever they stand', () => {
  const { directives } = operationLimits;
  const chosen = (count: number) => `{ again { ${'name @include(if: true) '.repeat(count)} } }`;
  expect(refusals(chosen(directives))).toEqual([]);
  const message = `An operation may have ${directives} directives, this one has ${directives + 1}.`;
  expect(refusals(chosen(directives + 1))).toEqual([message]);
  expect(refusals(`query @x ${chosen(directives)}`)).toEqual([message]);
  const fragment = `fragment more on Query ${chosen(directives)}`;
  expect(refusals(`{ ...more @include(if: true) } ${fragment}`)).toEqual([message]);
  expect(refusals(`{ ... on Query @include(if: true) ${chosen(directives)} }`)).toEqual([message]);
});

test('introspection counts as a root and is measured no further', () => {
  const { depth } = operationLimits;
  const nested = `${'ofType { '.repeat(depth)} name ${'} '.repeat(depth)}`;
  expect(refusals(`{ __type(name: "Query") { ${nested} } }`)).toEqual([]);
});

test('fragments that double with each level are measured at once, and a circle of them ends', () => {
  const levels = Array.from({ length: 40 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(
    ' ',
  );
  expect(refusals(`{ ...f0 } ${levels} fragment f40 on Query { name }`)).toEqual([
    `An operation may have ${operationLimits.rootFields} root fields, this one has ${2 ** 40}.`,
  ]);
  expect(refusals(`{ ...f0 } ${levels} fragment f40 on Query { again { ...f0 } }`)).toHaveLength(1);
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
