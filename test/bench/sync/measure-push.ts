/**
 * A hundred visits at a time, one call after the other, as one phone sends them: through the whole server, beside the
 * limit, which is one INSERT of the same rows into the same table with its indexes, foreign keys and triggers, in the
 * transaction that the triggers need.
 */
import pg from 'pg';
import { largeIds } from '../../../seed/large.ts';
import type { BenchCluster } from '../harness/bench-cluster.ts';
import { median } from '../harness/median.ts';
import { settle } from '../harness/settle.ts';
import { makePushCall } from './push-call.ts';
import { type StoredVisit, visitColumns, type Visits } from './visits.ts';

export interface PushResult {
  readonly size: number;
  /** Milliseconds of one call, the median of each round. */
  readonly limitMs: readonly number[];
  readonly doorstepMs: readonly number[];
  /** The median of the rounds' ratios. */
  readonly ofLimit: number;
}

export interface PushOptions {
  readonly cluster: BenchCluster;
  readonly database: string;
  readonly url: string;
  readonly token: string;
  readonly visits: Visits;
  readonly rounds: number;
  /** Of one turn. */
  readonly seconds: number;
}

const size = 100;

export async function measurePush(options: PushOptions): Promise<PushResult> {
  const { cluster, database, url, token, visits, rounds, seconds } = options;
  const client = new pg.Client({ connectionString: cluster.urlOf(database) });
  await client.connect();
  const insert = makeInsert(client);
  const push = makePushCall(url, token);
  const turn = async (send: (rows: readonly StoredVisit[]) => Promise<void>): Promise<number> => {
    await settle(cluster);
    const times: number[] = [];
    const until = performance.now() + seconds * 1000;
    do {
      const rows = visits.take(size);
      const begun = performance.now();
      await send(rows);
      times.push(performance.now() - begun);
    } while (performance.now() < until);
    return median(times);
  };
  try {
    // Warm code, caches and plans.
    await turn(push);
    await turn(insert);
    const [limitMs, doorstepMs]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const turns = [async () => limitMs.push(await turn(insert)), async () => doorstepMs.push(await turn(push))];
      for (const each of round % 2 === 0 ? turns : turns.reverse()) await each();
    }
    return { size, limitMs, doorstepMs, ofLimit: median(limitMs.map((limit, round) => limit / doorstepMs[round]!)) };
  } finally {
    await client.end();
  }
}

function makeInsert(client: pg.Client): (rows: readonly StoredVisit[]) => Promise<void> {
  const columns = Object.entries(visitColumns);
  // jsonb has no array of its own that `pg` would write: texts, cast row by row.
  const arrays = columns.map(([, type], index) => `$${index + 2}::${type === 'jsonb' ? 'text' : type}[]`);
  const values = columns.map(([column, type]) => (type === 'jsonb' ? `sent.${column}::jsonb` : `sent.${column}`));
  const names = columns.map(([column]) => column).join(', ');
  const text = `INSERT INTO interactions (customer_id, ${names}) SELECT $1::uuid, ${values.join(', ')}
    FROM unnest(${arrays.join(', ')}) AS sent (${names}) RETURNING id, etag, created`;
  return async (rows) => {
    await client.query('BEGIN');
    await client.query({ name: 'take', text: 'SELECT doorstep_take_position($1)', values: [largeIds.customer] });
    const sent = columns.map(([column]) => rows.map((row) => row[column] ?? null));
    await client.query({ name: 'insert', text, values: [largeIds.customer, ...sent] });
    await client.query('COMMIT');
  };
}
