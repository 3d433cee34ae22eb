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
  const ended = once(child, 'exit').then(() => {
    throw new Error('the load generator ended');
  });
  ended.catch(() => undefined);
  return {
    async generate(load) {
      child.send(load);
      const [report] = (await Promise.race([once(child, 'message'), ended])) as [Report];
      if ('error' in report) throw new Error(`The load on ${load.url} failed: ${report.error}`);
      return report.outcome;
    },
    stop: () => child.disconnect(),
  };
}
