/** The change log has a partition for each month, made ahead of time: this one and the two that follow, every day. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Database } from '../../store/database.ts';
import { sql } from '../../store/sql.ts';

const dayMs = 86_400_000;

export interface Months {
  stop(): void;
}

export async function keepMonths(on: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<Months> {
  const { database, clock, log } = on;
  const prepare = async (): Promise<void> => {
    await database.query(sql`
      SELECT doorstep_prepare_change_log(${clock.now().toISOString()}::timestamptz + ahead * interval '1 month')
      FROM generate_series(0, 2) AS ahead`);
  };
  await prepare();
  const timer = setInterval(() => {
    // There are two months left to try again tomorrow, and the default partition after that.
    prepare().catch((error: unknown) =>
      log.error({ err: error }, 'the change log has no partition for the next months'),
    );
  }, dayMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
