import { expect, test } from 'vitest';
import { findPasswordFault, hashPassword, isPassword } from '../../../src/access/password.ts';

test('a password is known by its hash, in whichever form its letters were typed, and two hashes of it differ', async () => {
  const [one, other] = [await hashPassword('caf\u00e9 au lait'), await hashPassword('caf\u00e9 au lait')];
  expect(one).not.toBe(other);
  expect(one).not.toContain('caf');
  expect(await isPassword('cafe\u0301 au lait', one)).toBe(true);
  expect(await isPassword('Cafe au lait', one)).toBe(false);
});

test('who has no password, or a hash of another kind, is let in by none', async () => {
  for (const hash of [null, '', 'argon2$x', 'plain']) expect(await isPassword('', hash)).toBe(false);
});

test('a password has 8 characters at least, and is no book', () => {
  expect(['12345678', 'x'.repeat(1024)].map(findPasswordFault)).toEqual([null, null]);
  for (const bad of ['1234567', '', 'x'.repeat(1025), 12345678, null])
    expect(findPasswordFault(bad)).toContain('8 to 1,024');
});
