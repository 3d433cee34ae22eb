import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../src/filter/parse.ts';
import { Problem } from '../../../src/problem.ts';
import { problemOf } from '../problem-of.ts';
import { withoutPlaces } from './without-places.ts';

function read(text: string): unknown {
  return withoutPlaces(parseFilter(text));
}

function comparison(operator: string, value: unknown): unknown {
  return { kind: 'compare', pointer: ['data', 'x'], operator, value };
}

describe('a comparison', () => {
  test.each([
    ['/data/x eq "bar"', comparison('eq', 'bar')],
    ['data/x eq "bar"', comparison('eq', 'bar')],
    ['  /data/x\n\teq\r\n"bar"  ', comparison('eq', 'bar')],
    ['/data/x EQ "bar"', comparison('eq', 'bar')],
    ['/data/x eq "say \\"hi\\" \\u00e9\\n"', comparison('eq', 'say "hi" é\n')],
    ['/data/x eq "and or not ( [ , /data/y"', comparison('eq', 'and or not ( [ , /data/y')],
    ['/data/x eq -1.5e-3', comparison('eq', -0.0015)],
    ['/data/x eq -0', comparison('eq', 0)],
    ['/data/x neq true', comparison('neq', true)],
    ['/data/x neq False', comparison('neq', false)],
    ['/data/x eq nil', comparison('eq', null)],
    ['/data/x eq null', comparison('eq', null)],
    ['/data/x in [42,"bar"]', comparison('in', [42, 'bar'])],
    ['/data/x nin [ nil , true ]', comparison('nin', [null, true])],
    ['/data/x in []', comparison('in', [])],
    ['/data/x between 0,42', comparison('between', [0, 42])],
    ['/data/x between "a" , "b"', comparison('between', ['a', 'b'])],
    ['/data/x between [0,42]', comparison('between', [0, 42])],
    ['/data/x like "a**b***"', comparison('like', 'a*b*')],
  ])('%s', (text, tree) => {
    expect(read(text)).toEqual(tree);
  });

  test('may be with another pointer, which has its slash', () => {
    expect(read('foo in /bar')).toEqual({ kind: 'compare-pointers', pointer: ['foo'], operator: 'in', other: ['bar'] });
  });

  test.each([
    [
      '/data/fields/0190b7a4-6f1e-7c3a-9d55-2f0c8f6b1e20 eq 1',
      ['data', 'fields', '0190b7a4-6f1e-7c3a-9d55-2f0c8f6b1e20'],
    ],
    ['/and/or/not eq 1', ['and', 'or', 'not']],
    ['in eq 1', ['in']],
    ['/a.b-c_d~0~1e/1 eq 1', ['a.b-c_d~/e', '1']],
    ['/data/straße eq 1', ['data', 'straße']],
    ['#/data/a%20b%2Cc/%28d%29 eq 1', ['data', 'a b,c', '(d)']],
    ['/data// eq 1', ['data', '', '']],
  ])('%s has a pointer with the segments %j', (text, pointer) => {
    expect(read(text)).toMatchObject({ pointer });
  });
});

describe('precedence', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ kind: 'compare', pointer: [name], operator: 'eq', value: 1 }));
  test.each([
    ['a eq 1 or b eq 1 and c eq 1', { kind: 'or', of: [a, { kind: 'and', of: [b, c] }] }],
    ['a eq 1 and b eq 1 or c eq 1', { kind: 'or', of: [{ kind: 'and', of: [a, b] }, c] }],
    ['(a eq 1 or b eq 1) and c eq 1', { kind: 'and', of: [{ kind: 'or', of: [a, b] }, c] }],
    ['not a eq 1 and b eq 1', { kind: 'and', of: [{ kind: 'not', of: a }, b] }],
    ['not (a eq 1 and b eq 1)', { kind: 'not', of: { kind: 'and', of: [a, b] } }],
    ['NOT not((a eq 1))', { kind: 'not', of: { kind: 'not', of: a } }],
    ['a eq 1 AND b eq 1 And c eq 1', { kind: 'and', of: [a, b, c] }],
  ])('%s', (text, tree) => {
    expect(read(text)).toEqual(tree);
  });
});

