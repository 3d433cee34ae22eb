/**
 * Grouped counts of all interactions, asked of the server in GraphQL and of PostgreSQL by hand, one after the other, so
 * that whatever else the machine does hits both alike. Both have to count the same.
 */
import pg from 'pg';
import type { Json } from '../../../src/json.ts';
import { ask } from '../harness/ask.ts';
import { median } from '../harness/median.ts';

export interface StatsOptions {
  readonly databaseUrl: string;
  /** Where the server answers. */
  readonly url: string;
  readonly token: string;
  readonly customerId: string;
  readonly rounds: number;
}

export interface StatsTimes {
  /** Medians, in milliseconds. */
  readonly handWritten: number;
  readonly graphql: number;
  /** The median of the rounds' ratios: 1 is as fast as by hand, less is slower. */
  readonly ratio: number;
}

const byHand = `SELECT successful, unavailable_reason, ("timestamp" AT TIME ZONE 'America/New_York')::date AS day,
    count(*) AS visits, count(*) FILTER (WHERE NOT unavailable) AS met
  FROM interactions WHERE customer_id = $1 AND NOT is_deleted GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT 1000`;

const query = `{ interactionStats(groupBy: [successful, unavailableReason, timestampDay], timeZone: "America/New_York", limit: 1000) {
  groups { key { successful unavailableReason timestampDay } visits: count met: count(filter: { unavailable: { eq: false } }) } } }`;

interface Answer {
  readonly data: {
    readonly interactionStats: { readonly groups: readonly { readonly visits: number; readonly met: number }[] };
  };
}

export async function measureStats({ databaseUrl, url, token, customerId, rounds }: StatsOptions): Promise<StatsTimes> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const request = { method: 'POST', path: '/graphql', headers, body: JSON.stringify({ query }) } as const;
  const askHand = async (): Promise<string> => {
    const { rows } = await client.query<{ visits: string; met: string }>(byHand, [customerId]);
    return JSON.stringify(rows.map(({ visits, met }) => [Number(visits), Number(met)]));
  };
  const askServer = async (): Promise<string> => {
    const { data } = (await ask(url, request)) as Json & Answer;
    return JSON.stringify(data.interactionStats.groups.map(({ visits, met }) => [visits, met]));
  };
  const timed = async (one: () => Promise<string>): Promise<{ readonly found: string; readonly ms: number }> => {
    const started = performance.now();
    const found = await one();
    return { found, ms: performance.now() - started };
  };
  try {
    const times: { readonly hand: number; readonly server: number }[] = [];
    // The first round fills the caches of both.
    for (let round = 0; round <= rounds; round += 1) {
      const hand = await timed(askHand);
      const server = await timed(askServer);
      if (hand.found !== server.found)
        throw new Error('the groups of GraphQL are not those of the hand-written statement');
      if (round > 0) times.push({ hand: hand.ms, server: server.ms });
    }
    return {
      handWritten: median(times.map(({ hand }) => hand)),
      graphql: median(times.map(({ server }) => server)),
      ratio: median(times.map(({ hand, server }) => hand / server)),
    };
  } finally {
    await client.end();
  }
}
