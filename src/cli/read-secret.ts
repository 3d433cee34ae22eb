/**
 * What the server signs its tokens with: JWT_SECRET, or a secret that the first start makes and keeps in DATA_DIR. Two
 * first starts at the same moment agree on one, and nobody ever reads half of it: the file appears whole, by a link.
 */
import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { StartError } from '../store/start-error.ts';

export async function readSecret({ jwtSecret, dataDir }: Pick<Config, 'jwtSecret' | 'dataDir'>): Promise<string> {
  if (jwtSecret !== null) return jwtSecret;
  const path = join(dataDir, 'secret');
  const secret = (await readIfThere(path)) ?? (await makeSecret(path, dataDir));
  // RFC 7518 §3.2: a key for HS256 is at least as long as the hash.
  if (Buffer.byteLength(secret) >= 32) return secret;
  throw new StartError(
    `${path} must hold at least 32 bytes. Restore it, or remove it: tokens given out are void then.`,
  );
}

async function makeSecret(path: string, dataDir: string): Promise<string> {
  // The database's user passes through this folder, also under a strict umask: see store/place.ts.
  if ((await mkdir(dataDir, { recursive: true })) !== undefined) await chmod(dataDir, 0o755);
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(temporary, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(temporary);
  }
  return (await readIfThere(path))!;
}

async function readIfThere(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text?.trim() ?? null;
}
