/** Waits until PostgreSQL has nothing to do, so that what one contender left behind is not measured on the next. */
import { setTimeout as wait } from 'node:timers/promises';
import type { BenchCluster } from './bench-cluster.ts';

const busy = `SELECT count(*)::int AS busy FROM pg_stat_activity
  WHERE pid <> pg_backend_pid() AND (state = 'active' OR backend_type = 'autovacuum worker')`;

export async function settle({ run }: BenchCluster): Promise<void> {
  for (;;) {
    const [row] = await run<{ busy: number }>('postgres', busy);
    if (row!.busy === 0) return;
    await wait(50);
  }
}
