import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { checkPatch } from '../../../src/patch/check-patch.ts';
import { diff } from '../../../src/patch/diff.ts';
import { applyPatch } from '../../../src/patch/patch.ts';
import { Problem } from '../../../src/problem.ts';
import { problemOf } from '../problem-of.ts';

const contact: JsonObject = { notes: null, externalId: 'A1', profile: { age: 40, emails: [] }, fields: { list: [1] } };

function patched(...operations: readonly unknown[]): unknown {
  return applyPatch(contact, checkPatch(operations));
}

describe('paths', () => {
  test('are relative to data, or begin at the root with /data', () => {
    expect(patched({ op: 'replace', path: '/profile/age', value: 41 })).toMatchObject({ profile: { age: 41 } });
    expect(patched({ op: 'replace', path: '/data/profile/age', value: 41 })).toMatchObject({ profile: { age: 41 } });
    const mixed = patched({ op: 'copy', from: '/externalId', path: '/data/notes' });
    expect(mixed).toMatchObject({ notes: 'A1', externalId: 'A1' });
  });

  test('that begin with data are from the root even where an attribute has that name', () => {
    const document = { data: { x: 1 }, x: 2 };
    const at = (path: string): unknown => applyPatch(document, checkPatch([{ op: 'replace', path, value: 3 }]));
    expect(at('/data/x')).toEqual({ data: { x: 1 }, x: 3 });
    expect(at('/data/data/x')).toEqual({ data: { x: 3 }, x: 2 });
  });

  test.each(['/id', '/customerId', '/securityGroupId', '/meta', '/meta/etag', '/data/meta/isDeleted'])(
    '%s is outside data for every operation',
    (outside) => {
      const operations = [
        { op: 'add', path: outside, value: 1 },
        { op: 'replace', path: outside, value: 1 },
        { op: 'remove', path: outside },
        { op: 'test', path: outside, value: 1 },
        { op: 'move', from: '/notes', path: outside },
        { op: 'copy', from: '/notes', path: outside },
        { op: 'move', from: outside, path: '/notes' },
        { op: 'copy', from: outside, path: '/notes' },
      ];
      for (const operation of operations) {
        const problem = problemOf(() => patched(operation));
        expect(problem.code).toBe('INVALID_PATCH');
        expect(problem.detail).toContain(`${outside} is outside data`);
        expect(problem.facts.errors?.[0]?.pointer).toBe(operation.from === outside ? '/0/from' : '/0/path');
      }
    },
  );

  test('to an attribute that is not declared are refused by name', () => {
    const problem = problemOf(() => patched({ op: 'add', path: '/nickname', value: 'Al' }));
    expect(problem.detail).toBe('/0/path of the patch: there is no attribute "nickname".');
  });

  test.each(['', '/data'])('to the whole document (%j) can be tested and nothing else', (path) => {
    expect(patched({ op: 'test', path, value: contact })).toEqual(contact);
    expect(problemOf(() => patched({ op: 'test', path, value: {} })).code).toBe('PATCH_TEST_FAILED');
    for (const operation of [
      { op: 'replace', path, value: {} },
      { op: 'add', path, value: {} },
      { op: 'remove', path },
      { op: 'copy', from: path, path: '/fields/x' },
      { op: 'move', from: '/fields', path },
    ]) {
      expect(problemOf(() => patched(operation)).code).toBe('INVALID_PATCH');
    }
  });
});

test('a removed attribute is null, and so is one that was moved away', () => {
  expect(patched({ op: 'remove', path: '/externalId' })).toEqual({ ...contact, externalId: null });
  const moved = patched({ op: 'move', from: '/externalId', path: '/notes' });
  expect(moved).toEqual({ ...contact, externalId: null, notes: 'A1' });
});

test('the faults name the operation and what is missing', () => {
  const good = { op: 'replace', path: '/notes', value: 'x' };
  const problem = problemOf(() => patched(good, good, { op: 'replace', path: '/profile/nme/given', value: 1 }));
  expect(problem.facts.errors).toEqual([{ pointer: '/2/path', message: '/profile has no member "nme"' }]);
  const inNull = problemOf(() => patched({ op: 'add', path: '/notes/text', value: 1 }));
  expect(inNull.facts.errors).toEqual([{ pointer: '/0/path', message: '/notes is null and has no member "text"' }]);
});

