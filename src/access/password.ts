/** Passwords are kept as scrypt hashes (RFC 7914) with their parameters, so that these can be raised later. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

const derive = promisify<string, Buffer, number, Cost & { readonly maxmem: number }, Buffer>(scrypt);
const cost: Cost = { N: 2 ** 15, r: 8, p: 1 };
const maxmem = 64 * 1024 * 1024;

/** `scrypt$N$r$p$salt$hash`, salt and hash in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password.normalize('NFKC'), salt, 32, { ...cost, maxmem });
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** Whether it is the password that was hashed; false where nobody has set one. */
export async function isPassword(password: string, hashed: string | null): Promise<boolean> {
  const [kind, N, r, p, salt = '', hash = ''] = (hashed ?? '').split('$');
  if (kind !== 'scrypt') return false;
  const expected = Buffer.from(hash, 'base64');
  const options = { N: Number(N), r: Number(r), p: Number(p), maxmem };
  const given = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64'), expected.length, options);
  return timingSafeEqual(given, expected);
}

/** What is wrong with a password that somebody chose; null when it will do. */
export function findPasswordFault(password: unknown): string | null {
  return typeof password === 'string' && password.length >= 8 && password.length <= 1024
    ? null
    : 'must be a text of 8 to 1,024 characters';
}
