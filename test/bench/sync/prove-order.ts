/**
 * The order of changes under load: sixteen writers push visits while a transaction that writes and does not end stays
 * open beside them, and readers follow. A reader asks for what comes after the last it has seen; at the end each must
 * have seen every row once, and none after a later one.
 */
import pg from 'pg';
import { largeIds } from '../../../seed/large.ts';
import type { BenchCluster } from '../harness/bench-cluster.ts';
import { remark } from '../harness/say.ts';
import { makePushCall } from './push-call.ts';
import type { Visits } from './visits.ts';

export interface OrderResult {
  readonly rows: number;
  readonly seconds: number;
  readonly missed: number;
  readonly outOfOrder: number;
  readonly twice: number;
}

export interface OrderOptions {
  readonly cluster: BenchCluster;
  readonly database: string;
  readonly url: string;
  readonly token: string;
  readonly visits: Visits;
  readonly rows: number;
}

const writers = 16;
const readers = 2;
const batch = 100;
const page = 5_000;

export async function proveOrder(options: OrderOptions): Promise<OrderResult> {
  const { cluster, database, url, token, visits, rows } = options;
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: cluster.urlOf(database) });
    await client.connect();
    return client;
  };
  const push = makePushCall(url, token);
  const start = await readPosition(await connect());
  const stranger = await connect();
  // Another customer's transaction, with a position of its own and a row, as old as the whole run.
  await stranger.query('BEGIN');
  await stranger.query(`SELECT doorstep_take_position('00000000-0000-4000-8000-00000000ffff'), pg_current_xact_id()`);
  const begun = performance.now();
  const state = { left: rows, sent: new Set<string>(), isWriting: true };
  const write = async (): Promise<void> => {
    while (state.left > 0) {
      const taken = visits.take(Math.min(batch, state.left));
      state.left -= taken.length;
      await push(taken);
      for (const { id } of taken) state.sent.add(String(id));
      if (state.sent.size % 50_000 < batch) remark(`${state.sent.size} of ${rows} rows`);
    }
  };
  const reading = Array.from({ length: readers }, async () => follow(await connect(), start, () => state.isWriting));
  await Promise.all(Array.from({ length: writers }, write));
  state.isWriting = false;
  const seconds = (performance.now() - begun) / 1000;
  const seen = await Promise.all(reading);
  await stranger.query('ROLLBACK');
  await stranger.end();
  const total = (valueOf: (each: Followed) => number): number => seen.reduce((sum, each) => sum + valueOf(each), 0);
  return {
    ...{ rows, seconds },
    missed: total(({ ids }) => [...state.sent].filter((id) => !ids.has(id)).length),
    outOfOrder: total(({ outOfOrder }) => outOfOrder),
    twice: total(({ twice }) => twice),
  };
}

async function readPosition(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ position: string }>(
    'SELECT coalesce(max(sync_seq), 0)::text AS position FROM interactions WHERE customer_id = $1',
    [largeIds.customer],
  );
  await client.end();
  return rows[0]!.position;
}

interface Followed {
  readonly ids: ReadonlySet<string>;
  readonly outOfOrder: number;
  readonly twice: number;
}

async function follow(client: pg.Client, start: string, isWriting: () => boolean): Promise<Followed> {
  const ids = new Set<string>();
  let [outOfOrder, twice] = [0, 0];
  let [position, last] = [start, 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
  for (;;) {
    // Asked before the page is read: what was written by then has to be on one of the pages.
    const wasWriting = isWriting();
    const { rows } = await client.query<{ id: string; position: string }>({
      name: 'follow',
      text: `SELECT id, sync_seq::text AS position FROM interactions
        WHERE customer_id = $1 AND (sync_seq, id) > ($2, $3) ORDER BY sync_seq, id LIMIT ${page}`,
      values: [largeIds.customer, position, last],
    });
    for (const row of rows) {
      if (BigInt(row.position) < BigInt(position)) outOfOrder += 1;
      if (ids.has(row.id)) twice += 1;
      ids.add(row.id);
      [position, last] = [row.position, row.id];
    }
    if (rows.length === 0 && !wasWriting) break;
  }
  await client.end();
  return { ids, outOfOrder, twice };
}
