import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../../src/http/json-fault.ts';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('a fault in JSON is found', () => {
  it.each([
    ['{"a": 1,}', 1, 9, 'a key in double quotes', '"}"'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, "',' or '}'", '"\\""'],
    ['[1, 2', 1, 6, "',' or ']'", 'the end of the text'],
    ['[1,]', 1, 4, 'a value', '"]"'],
    ["{'a': 1}", 1, 2, "a key in double quotes or '}'", '"\'"'],
    ['{"a" 1}', 1, 6, "':'", '"1"'],
    ['{"a": undefined}', 1, 7, 'a value', '"u"'],
    ['NaN', 1, 1, 'a value', '"N"'],
    ['{} {}', 1, 4, 'the end of the text', '"{"'],
    ['"😀" x', 1, 5, 'the end of the text', '"x"'],
    ['01', 1, 2, 'the end of the text', '"1"'],
    ['-', 1, 2, 'a digit', 'the end of the text'],
    ['1.', 1, 3, 'a digit', 'the end of the text'],
    ['1e+x', 1, 4, 'a digit', '"x"'],
    ['"a\nb"', 1, 3, 'control characters in a string to be escaped', '"\\n"'],
    ['"\\x"', 1, 3, 'one of " \\ / b f n r t u behind the backslash', '"x"'],
    ['"\\u12g4"', 1, 6, 'four hexadecimal digits', '"g"'],
    ['"abc', 1, 5, "the closing '\"' of a string", 'the end of the text'],
    ['', 1, 1, 'a value', 'the end of the text'],
  ])('in %j', (text, line, column, expected, got) => {
    expect(parses(text)).toBe(false);
    expect(findJsonFault(text)).toEqual({ line, column, expected, got });
  });

  it('at the end of a text that nests a million deep', () => {
    expect(findJsonFault('['.repeat(1_000_000))?.column).toBe(1_000_001);
  });

  it('at the end of a string of many millions of characters', () => {
    expect(findJsonFault(`"${'x'.repeat(16_000_000)}`)?.column).toBe(16_000_002);
  });
});

it('a fault is found exactly in what JSON.parse refuses', () => {
  const broken = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.constantFrom('', ',', '"', '}', ']', '0', '-', '\\', 'e', '.', '\n'),
    )
    .map(([text, at, gone, put]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + put + text.slice(start + gone);
    });
  const jumble = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\0-1.eE+tu '), maxLength: 12 });
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken, jumble), (text) => (findJsonFault(text) === null) === parses(text)),
    { numRuns: 3_000 },
  );
});
