/**
 * The embedded server as a process. It runs in a session of its own, so that Ctrl-C in the terminal reaches only us
 * and the requests in flight can still be answered; it also outlives us when we are killed, and is adopted then.
 *
 * `postmaster.pid` must not be believed: after a crash or a reboot its number may belong to any other process.
 */
import { spawn } from 'node:child_process';
import { open, readFile, readlink, realpath, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { runAs, spawnOptions, type ServerUser } from './server-user.ts';
import { StartError } from './start-error.ts';

const longestLog = 16 * 1_048_576;

export interface Postmaster {
  /** What the server wrote to its log if it has ended, and null while it runs. */
  findEnd(): Promise<string | null>;
}

export async function startPostmaster(
  program: string,
  { cluster, log, user }: { readonly cluster: string; readonly log: string; readonly user: ServerUser | null },
): Promise<Postmaster> {
  const file = await open(log, 'a', 0o600);
  try {
    if ((await file.stat()).size > longestLog) await file.truncate();
    const { size } = await file.stat();
    const child = spawn(program, ['-D', cluster], {
      ...spawnOptions(user),
      detached: true,
      stdio: ['ignore', file.fd, file.fd],
    });
    let end: string | null = null;
    child.on('error', (error) => (end = error.message));
    child.on('exit', (code, signal) => (end = `ended with ${signal ?? code}`));
    child.unref();
    return {
      async findEnd() {
        if (end === null) return null;
        const written = (await readFile(log)).subarray(size).toString().trim();
        return written === '' ? end : written;
      },
    };
  } finally {
    await file.close();
  }
}

/** The process id of the server that runs on this very cluster. */
export async function findPostmaster(cluster: string): Promise<number | null> {
  const path = join(cluster, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  if (!(pid > 0) || !isAlive(pid)) return null;
  if (await runsOn(pid, cluster)) return pid;
  // PostgreSQL would take the stranger for its predecessor and refuse to start for as long as that one lives.
  if ((await readFile(path, 'utf8').catch(() => '')) === text) await unlink(path).catch(() => undefined);
  return null;
}

/** Stops the server and waits until it is gone; clients in the middle of something are disconnected. */
export async function stopPostmaster(pgCtl: string, cluster: string, user: ServerUser | null): Promise<void> {
  if ((await findPostmaster(cluster)) === null) return;
  const { succeeded, output } = await runAs(user, pgCtl, [
    'stop',
    '-D',
    cluster,
    '-m',
    'fast',
    '-w',
    '-t',
    '120',
    '-s',
  ]);
  if (!succeeded && (await findPostmaster(cluster)) !== null) {
    throw new StartError(`The embedded PostgreSQL did not stop: ${output}`);
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A server's working directory is its cluster; where the system does not tell, its command line names it. */
async function runsOn(pid: number, cluster: string): Promise<boolean> {
  const folder = await realpath(cluster);
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === folder;
  const { output } = await runAs(null, '/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
  return output.includes(folder);
}
