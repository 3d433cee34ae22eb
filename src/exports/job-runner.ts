/**
 * Does the jobs that wait, one at a time: an export is as much work as PostgreSQL and one core can do. Every process
 * looks for work when it is told of some, and every few seconds in case another one has left some behind.
 */
import type { Log } from '../log.ts';
import { makeStop, type Stop } from '../stop.ts';
import type { Queryable } from '../store/database.ts';
import { failSilentJobs, takeExportJob } from '../store/export-jobs.ts';
import { Problem } from '../problem.ts';
import type { RunJob } from './run-job.ts';

export interface JobRunner {
  /** There may be something to do. */
  wake(): void;
  /** Looks for work from now on, also what other processes leave behind. */
  start(): void;
  /** Ends the job under way, which then has failed, and begins no other. */
  close(): Promise<void>;
}

const lookEveryMs = 5_000;

const died = {
  code: 'INTERNAL',
  detail: 'The server that was at work on the export has stopped. The parts that are named are whole.',
};

export function makeJobRunner({
  database,
  runJob,
  keptHours,
  log,
}: {
  readonly database: Queryable;
  readonly runJob: RunJob;
  readonly keptHours: number;
  readonly log: Log;
}): JobRunner {
  let current: Stop | null = null;
  let working: Promise<void> | null = null;
  let isClosed = false;
  let timer: NodeJS.Timeout | null = null;

  const work = async (): Promise<void> => {
    await failSilentJobs(database, died, keptHours);
    for (;;) {
      const job = isClosed ? null : await takeExportJob(database);
      if (job === null) return;
      const stop = makeStop();
      current = stop;
      if (isClosed) stopped(stop);
      await runJob(job, stop);
      current = null;
    }
  };
  const wake = (): void => {
    if (isClosed || working !== null) return;
    working = work()
      .catch((error: unknown) => log.warn({ err: error }, 'exports that wait could not be looked for'))
      .finally(() => (working = null));
  };
  return {
    wake,
    start() {
      timer ??= setInterval(wake, lookEveryMs).unref();
      wake();
    },
    async close() {
      isClosed = true;
      if (timer !== null) clearInterval(timer);
      if (current !== null) stopped(current);
      await working;
    },
  };
}

function stopped(stop: Stop): void {
  const detail = 'The server was stopped. The parts that are named are whole.';
  stop.abort(new Problem('OVERLOADED', detail, { retryAfter: 60 }));
}
