/**
 * The command as a user runs it, in a process of its own that can be killed. What is stale is built once, before the
 * first run; after that dist/ is run as it is, so that an edit in the middle of a test builds nothing.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../project/source-files.ts';

export async function buildDoorstep(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, 'bin/doorstep.js'), '--help']);
}

type Environment = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly end: Promise<Ended>;
  /** Sends the signal and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<Ended>;
  /** Standard output so far, as soon as that or the log matches; rejects when the command ends before. */
  until(pattern: RegExp): Promise<string>;
}

/** Runs in `folder`, with nothing of this process' settings. */
export function startDoorstep(folder: string, args: readonly string[], env: Environment = {}): Running {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [join(root, 'dist/src/main.js'), ...args], {
    cwd: folder,
    env: { PATH, HOME, LOG_FORMAT: 'json', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  const lookAgain = (): void => waiting.forEach((look) => look());
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    lookAgain();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    lookAgain();
  });
  const end = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return {
    process: child,
    end,
    kill(signal) {
      child.kill(signal);
      return end;
    },
    until(pattern) {
      const found = new Promise<string>((resolve) => {
        const look = (): void => {
          if (!pattern.test(stdout) && !pattern.test(stderr)) return;
          waiting.delete(look);
          resolve(stdout);
        };
        waiting.add(look);
        look();
      });
      const over = end.then(() => {
        throw new Error(`doorstep ended before it said ${String(pattern)}: ${stdout}${stderr}`);
      });
      return Promise.race([found, over]);
    },
  };
}

export function runDoorstep(folder: string, args: readonly string[], env: Environment = {}): Promise<Ended> {
  return startDoorstep(folder, args, env).end;
}
