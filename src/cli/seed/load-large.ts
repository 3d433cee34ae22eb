/**
 * The large customer: its office through the write path, then its millions of rows by COPY in one transaction, so that
 * a load which is interrupted leaves an office without doors and can be run again.
 */
import { largeIds, makeLarge, type LargeTable } from '../../../seed/large.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Resource } from '../../model.ts';
import { type BulkLoad, loadInBulk } from '../../store/bulk-load.ts';
import { join, name, sql } from '../../store/sql.ts';
import { type CopyStamp, makeCopyFormat } from '../../write/copy-rows.ts';
import { CommandFailure } from '../command-failure.ts';
import { makeProgress } from '../progress.ts';
import type { House } from '../with-house.ts';
import { loadSteps } from './load-steps.ts';

export interface LoadLargeOptions {
  readonly contacts: number;
  readonly interactions: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly isTerminal: boolean;
  readonly signal: AbortSignal;
}

export interface LoadedLarge {
  readonly rows: number;
  readonly seconds: number;
}

const rowsABatch = 500;
/** Checks that a foreign key is right wait in memory until the end of a COPY, where they cannot be switched off. */
const rowsACopy = 200_000;

export async function loadLarge(house: House, options: LoadLargeOptions): Promise<LoadedLarge> {
  const { contacts, interactions, clock, log, isTerminal, signal } = options;
  await refuseSecond(house);
  const started = clock.now();
  const large = makeLarge({ contacts, interactions, today: started.toISOString().slice(0, 10) });
  await loadSteps(large.setup(), house);
  const total = large.tables.reduce((sum, { count }) => sum + count, 0);
  const progress = makeProgress({ label: 'loading', total, isTerminal, clock, log });
  let done = 0;
  const onRows = (rows: number, table: string): void => {
    if (signal.aborted) throw new CommandFailure('The load was stopped, and nothing of it was kept.');
    done += rows;
    progress.update(done, { table, rows: done });
  };
  try {
    await loadInBulk(house.url, (load) => copyTables(load, large.tables, house, started, onRows));
  } finally {
    progress.stop();
  }
  log.info('counting what is there, for the planner');
  await analyze(house, large.tables);
  return { rows: total, seconds: (clock.now().getTime() - started.getTime()) / 1000 };
}

async function refuseSecond({ database }: House): Promise<void> {
  const [row] = await database.query<{ found: boolean }>(sql`
    SELECT EXISTS (SELECT FROM addresses WHERE customer_id = ${largeIds.customer}) AS found`);
  if (row?.found !== true) return;
  throw new CommandFailure(
    'There is a large customer already, and only one fits. Use another database for another size.',
  );
}

type OnRows = (rows: number, table: string) => void;

async function copyTables(
  load: BulkLoad,
  tables: readonly LargeTable[],
  { model }: House,
  now: Date,
  onRows: OnRows,
): Promise<void> {
  const { customer: customerId } = largeIds;
  const [taken] = await load.query<{ position: string }>(
    sql`SELECT doorstep_take_position(${customerId}::uuid)::text AS position`,
  );
  const stamp = { customerId, position: taken!.position, now: now.toISOString() };
  for (const table of tables) await copyTable(load, table, model.get(table.resource), stamp, onRows);
}

async function copyTable(
  load: BulkLoad,
  { count, rowAt }: LargeTable,
  resource: Resource,
  stamp: CopyStamp,
  onRows: OnRows,
): Promise<void> {
  const { columns, lineOf } = makeCopyFormat(resource, stamp);
  const lineAt = (index: number): string => lineOf(rowAt(index));
  for (let from = 0; from < count; from += rowsACopy) {
    const to = Math.min(count, from + rowsACopy);
    await load.copy(
      resource.table,
      columns,
      batches(from, to, lineAt, (rows) => onRows(rows, resource.table)),
    );
  }
}

function* batches(
  from: number,
  to: number,
  lineAt: (index: number) => string,
  onRows: (rows: number) => void,
): Generator<string> {
  for (let start = from; start < to; start += rowsABatch) {
    const end = Math.min(to, start + rowsABatch);
    let text = '';
    for (let index = start; index < end; index++) text += lineAt(index);
    yield text;
    onRows(end - start);
  }
}

async function analyze({ url, model }: House, tables: readonly LargeTable[]): Promise<void> {
  const names = tables.map(({ resource }) => name(model.get(resource).table));
  await loadInBulk(url, (load) => load.query(sql`ANALYZE ${join(names)}`));
}
