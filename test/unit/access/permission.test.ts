import { describe, expect, it } from 'vitest';
import {
  findPermissionFault,
  permits,
  type Permission,
  type PermissionPattern,
} from '../../../src/access/permission.ts';

describe('a permission of a role', () => {
  it.each(['read@interactions', 'destroy@contact-households', '*@contacts', 'read@*', '*@*'])('may be %s', (text) => {
    expect(findPermissionFault(text, '/data/permissions/0')).toBeNull();
  });

  it.each([
    '',
    'read',
    'read@',
    '@contacts',
    'write@contacts',
    'READ@contacts',
    'read@Contacts',
    'read@a@b',
    'read@con*',
  ])('cannot be "%s"', (text) => {
    const fault = findPermissionFault(text, '/data/permissions/0');
    expect(fault?.pointer).toBe('/data/permissions/0');
    expect(fault?.message).toContain(`got ${JSON.stringify(text)}`);
  });
});

describe('a granted permission', () => {
  it.each<[PermissionPattern, Permission, boolean]>([
    ['read@contacts', 'read@contacts', true],
    ['read@contacts', 'modify@contacts', false],
    ['read@contacts', 'read@contact-households', false],
    ['*@contacts', 'destroy@contacts', true],
    ['*@contacts', 'read@notes', false],
    ['read@*', 'read@notes', true],
    ['read@*', 'insert@notes', false],
    ['*@*', 'insert@notes', true],
  ])('%s, asked for %s, answers %s', (granted, asked, answer) => {
    expect(permits(granted, asked)).toBe(answer);
  });
});
