/** The near end of the process that makes the load: one load at a time. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Load, Outcome } from './load.ts';
import { environment } from './server-process.ts';

export interface LoadGenerator {
  generate(load: Load): Promise<Outcome>;
  stop(): void;
}

type Report = { readonly outcome: Outcome } | { readonly error: string };

export function startLoadGenerator(): LoadGenerator {
  const child = fork(new URL('../guests/generate-load.js', import.meta.url), { env: environment({}), execArgv: [] });
  return {
    async generate(load) {
      child.send(load);
      const [report] = (await once(child, 'message')) as [Report];
      if ('error' in report) throw new Error(`The load on ${load.url} failed: ${report.error}`);
      return report.outcome;
    },
    stop: () => child.disconnect(),
  };
}
