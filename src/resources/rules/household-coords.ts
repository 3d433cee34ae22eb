/** A list row carries the coordinates of its household, so that a map can be drawn from the list alone. */
import type { JsonObject } from '../../json.ts';
import type { Candidate, Completion, HookContext } from '../../resource.ts';
import { sql } from '../../store/sql.ts';

interface Found {
  readonly id: string;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly confidence: number | null;
}

export async function copyCoords(candidates: readonly Candidate[], context: HookContext): Promise<Completion[]> {
  const ids = candidates.map(({ after }) => after!['contactHouseholdId']);
  const found = await context.database.query<Found>(sql`
    SELECT link.id, address.coords_lat AS lat, address.coords_lng AS lng, address.coords_confidence AS confidence
    FROM contact_households link
    JOIN households household ON household.customer_id = link.customer_id AND household.id = link.household_id
    JOIN addresses address ON address.customer_id = household.customer_id AND address.id = household.address_id
    WHERE link.customer_id = ${context.customerId} AND link.id = ANY(${ids}::uuid[])`);
  const coords = new Map(found.map(({ id, ...place }) => [id, place]));
  return candidates.map(({ after }) => {
    const place = coords.get(String(after!['contactHouseholdId']));
    const known: JsonObject | null = place === undefined || place.lat === null ? null : { ...place };
    return { data: { ...after!, coords: known } };
  });
}
