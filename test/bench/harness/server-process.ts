/**
 * A server in a process of its own, as it would run: what it does must not share a processor thread, a heap or a pool
 * with whoever measures it. It is ready when it has printed its address.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './root.ts';

export type Environment = Readonly<Record<string, string>>;

export interface ServerProcess {
  /** http://127.0.0.1:4000 */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** What a server under load fills up with would be blamed on the others: only what is named here is passed on. */
export function environment(own: Environment): Environment {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, NODE_ENV: 'production', ...own };
}

export async function startServer(name: string, args: readonly string[], env: Environment): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  const address = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const url = await Promise.race([
    address,
    ended.then((end) => {
      throw new Error(`${name} ${end} before it listened`);
    }),
  ]);
  return {
    url,
    pid: child.pid!,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
