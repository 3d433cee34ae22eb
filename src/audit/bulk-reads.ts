/**
 * The read log: who took personal data out in bulk, when, through what, by which filter, and how many rows of it. Lists
 * above a threshold, exports and sync call `record`.
 *
 * Nobody waits for it: entries are kept in memory for a second at most and written together, behind the answer. A
 * process that is killed takes that second with it; one that stops writes what it has (`close`). What a device pulls of one
 * collection in that second, page after page, is one entry, under the request of the first.
 */
import { v7 as makeId } from 'uuid';
import type { Viewer } from '../access/viewer.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import { sql } from '../store/sql.ts';

export type Transport = 'rest' | 'graphql' | 'sync' | 'feed' | 'export';

export interface BulkRead {
  readonly viewer: Pick<Viewer, 'customerId' | 'userId' | 'client' | 'organizationGroupId'>;
  readonly transport: Transport;
  /** kebab-case plurals, with commas between where one answer held several: `households,contacts`. */
  readonly resource: string;
  /** In the filter language or any other words that say which rows; null for all that the caller may see. */
  readonly filter: string | null;
  readonly rows: number;
  readonly requestId: string | null;
}

export interface BulkReads {
  /** From how many rows on a list counts as read in bulk. Exports and sync are recorded whatever their size. */
  readonly threshold: number;
  /** Returns at once, and never throws. */
  record(read: BulkRead): void;
  /** Resolves when everything that was recorded so far is written, or could not be. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface BulkReadOptions {
  readonly database: Pick<Database, 'query'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly threshold: number;
}

const flushMs = 1_000;
const largestBatch = 500;
/** While the database is away; the oldest are then given up first, and the log says how many. */
const mostKept = 20_000;
const longestFilter = 4_096;

interface Entry {
  readonly id: string;
  readonly at: string;
  rows: number;
  readonly [column: string]: string | number | null;
}

export function makeBulkReads({ database, clock, log, threshold }: BulkReadOptions): BulkReads {
  let waiting: Entry[] = [];
  let timer: NodeJS.Timeout | null = null;
  let underWay: Promise<void> = Promise.resolve();
  let count = 0;
  /** The entries of devices among those that wait, by who pulled what. */
  const pulls = new Map<string, Entry>();

  const write = async (): Promise<void> => {
    pulls.clear();
    while (waiting.length > 0) {
      const entries = waiting.slice(0, largestBatch);
      waiting = waiting.slice(entries.length);
      try {
        await insert(database, entries);
      } catch (error) {
        waiting = [...entries, ...waiting];
        log.warn({ err: error, waiting: waiting.length }, 'the read log could not be written; it is tried again');
        return dropOldest();
      }
    }
  };
  const dropOldest = (): void => {
    const lost = waiting.length - mostKept;
    if (lost <= 0) return;
    waiting = waiting.slice(lost);
    log.error({ lost }, 'entries of the read log were lost');
  };
  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    underWay = underWay.then(write).then(schedule);
    return underWay;
  };
  const schedule = (): void => {
    if (waiting.length === 0 || timer !== null) return;
    timer = setTimeout(() => void flush(), flushMs);
    timer.unref();
  };

  return {
    threshold,
    record(read) {
      const pull = read.transport === 'sync' ? keyOfPull(read) : null;
      const earlier = pull === null ? undefined : pulls.get(pull);
      if (earlier !== undefined) return void (earlier.rows += read.rows);
      // Ids are in the order of what was read, also within a millisecond; the counter has 31 bits.
      count = (count + 1) % 2 ** 31;
      const entry = makeEntry(read, clock.now(), count);
      waiting.push(entry);
      if (pull !== null) pulls.set(pull, entry);
      if (waiting.length > mostKept) dropOldest();
      schedule();
    },
    flush,
    async close() {
      await flush();
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function keyOfPull({ viewer: { customerId, userId, client, organizationGroupId }, resource }: BulkRead): string {
  return `${customerId} ${userId} ${organizationGroupId} ${resource} ${client}`;
}

function makeEntry(read: BulkRead, now: Date, seq: number): Entry {
  const { viewer, transport, resource, filter, rows, requestId } = read;
  return {
    id: makeId({ msecs: now.getTime(), seq }),
    at: now.toISOString(),
    customer_id: viewer.customerId,
    security_group_id: viewer.organizationGroupId,
    user_id: viewer.userId,
    client: viewer.client,
    request_id: requestId,
    transport,
    resource,
    filter: filter === null ? null : filter.slice(0, longestFilter),
    rows,
  };
}

async function insert(database: Pick<Database, 'query'>, entries: readonly Entry[]): Promise<void> {
  await database.query(sql`
    INSERT INTO read_log (customer_id, id, security_group_id, at, user_id, client, request_id, transport, resource,
      filter, rows)
    SELECT customer_id, id, security_group_id, at, user_id, client, request_id, transport, resource, filter, rows
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS entry (customer_id uuid, id uuid,
      security_group_id uuid, at timestamptz, user_id uuid, client text, request_id text, transport text,
      resource text, filter text, rows bigint)
    ON CONFLICT DO NOTHING`);
}
