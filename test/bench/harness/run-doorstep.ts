/** A command of Doorstep, run to its end; its standard output is the answer. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from './root.ts';
import { type Environment, environment } from './server-process.ts';

export const doorstepCommand = 'bin/doorstep.js';

export async function runDoorstep(args: readonly string[], env: Environment): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [doorstepCommand, ...args], {
    cwd: root,
    env: environment({ LOG_LEVEL: 'warn', ...env }),
    maxBuffer: 64 * 1_048_576,
  });
  return stdout.trim();
}
