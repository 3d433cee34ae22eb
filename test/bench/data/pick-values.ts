/**
 * What the requests ask for. The values differ from request to request, as in life, and are the same for every
 * contender and in every run on the same data.
 */
import { largeIds } from '../../../seed/large.ts';
import type { BenchCluster } from '../harness/bench-cluster.ts';
import { precinctField } from './precinct-field.ts';

export interface Values {
  /** Of interactions. */
  readonly ids: readonly string[];
  /** Moments in the future, after which nothing was modified. */
  readonly futures: readonly string[];
  /** Times of the newest interactions, from which to look back. */
  readonly moments: readonly string[];
  /** Two hundred households each, neighbours as on a walk. */
  readonly walks: readonly (readonly string[])[];
  /** What the voter file calls forty people, each. */
  readonly voters: readonly (readonly string[])[];
  readonly precincts: readonly string[];
}

const many = 1000;
const walks = 100;

export async function pickValues({ run }: BenchCluster, database: string): Promise<Values> {
  const column = async (text: string): Promise<readonly string[]> =>
    (await run<{ value: string }>(database, text, [largeIds.customer])).map(({ value }) => value);
  // The order of a hash is an order by chance that is the same every time.
  const byChance = (table: string, value: string, of: string): string =>
    `SELECT ${value} AS value FROM ${table} WHERE customer_id = $1 ORDER BY hashtext(${of}::text), ${of} LIMIT ${many}`;
  const ids = await column(byChance('interactions', 'id', 'id'));
  const moments = await column(
    `SELECT timestamp::text AS value FROM (SELECT DISTINCT timestamp FROM interactions WHERE customer_id = $1
      ORDER BY timestamp DESC LIMIT ${many}) newest ORDER BY hashtext(timestamp::text)`,
  );
  const starts = await column(byChance('households', 'id', 'id'));
  const chosen = await Promise.all(
    starts
      .slice(0, walks)
      .map((start) =>
        run<{ id: string }>(
          database,
          'SELECT id FROM households WHERE customer_id = $1 AND id >= $2 ORDER BY id LIMIT 200',
          [largeIds.customer, start],
        ),
      ),
  );
  const people = await column(byChance('contacts', 'external_id', 'id'));
  const precincts = await column(byChance('contacts', `fields->>'${precinctField}'`, 'id'));
  return {
    ids,
    futures: Array.from({ length: many }, (_, index) => new Date(Date.UTC(2100, 0, 1, 0, 0, index)).toISOString()),
    moments: moments.map((text) => new Date(text).toISOString()),
    // A walk that begins at the last houses is shorter.
    walks: chosen.map((rows) => rows.map(({ id }) => id)).filter((walk) => walk.length === 200),
    voters: people.map((_, index) =>
      Array.from({ length: 40 }, (_each, at) => people[(index + at * 7) % people.length]!),
    ),
    precincts,
  };
}
