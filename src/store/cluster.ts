/**
 * The files of the embedded server. `initdb` works in a folder of its own that is renamed when it is whole: killed in
 * the middle it would leave a cluster that starts and lets nobody in.
 *
 * Nobody else on the machine gets in: there is no TCP, the socket is in a folder of the server's user, and PostgreSQL
 * asks the kernel who is calling (peer), so that there is no password to keep.
 */
import { randomBytes } from 'node:crypto';
import { appendFile, chown, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { ignore, type Place } from './place.ts';
import { isAlive } from './postmaster.ts';
import { runAs } from './server-user.ts';
import { StartError } from './start-error.ts';

export type ServerSettings = Readonly<Record<string, string>>;

export const role = 'doorstep';
const unfinished = /^cluster\.new-(\d+)-/;

export async function ensureCluster(place: Place, binaries: Binaries, settings: ServerSettings): Promise<string> {
  const cluster = join(place.folder, 'cluster');
  const there = await stat(join(cluster, 'PG_VERSION')).catch(() => null);
  if (there === null) await createCluster(cluster, place, binaries, settings);
  return cluster;
}

async function createCluster(
  cluster: string,
  { folder, user }: Place,
  { initdb }: Binaries,
  settings: ServerSettings,
): Promise<void> {
  await removeUnfinished(folder);
  const temporary = `${cluster}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  const encoding = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
  const careless = settings['fsync'] === 'off' ? ['--no-sync'] : [];
  const args = ['-D', temporary, '-U', role, '--auth=reject', '--no-instructions', ...encoding, ...careless];
  try {
    const { succeeded, output } = await runAs(user, initdb, args);
    if (!succeeded) throw new StartError(`The database could not be created in ${folder}: ${output}`);
    await appendFile(join(temporary, 'postgresql.conf'), `\ninclude_if_exists = 'doorstep.conf'\n`);
    await writeFile(join(temporary, 'pg_hba.conf'), `local all ${role} peer map=doorstep\n`);
    await rename(temporary, cluster).catch(ignore('ENOTEMPTY', 'EEXIST'));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** What a killed start left behind; another start may be at work at this moment. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    const pid = unfinished.exec(entry)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, entry), { recursive: true, force: true });
  }
}

/** Writes what may differ from start to start. A line in postgresql.conf below the include, or ALTER SYSTEM, wins. */
export async function configureCluster(cluster: string, place: Place, settings: ServerSettings): Promise<void> {
  const lines = Object.entries(settings).map(([key, value]) => `${key} = '${value.replaceAll("'", "''")}'\n`);
  const caller = userInfo().username.replaceAll('"', '""');
  await replaceFile(join(cluster, 'doorstep.conf'), lines.join(''), place);
  await replaceFile(join(cluster, 'pg_ident.conf'), `doorstep "${caller}" ${role}\n`, place);
}

/** By renaming, so that a server which another process starts at this moment never reads half a file. */
async function replaceFile(path: string, text: string, { user }: Place): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(temporary, text, { mode: 0o600 });
  if (user !== null) await chown(temporary, user.uid, user.gid);
  await rename(temporary, path);
}
