/** Whether DATA_DIR takes a file, and how much room there is. A full disk stops PostgreSQL first. */
import { randomBytes } from 'node:crypto';
import { access, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../../config.ts';
import { CommandFailure } from '../command-failure.ts';

const leastBytes = 256 * 1_048_576;

export async function checkDisk({ dataDir }: Pick<Config, 'dataDir'>): Promise<string> {
  const folder = await nearestFolder(resolve(dataDir));
  const trial = join(folder, `doorstep-check-${randomBytes(4).toString('hex')}`);
  await writeFile(trial, '');
  await rm(trial);
  const { bavail, bsize } = await statfs(folder);
  const room = `${Math.floor((bavail * bsize) / 1_048_576).toLocaleString('en-US')} MiB free in ${folder}`;
  if (bavail * bsize < leastBytes) throw new CommandFailure(`only ${room}`);
  await checkSecret(join(folder, 'secret'));
  return room;
}

/** Before the first start there is no DATA_DIR yet, and making one is not our business here. */
async function nearestFolder(path: string): Promise<string> {
  const there = await access(path).then(
    () => true,
    () => false,
  );
  return there || dirname(path) === path ? path : nearestFolder(dirname(path));
}

async function checkSecret(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null || (found.mode & 0o077) === 0) return;
  throw new CommandFailure(`others on this machine can read ${path}, which signs the tokens; chmod 600 it`);
}
