/**
 * What every command is given. Standard output is for what the command answers, so that it can be piped on;
 * everything else, logs included, goes to standard error.
 */
import { type Clock, systemClock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { makeLog, type Log } from '../log.ts';

export interface Surroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Writes a line of the answer. */
  readonly say: (line: string) => void;
  /** Writes a line for the person who watches. */
  readonly remark: (line: string) => void;
  /** Whether somebody watches. */
  readonly isTerminal: boolean;
}

/** Reads the settings, so it throws all their faults; called when a command begins, because help must work anyway. */
export function readSurroundings(): Surroundings {
  const config = readConfig();
  return {
    config,
    clock: systemClock,
    log: makeLog(config),
    say: (line) => void process.stdout.write(`${line}\n`),
    remark: (line) => void process.stderr.write(`${line}\n`),
    isTerminal: process.stderr.isTTY,
  };
}