describe('what cannot be read is pointed at', () => {
  test.each([
    ['', 1, 'Expected a pointer such as /data/campaignId, but the filter ends here'],
    ['/a', 3, 'Expected an operator'],
    ['/a eq', 6, 'Expected a value, but the filter ends here'],
    ['/a = 1', 4, '(here = is written eq)'],
    ['/a foo 1', 4, 'but found foo'],
    ["/a eq 'x'", 7, 'text stands in double quotes'],
    ['/a eq x', 7, 'a pointer on this side begins with a slash'],
    ['/a eq 01', 7, 'numbers are written as in JSON'],
    ['/a eq "x', 7, 'no closing double quote'],
    ['/a eq "\\x"', 7, 'JSON escapes'],
    ['/a eq 1 /b', 9, 'Expected and, or, or the end of the filter'],
    ['/a eq 1 and', 12, 'but the filter ends here'],
    ['/a eq 1 and or /b eq 1', 13, 'but found or'],
    ['(/a eq 1', 1, 'never closed'],
    ['/a eq 1)', 8, 'never opened'],
    ['/a in 1', 7, 'Expected an array'],
    ['/a in [1', 7, 'never closed'],
    ['/a in [1 2]', 10, 'Expected a comma or ]'],
    ['/a in [[1]]', 8, 'arrays do not stand inside arrays'],
    ['/a eq [1]', 7, 'eq takes one value'],
    ['/a between 1', 13, 'Expected a comma'],
    ['/a between /b', 12, 'between takes a pair'],
    ['/a between [1,2,3]', 12, 'not 3 values'],
    ['/a like 5', 9, 'like takes a pattern'],
    ['/a like /b', 9, 'like takes a pattern'],
    ['/a~2 eq 1', 1, '~ is followed by 0 or 1'],
    ['#/a%zz eq 1', 1, '% is followed by two hexadecimal digits'],
    ['/a eq 9007199254740993', 7, 'cannot be kept exactly'],
    ['/a eq 1e999', 7, 'is not a finite number'],
    ['/a in [1,"\\u0000"]', 10, 'U+0000'],
    ['/a eq "\\ud800"', 7, 'half of a surrogate pair'],
  ])('%s', (text, column, message) => {
    const problem = problemOf(() => parseFilter(text));
    expect(problem.code).toBe('INVALID_FILTER');
    expect(problem.detail).toContain(`Line 1, column ${column}: `);
    expect(problem.detail).toContain(message);
  });

  test('by a caret below the words, on their own line', () => {
    const { detail } = problemOf(() => parseFilter('/data/emoji eq "😀" and\n\t/data/x = 5'));
    expect(detail.split('\n').slice(1)).toEqual([' /data/x = 5', '         ^']);
    expect(detail).toMatch(/^Line 2, column 10: /);
  });

  test('by characters, not by UTF-16 units', () => {
    const { detail } = problemOf(() => parseFilter('/a eq "😀😀" oder /b eq 1'));
    expect(detail.split('\n').slice(1)).toEqual(['/a eq "😀😀" oder /b eq 1', '           ^^^^']);
  });

  test('in a window where the line is long', () => {
    const many = '/data/x eq 1 and '.repeat(20);
    const [, line = '', carets = ''] = problemOf(() =>
      parseFilter(`${many}/data/y = 1 and ${many}/z eq 1`),
    ).detail.split('\n');
    expect(line.length).toBeLessThan(80);
    expect(line).toMatch(/^….*…$/);
    expect(line.slice(carets.indexOf('^'), carets.length)).toBe('=');
  });
});

describe('limits', () => {
  const both = (accepted: string, refused: string, message: string): void => {
    expect(() => parseFilter(accepted)).not.toThrow();
    expect(problemOf(() => parseFilter(refused)).detail).toContain(message);
  };

  test('a filter has 8,192 characters', () => {
    const fill = (length: number): string => `/a eq "${'x'.repeat(length - 8)}"`;
    both(fill(8192), fill(8193), 'A filter may have 8192 characters, this one has 8193');
  });

  test('256 comparisons', () => {
    const fill = (count: number): string => Array(count).fill('/a eq 1').join(' or ');
    both(fill(256), fill(257), '256 comparisons');
  });

  test('64 levels, and four thousand are refused in the same words', () => {
    const fill = (depth: number): string => `${'('.repeat(depth)}/a eq 1${')'.repeat(depth)}`;
    both(fill(64), fill(65), 'nested 64 deep');
    both('not '.repeat(64) + '/a eq 1', 'not '.repeat(2000) + '/a eq 1', 'nested 64 deep');
    expect(problemOf(() => parseFilter('('.repeat(4000))).detail).toContain('nested 64 deep');
  });

  test('1,000 values in a list', () => {
    const fill = (count: number): string => `/a in [${Array(count).fill('1').join()}]`;
    both(fill(1000), fill(1001), 'in takes 1000 values, not 1001');
  });

  test('8 stars in a pattern, a run of them counted once', () => {
    both(`/a like "${'*a**'.repeat(4)}"`, `/a like "${'*a'.repeat(9)}"`, 'like takes 8 stars, not 9');
  });
});

test('whatever the text, it is a filter or a Problem', () => {
  const word = fc.constantFrom(
    ...['/a', 'b', 'and', 'or', 'not', 'eq', 'in', 'between', 'like', '(', ')', '[', ']', ',', '"x"', '"', '\\', '1'],
    ...['nil', '\n', '\0', '\ud800', '#/%', '~', '/', '-', '😀', '\u00a0'],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
  );
  fc.assert(
    fc.property(text, (given) => {
      try {
        parseFilter(given);
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
    }),
    { numRuns: 1000 },
  );
});
