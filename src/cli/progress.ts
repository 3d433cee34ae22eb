/**
 * How far a long command has come: a bar for somebody who watches, and a line in the log every few seconds for a file
 * that is read later.
 */
import { Presets, SingleBar } from 'cli-progress';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

export interface Progress {
  /** `done` of the total; the facts stand behind the bar, or in the log line. */
  update(done: number, facts: Readonly<Record<string, string | number>>): void;
  stop(): void;
}

export interface ProgressOptions {
  /** What is going on: `importing`. */
  readonly label: string;
  /** In whatever unit `update` counts. */
  readonly total: number;
  readonly isTerminal: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

const logEveryMs = 5_000;

export function makeProgress(options: ProgressOptions): Progress {
  return options.isTerminal ? makeBar(options) : makeLogLines(options);
}

function makeBar({ label, total }: ProgressOptions): Progress {
  const format = `${label} [{bar}] {percentage} %  {facts}`;
  const bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  bar.start(total, 0, { facts: '' });
  return {
    update: (done, facts) => bar.update(Math.min(done, total), { facts: printFacts(facts) }),
    stop: () => bar.stop(),
  };
}

function makeLogLines({ label, total, clock, log }: ProgressOptions): Progress {
  let next = clock.now().getTime() + logEveryMs;
  return {
    update(done, facts) {
      const now = clock.now().getTime();
      if (now < next) return;
      next = now + logEveryMs;
      log.info({ percent: total === 0 ? 100 : Math.floor((done / total) * 100), ...facts }, label);
    },
    stop: () => undefined,
  };
}

function printFacts(facts: Readonly<Record<string, string | number>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${typeof value === 'number' ? value.toLocaleString('en-US') : value} ${name}`)
    .join(', ');
}
