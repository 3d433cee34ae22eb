import { buildSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { makeOperations } from '../../../src/graphql/operations.ts';

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
