/**
 * The demo, once. The customers' own rows come last, so they say that it is finished; begun and not finished, it is
 * continued as of the day on which it was begun, because every row of it has to come out the same.
 */
import { demoIds } from '../../../seed/demo-ids.ts';
import { makeDemo } from '../../../seed/demo.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Database } from '../../store/database.ts';
import { sql } from '../../store/sql.ts';
import type { House } from '../with-house.ts';
import { makeProgress } from '../progress.ts';
import { loadSteps } from './load-steps.ts';

export interface SeedDemoOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly say: (line: string) => void;
  readonly isTerminal: boolean;
  readonly signal?: AbortSignal;
}

export type SeedOutcome = 'loaded' | 'there already' | 'stopped';

export async function seedDemo(
  { database, model, writer }: Pick<House, 'database' | 'model' | 'writer'>,
  { clock, log, say, isTerminal, signal }: SeedDemoOptions,
): Promise<SeedOutcome> {
  const { isFinished, day } = await findDemo(database);
  if (isFinished) return 'there already';
  const started = clock.now();
  const steps = [...makeDemo({ today: day ?? started.toISOString().slice(0, 10) })];
  const total = steps.reduce((sum, { rows }) => sum + rows.length, 0);
  say(`Loading the demo: ${total.toLocaleString('en-US')} rows ...`);
  const progress = makeProgress({ label: 'loading the demo', total, isTerminal, clock, log });
  const onRows = (rows: number): void => progress.update(rows, { rows });
  const isLoaded = await loadSteps(steps, {
    database,
    model,
    writer,
    onRows,
    ...(signal === undefined ? {} : { signal }),
  }).finally(() => progress.stop());
  log.info({ rows: total, ms: clock.now().getTime() - started.getTime(), finished: isLoaded }, 'the demo was loaded');
  return isLoaded ? 'loaded' : 'stopped';
}

async function findDemo(database: Database): Promise<{ readonly isFinished: boolean; readonly day: string | null }> {
  const customers = [demoIds.customer, demoIds.otherCustomer];
  const [row] = await database.query<{ finished: number; day: string | null }>(sql`
    SELECT (SELECT count(*)::int FROM customers WHERE customer_id = ANY(${customers}::uuid[])) AS finished,
      (SELECT min(created)::date::text FROM organizations WHERE customer_id = ANY(${customers}::uuid[])) AS day`);
  return { isFinished: row!.finished === customers.length, day: row!.day };
}
