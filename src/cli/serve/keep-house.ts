/**
 * What has to be done once a day: the change log has a partition for each month, made ahead of time (this one and the two
 * that follow), and sets of groups that nobody uses any more are deleted. Once an hour: sign-ins and exports that have
 * expired. Once a minute: walklists whose lease has run out are open again.
 */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Model } from '../../model.ts';
import type { Database } from '../../store/database.ts';
import type { Exports } from '../../exports/exports.ts';
import { forgetGroupSets } from '../../store/group-sets.ts';
import { forgetExpiredSignIns } from '../../store/oauth-records.ts';
import { sql } from '../../store/sql.ts';
import { endLapsedLeases } from '../../turf/end-lapsed-leases.ts';
import type { Writer } from '../../write/writer.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;

export interface Housekeeping {
  stop(): void;
}

export async function keepHouse(on: {
  readonly database: Database;
  readonly exports: Pick<Exports, 'jobs'>;
  readonly writer: Writer;
  readonly model: Model;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<Housekeeping> {
  const { database, exports, writer, model, clock, log } = on;
  const prepareMonths = async (): Promise<void> => {
    await database.query(sql`
      SELECT doorstep_prepare_change_log(${clock.now().toISOString()}::timestamptz + ahead * interval '1 month')
      FROM generate_series(0, 2) AS ahead`);
  };
  await prepareMonths();
  const timer = setInterval(() => {
    // There are two months left to try again tomorrow, and the default partition after that.
    prepareMonths().catch((error: unknown) =>
      log.error({ err: error }, 'the change log has no partition for the next months'),
    );
    forgetGroupSets(database).catch((error: unknown) =>
      log.warn({ err: error }, 'old sets of groups were not deleted'),
    );
  }, dayMs);
  // Anybody may begin to sign in, and every beginning is remembered for an hour.
  const hourly = setInterval(() => {
    forgetExpiredSignIns(database, clock.now()).catch((error: unknown) =>
      log.warn({ err: error }, 'sign-ins that have expired were not deleted'),
    );
    exports.jobs.expire().catch((error: unknown) => log.warn({ err: error }, 'old exports were not deleted'));
  }, hourMs);
  const minutely = setInterval(() => {
    endLapsedLeases({ database, writer, model, log }).catch((error: unknown) =>
      log.warn({ err: error }, 'walklists whose lease has run out were not opened'),
    );
  }, minuteMs);
  for (const each of [timer, hourly, minutely]) each.unref();
  return {
    stop() {
      for (const each of [timer, hourly, minutely]) clearInterval(each);
    },
  };
}
