import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSecret } from '../../../src/cli/read-secret.ts';

let home: string;
let dataDir: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'doorstep-secret-'));
  dataDir = join(home, 'deep', '.doorstep');
});
afterEach(() => rm(home, { recursive: true }));

test('a secret is made once, for the eyes of its owner', async () => {
  const secret = await readSecret({ jwtSecret: null, dataDir });
  expect(secret).toMatch(/^[\w-]{64}$/);
  expect(await readSecret({ jwtSecret: null, dataDir })).toBe(secret);
  expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600);
});

test('two first starts agree on one secret and leave nothing else behind', async () => {
  const secrets = await Promise.all(Array.from({ length: 8 }, () => readSecret({ jwtSecret: null, dataDir })));
  expect(new Set(secrets).size).toBe(1);
  expect(await readdir(dataDir)).toEqual(['secret']);
});

test('JWT_SECRET is taken as it is, and no file is made', async () => {
  expect(await readSecret({ jwtSecret: 'x'.repeat(32), dataDir })).toBe('x'.repeat(32));
  expect(await readdir(home)).toEqual([]);
});

test('a secret that was cut short is refused, and kept', async () => {
  await readSecret({ jwtSecret: null, dataDir });
  await writeFile(join(dataDir, 'secret'), 'short');
  await expect(readSecret({ jwtSecret: null, dataDir })).rejects.toThrow('at least 32 bytes');
  expect(await readFile(join(dataDir, 'secret'), 'utf8')).toBe('short');
});
