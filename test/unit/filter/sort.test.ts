import { expect, test } from 'vitest';
import { checkSort, parseSort } from '../../../src/filter/sort.ts';
import { find } from './attributes.ts';
import { problemOf } from '../problem-of.ts';

function print(keys: ReturnType<typeof parseSort>): string {
  return keys.map(({ pointer, order }) => `/${pointer.join('/')} ${order}`).join(', ');
}

test.each([
  [['/data/timestamp', 'DESC'], '/data/timestamp DESC'],
  [['/data/timestamp', 'desc', 'data/name'], '/data/timestamp DESC, /data/name ASC'],
  [['/data/timestamp'], '/data/timestamp ASC'],
  [['/data/timestamp,DESC,/data/name,ASC'], '/data/timestamp DESC, /data/name ASC'],
  [['/data/timestamp, DESC'], '/data/timestamp DESC'],
  [['["data/name","ASC"]'], '/data/name ASC'],
  [['["data/name","DESC"]', '["/id"]'], '/data/name DESC, /id ASC'],
  [['["data/name","DESC","/id","ASC"]'], '/data/name DESC, /id ASC'],
  [['[["data/name","DESC"],["/id","ASC"]]'], '/data/name DESC, /id ASC'],
  [['["data/a,b","DESC"]'], '/data/a,b DESC'],
  [[''], ''],
  [[], ''],
])('%j', (values, keys) => {
  expect(print(parseSort(values))).toBe(keys);
});

test.each([
  [['DESC'], 'before each ASC or DESC'],
  [['/data/name', 'ASC', 'DESC'], 'before each ASC or DESC'],
  [['["data/name"'], 'a JSON array such as'],
  [['[5,"ASC"]'], 'a JSON array such as'],
  [['[{"data/name":"ASC"}]'], 'a JSON array such as'],
  [['[[["data/name"]]]'], 'a JSON array such as'],
  [['[]'], 'a JSON array such as'],
  [['/data/a~2'], 'a JSON Pointer such as'],
  [['/data/\0'], 'a JSON Pointer such as'],
])('%j is refused with what came', (values, message) => {
  const problem = problemOf(() => parseSort(values));
  expect(problem.code).toBe('INVALID_SORT');
  expect(problem.detail).toContain(message);
  expect(problem.detail).toContain('found ');
});

test('a pointer to /data/id means /id', () => {
  expect(print(checkSort(parseSort(['/data/id', 'DESC']), find))).toBe('/id DESC');
});

test('of several keys for one attribute the first counts', () => {
  expect(print(checkSort(parseSort(['/data/id', '/data/name', '/id', 'DESC']), find))).toBe('/id ASC, /data/name ASC');
});

test('unknown attributes and groups are refused by name', () => {
  expect(problemOf(() => checkSort(parseSort(['/data/nome']), find)).detail).toBe(
    'There is no attribute /data/nome; did you mean /data/name?',
  );
  expect(problemOf(() => checkSort(parseSort(['/data/name', 'DOWN']), find)).detail).toContain(
    'An order is ASC or DESC.',
  );
  expect(problemOf(() => checkSort(parseSort(['/data/survey']), find)).detail).toContain('found /data/survey');
});

test('a sort names at most sixteen attributes', () => {
  const keys = (count: number) => parseSort(Array.from({ length: count }, (_, index) => `/data/profile/x${index}`));
  expect(checkSort(keys(16), find)).toHaveLength(16);
  expect(problemOf(() => checkSort(keys(17), find)).code).toBe('INVALID_SORT');
});
