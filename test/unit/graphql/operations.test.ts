import { buildSchema, type DocumentNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { makeOperations } from '../../../src/graphql/operations.ts';
import { makeGraphqlSchema } from '../../../src/graphql/schema/schema.ts';
import { makeModel } from '../../../src/model.ts';
import { declarations } from '../../../src/resources/index.ts';

const remember = (count: number, textOf: (index: number) => string): number => {
  const operations = makeOperations(buildSchema('type Query { sum(of: [Int!]): Int }'));
  const texts = Array.from({ length: count }, (_, index) => textOf(index));
  for (const text of texts) operations.remember(text, parse(text));
  expect(operations.find(texts.at(-1)!)).toBeDefined();
  return texts.filter((text) => operations.find(text) !== undefined).length;
};

test('a thousand operations of the usual size are known at once', () => {
  const fields = Array.from({ length: 60 }, (_, index) => `field${index}: sum`).join(' ');
  expect(remember(1_000, (index) => `query Operation${index} { ${fields} }`)).toBe(1_000);
});

test('of operations with thousands of tokens a few are known, however short their texts are', () => {
  const ones = '1 '.repeat(9_000);
  expect(remember(60, (index) => `query Operation${index} { sum(of: [${ones}]) }`)).toBeLessThan(40);
});

const asked = makeOperations(makeGraphqlSchema(makeModel(declarations)));
const [byIds, byText] = ['filter: { externalId: { in: $of } }', 'where: $of'].map((argument, index) =>
  parse(`query ($of: ${['[String!]', 'String'][index]}) { contacts(${argument}) { nodes { id } } }`),
);
const ask = (document: DocumentNode | undefined, of: unknown) => asked.ask(document!, { variables: { of } });

test('lists of values, and filters that compare the same attributes, are one question with other values', () => {
  const [one, other] = [ask(byIds, ['V1']), ask(byIds, ['V2', 'V3'])];
  expect(other?.roots).toBe(one?.roots);
  expect([one?.given, other?.given]).toEqual([{ of: ['V1'] }, { of: ['V2', 'V3'] }]);
  const [first, second] = [ask(byText, '/data/notes eq "a"'), ask(byText, 'data/notes  eq "b"')];
  expect(second?.roots).toBe(first?.roots);
  expect(Object.values(second?.given ?? {})).toEqual(['b']);
});

test('a filter that compares otherwise, one with nil and an empty one are questions of their own', () => {
  const questions = [
    '/data/notes eq "a"',
    '/data/notes neq "a"',
    '/data/notes in ["a", nil]',
    '',
    '/data/externalId eq "a"',
  ];
  const roots = questions.map((text) => ask(byText, text)?.roots);
  expect(roots).not.toContain(undefined);
  expect(new Set(roots).size).toBe(questions.length);
});
