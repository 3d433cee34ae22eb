/** The embedded PostgreSQL below a data folder, looked at and killed from outside. */
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { findPostmaster } from '../../../src/store/postmaster.ts';

/** Where the server lives; a folder that its user cannot enter holds a link to another place. */
export function findCluster(folder: string): Promise<string> {
  return realpath(join(folder, '.doorstep/postgres/cluster'));
}

/** The process id of the server that runs on that folder's cluster, and on no other. */
export async function findPostgres(folder: string): Promise<number | null> {
  return findPostmaster(await findCluster(folder));
}

export async function killPostgres(folder: string): Promise<void> {
  const pid = await findPostgres(folder);
  if (pid !== null) process.kill(pid, 'SIGKILL');
}
