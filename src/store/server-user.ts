/** PostgreSQL refuses to run as root. Then its programs run as somebody who owns nothing else. */
import { spawn, type SpawnOptions } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The user that the server's programs run as; null is the one that we run as. */
export async function findServerUser(): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const line = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  // Some systems write nobody as -2.
  const [name = 'nobody', , uid = '65534', gid = '65534'] = line ?? [];
  return { name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
}

/**
 * What a program of the server is started with: nothing of our environment, which holds secrets, and a folder that
 * everybody may be in.
 */
export function spawnOptions(user: ServerUser | null): Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> {
  return {
    cwd: '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', TZ: 'UTC', LC_MESSAGES: 'C' },
    ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
  };
}

export interface Outcome {
  readonly succeeded: boolean;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

export function runAs(user: ServerUser | null, program: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, { ...spawnOptions(user), stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('error', (error) => resolve({ succeeded: false, output: error.message }));
    child.on('close', (code) => resolve({ succeeded: code === 0, output: output.trim() }));
  });
}

export async function canEnter(user: ServerUser | null, folder: string): Promise<boolean> {
  return (await runAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder])).succeeded;
}
