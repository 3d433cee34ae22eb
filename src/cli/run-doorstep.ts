/** Runs one command line and says how it went, in an exit code: 0 it worked, 1 it failed, 2 it was called wrongly. */
import { CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import { Problem } from '../problem.ts';
import { StartError } from '../store/start-error.ts';
import { CommandFailure } from './command-failure.ts';
import { makeProgram } from './program.ts';

export async function runDoorstep(args: readonly string[]): Promise<number> {
  try {
    await makeProgram().parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed the help, or what is wrong with the command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { lines, code } = explain(error);
    process.stderr.write(lines.map((line) => `doorstep: ${line}\n`).join(''));
    return code;
  }
}

function explain(error: unknown): { readonly lines: readonly string[]; readonly code: number } {
  if (error instanceof ConfigError) return { lines: error.faults, code: 2 };
  if (error instanceof CommandFailure) return { lines: [error.message], code: error.isUsage ? 2 : 1 };
  if (error instanceof StartError || error instanceof Problem || isSystemError(error)) {
    return { lines: [error.message], code: 1 };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { lines: ['This is a fault in Doorstep; please report it with what follows.', stack], code: 1 };
}

/** A file that is not there, a disk that is full: Node's own words say it well enough. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
