/**
 * Ctrl-C and the supervisor's SIGTERM ask for an orderly end; asking again, a second later, gets one at once. Not
 * sooner: `npm start` passes a Ctrl-C on to a process that has had it from the terminal already, and a person who
 * pressed it once means once.
 */
import { constants } from 'node:os';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

export interface StopSignal {
  readonly signal: AbortSignal;
  dispose(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const sameRequestMs = 1_000;

export function listenForStop({ clock, log }: { readonly clock: Clock; readonly log: Log }): StopSignal {
  const controller = new AbortController();
  let first = 0;
  const onSignal = (name: (typeof signals)[number]): void => {
    const now = clock.now().getTime();
    if (!controller.signal.aborted) {
      first = now;
      controller.abort();
    } else if (now - first > sameRequestMs) {
      log.warn('told to stop twice: leaving at once');
      // As a shell reports a process that was killed by the signal. The database stays, and the next start adopts it.
      process.exit(128 + constants.signals[name]);
    }
  };
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: controller.signal,
    dispose() {
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
