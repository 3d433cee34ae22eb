import { expect, test } from 'vitest';
import { checkPatch } from '../../../src/patch/check-patch.ts';
import type { Fault } from '../../../src/problem.ts';
import { Problem } from '../../../src/problem.ts';

function faultsOf(value: unknown): readonly Fault[] {
  try {
    checkPatch(value);
  } catch (error) {
    if (error instanceof Problem && error.code === 'INVALID_PATCH') return error.facts.errors ?? [];
    throw error;
  }
  return [];
}

test.each([null, undefined, {}, 'patch', 5, { op: 'remove', path: '/a' }])(
  '%j is not an array of operations',
  (value) => {
    expect(faultsOf(value)).toEqual([{ pointer: '', message: 'expected an array of operations' }]);
  },
);

test('a patch has 1 to 1,000 operations', () => {
  const operation = { op: 'remove', path: '/a' };
  expect(faultsOf([])[0]?.message).toBe('expected 1 to 1000 operations, found 0');
  expect(faultsOf(Array(1000).fill(operation))).toEqual([]);
  expect(faultsOf(Array(1001).fill(operation))[0]?.message).toBe('expected 1 to 1000 operations, found 1001');
});

test.each(['toString', 'constructor', '_get', '__proto__', 'hasOwnProperty', 'ADD', '', 5, null, undefined])(
  'the operation %j is refused',
  (op) => {
    expect(faultsOf([{ op, path: '/a', value: 1, from: '/b' }])[0]?.pointer).toBe('/0/op');
  },
);

test('members that only the prototype has do not count', () => {
  const inherited: unknown = Object.create({ op: 'remove', path: '/a' });
  expect(faultsOf([inherited])[0]?.pointer).toBe('/0/op');
});

test.each([
  [{ op: 'add', path: '/a' }, '/0/value'],
  [{ op: 'replace', path: '/a' }, '/0/value'],
  [{ op: 'test', path: '/a' }, '/0/value'],
  [{ op: 'remove' }, '/0/path'],
  [{ op: 'move', path: '/a' }, '/0/from'],
  [{ op: 'copy', from: '/a' }, '/0/path'],
  [{ op: 'remove', path: 5 }, '/0/path'],
  [{ op: 'remove', path: null }, '/0/path'],
  [{ op: 'remove', path: 'a' }, '/0/path'],
  [{ op: 'remove', path: '/a~2' }, '/0/path'],
  [{ op: 'remove', path: '/a~' }, '/0/path'],
  [{ op: 'remove', path: '/a\u0000' }, '/0/path'],
  [{ op: 'remove', path: '/a'.repeat(66) }, '/0/path'],
  [{ op: 'copy', from: 'a', path: '/a' }, '/0/from'],
  [{ op: 'add', path: '/a', value: { x: [1, NaN] } }, '/0/value/x/1'],
  [{ op: 'add', path: '/a', value: 'half \ud800' }, '/0/value'],
  ['remove', '/0'],
  [null, '/0'],
  [[], '/0'],
])('%j has a fault at %s', (operation, pointer) => {
  expect(faultsOf([operation]).map((fault) => fault.pointer)).toEqual([pointer]);
});

test('all faulty operations are named at once', () => {
  const faults = faultsOf([{ op: 'remove', path: '/a' }, { op: 'x' }, { op: 'move' }]);
  expect(faults.map((fault) => fault.pointer)).toEqual(['/1/op', '/2/from', '/2/path']);
});

test('members that RFC 6902 does not define are ignored', () => {
  expect(checkPatch([{ op: 'remove', path: '/a', value: NaN, comment: 'why' }])).toEqual([
    { op: 'remove', path: '/a' },
  ]);
});
