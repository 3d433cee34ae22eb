import { describe, expect, test } from 'vitest';
import { empty, join, name, parameter, raw, sql, toStatement } from '../../../src/store/sql.ts';

describe('the sql template', () => {
  test('numbers its values in the order in which they stand', () => {
    expect(toStatement(sql`SELECT ${'a'}::text, ${2}::int`)).toEqual({
      text: 'SELECT $1::text, $2::int',
      values: ['a', 2],
    });
  });

  test('sends a shared parameter once, however often it is used', () => {
    const groups = parameter(['g1', 'g2']);
    expect(toStatement(sql`${groups} ${1} ${groups} ${sql`(${groups})`}`)).toEqual({
      text: '$1 $2 $1 ($1)',
      values: [['g1', 'g2'], 1],
    });
  });

  test('keeps equal values apart, so that the text never depends on them', () => {
    expect(toStatement(sql`${1} ${1} ${null} ${null}`)).toEqual({ text: '$1 $2 $3 $4', values: [1, 1, null, null] });
  });

  test('puts pieces into pieces', () => {
    const condition = join([sql`a = ${1}`, sql`b = ${2}`], ' AND ');
    expect(toStatement(sql`SELECT ${name('x')} WHERE ${condition}${empty}${raw(' LIMIT 1')}`)).toEqual({
      text: 'SELECT "x" WHERE a = $1 AND b = $2 LIMIT 1',
      values: [1, 2],
    });
  });

  test('joins nothing to nothing', () => {
    expect(toStatement(join([])).text).toBe('');
  });

  test('quotes names, dots and quotes included', () => {
    expect(toStatement(name('cus"tomer', 'a.b')).text).toBe('"cus""tomer"."a.b"');
  });
});