test('a patch that fails half way changes nothing of what the caller holds', () => {
  const before = structuredClone(contact);
  const operations = checkPatch([
    { op: 'add', path: '/fields/list/-', value: { deep: [] } },
    { op: 'add', path: '/fields/list/1/deep/-', value: 1 },
    { op: 'test', path: '/notes', value: 'no' },
  ]);
  const written = structuredClone(operations);
  expect(problemOf(() => applyPatch(contact, operations)).code).toBe('PATCH_TEST_FAILED');
  expect(contact).toEqual(before);
  expect(operations).toEqual(written);
});

test('a result nested more than 64 deep is refused, however it is put together', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
  expect(patched({ op: 'replace', path: '/notes', value: nested(63) })).toHaveProperty('notes');
  const direct = problemOf(() => patched({ op: 'replace', path: '/notes', value: nested(64) }));
  expect(direct.detail).toContain('more than 64 deep');
  const grow = [
    { op: 'replace', path: '/notes', value: nested(40) },
    { op: 'replace', path: '/externalId', value: nested(40) },
    { op: 'add', path: `/notes${'/0'.repeat(39)}/-`, value: 1 },
    { op: 'move', from: '/externalId', path: `/notes${'/0'.repeat(39)}/1` },
  ];
  expect(problemOf(() => patched(...grow)).facts.errors?.[0]?.pointer).toBe('/3/path');
});

test('copies that double the document again and again are refused', () => {
  const copies = Array.from({ length: 40 }, (_, index) => ({ op: 'copy', from: '/fields', path: `/fields/x${index}` }));
  expect(problemOf(() => patched(...copies)).detail).toContain('may carry');
});

test('no patch reaches a prototype', () => {
  for (const name of ['__proto__', 'constructor', 'prototype']) {
    for (const path of [`/${name}`, `/${name}/polluted`, `/fields/${name}`, `/fields/x/${name}/polluted`]) {
      const problem = problemOf(() => patched({ op: 'add', path, value: 1 }));
      expect(problem.detail).toContain(name);
      expect(problemOf(() => patched({ op: 'copy', from: path, path: '/notes' })).detail).toContain(name);
    }
  }
  const hidden: unknown = JSON.parse('[{"op":"replace","path":"/fields","value":{"__proto__":{"polluted":1}}}]');
  expect(problemOf(() => checkPatch(hidden)).facts.errors?.[0]?.pointer).toBe('/0/value/__proto__');
  expect({}).not.toHaveProperty('polluted');
});

const key = fc.constantFrom('a', 'b', '~', '/', '', '0', '01', 'toString', 'hasOwnProperty', 'toJSON', 'é');
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, 1, -0.5, '', 'x'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const attributes = fc.record(
  { a: value, b: value, 'c/~d': value },
  { noNullPrototype: true },
) as fc.Arbitrary<JsonObject>;

test('the difference of two documents, applied to the first, gives the second', () => {
  fc.assert(
    fc.property(attributes, attributes, (before, after) => {
      const operations = diff(before, after);
      const checked = operations.length === 0 ? [] : checkPatch(operations);
      expect(applyPatch(before, checked)).toEqual(after);
    }),
    { numRuns: 500 },
  );
});

test('whatever a patch says, it is applied or refused by a Problem, and the document is untouched', () => {
  const path = fc.array(key, { maxLength: 4 }).map((keys) => keys.map((one) => `/${one}`).join(''));
  const operation = fc.record(
    { op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', '_get'), path, from: path, value },
    { requiredKeys: ['op', 'path', 'from', 'value'], noNullPrototype: true },
  );
  fc.assert(
    fc.property(attributes, fc.array(operation, { maxLength: 6 }), (document, operations) => {
      const before = structuredClone(document);
      try {
        expect(Object.keys(applyPatch(document, checkPatch(operations)))).toEqual(Object.keys(before));
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
      expect(document).toEqual(before);
    }),
    { numRuns: 500 },
  );
});

test('an attribute that appears or disappears is null on the other side of a difference', () => {
  expect(diff({}, { a: 1 })).toEqual([{ op: 'replace', path: '/a', value: 1 }]);
  expect(diff({ a: 1 }, {})).toEqual([{ op: 'replace', path: '/a', value: null }]);
  expect(diff({ toString: 1 }, {})).toEqual([{ op: 'replace', path: '/toString', value: null }]);
});
