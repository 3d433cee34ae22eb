/**
 * Visits to be pushed: those of the seed again, each under a new id and a little later, so that no two are the same and
 * each moves what the campaign knows of its door.
 */
import { makeId } from '../harness/make-id.ts';
import { largeIds } from '../../../seed/large.ts';
import type { BenchCluster } from '../harness/bench-cluster.ts';

/** A row of the table as PostgreSQL has it, by its columns. */
export type StoredVisit = Readonly<Record<string, string | number | boolean | null>>;

/** Columns that the triggers leave to whoever inserts. */
export const visitColumns = {
  id: 'uuid',
  security_group_id: 'uuid',
  create_digest: 'bytea',
  campaign_id: 'uuid',
  contact_id: 'uuid',
  household_id: 'uuid',
  contact_household_id: 'uuid',
  timestamp: 'timestamptz',
  survey_id: 'uuid',
  survey_responses: 'jsonb',
  location_lat: 'double precision',
  location_lng: 'double precision',
  location_confidence: 'double precision',
  successful: 'boolean',
  unavailable: 'boolean',
  unavailable_reason: 'text',
  distance: 'double precision',
  status_id: 'uuid',
} as const;

export interface Visits {
  /** So many that nobody has seen. */
  take(count: number): readonly StoredVisit[];
}

/** As many doors: over and over at the same few, each would have been visited more often than anybody is. */
const templates = 50_000;

/** `doors`: the only ones to be visited; all of them when left out. */
export async function makeVisits(
  { run }: BenchCluster,
  database: string,
  doors: readonly string[] | null = null,
): Promise<Visits> {
  const columns = Object.keys(visitColumns).map((column) =>
    ['survey_responses', 'create_digest', 'timestamp'].includes(column) ? `${column}::text AS ${column}` : column,
  );
  const stored = await run<StoredVisit>(
    database,
    `SELECT ${columns.join(', ')} FROM interactions
      WHERE customer_id = $1 AND ($2::uuid[] IS NULL OR household_id = ANY($2))
      ORDER BY hashtext(id::text) LIMIT ${templates}`,
    [largeIds.customer, doors],
  );
  if (stored.length === 0) throw new Error('The seed has no visit there: ask for more --interactions.');
  let taken = 0;
  return {
    take: (count) =>
      Array.from({ length: count }, () => {
        const row = stored[taken % stored.length]!;
        const moment = new Date(Date.parse(String(row['timestamp'])) + (taken += 1) * 1000);
        return { ...row, id: makeId(), timestamp: moment.toISOString(), create_digest: '\\x00' };
      }),
  };
}

/** The visit as a device has it. */
export function documentOf(row: StoredVisit): object {
  return {
    ...{ id: row['id'], isDeleted: false, campaignId: row['campaign_id'], contactId: row['contact_id'] },
    ...{ householdId: row['household_id'], timestamp: row['timestamp'], surveyId: row['survey_id'] },
    ...{ responses: row['survey_responses'], lat: row['location_lat'], lng: row['location_lng'] },
    ...{ confidence: row['location_confidence'], successful: row['successful'], unavailable: row['unavailable'] },
    ...{ unavailableReason: row['unavailable_reason'], statusId: row['status_id'] },
  };
}
