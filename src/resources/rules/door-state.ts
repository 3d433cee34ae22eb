/**
 * What a campaign knows of a contact at a door. It is never counted up and down: after every change it is derived
 * anew from the latest event, so that offline batches may arrive in any order and any number of times with the same
 * end. Events are the live interactions, by (least(timestamp, created), id) so that a device clock from the future
 * cannot pin a door, and the last status that somebody set by hand, at the server's time.
 */
import { isJsonObject, type JsonObject } from '../../json.ts';
import type { Candidate, Completion, HookContext } from '../../resource.ts';
import { join, raw, type Sql, sql } from '../../store/sql.ts';

/** The state that a visit stands for. `row` has unavailable, unavailable_reason and successful. */
export function visitState(row: 'visit'): Sql {
  return raw(`CASE
    WHEN NOT ${row}.unavailable AND ${row}.successful THEN 'contacted-available-successful'
    WHEN NOT ${row}.unavailable THEN 'contacted-available-not-successful'
    WHEN lower(${row}.unavailable_reason) = 'not home' THEN 'contacted-unavailable-not-home'
    WHEN lower(${row}.unavailable_reason) = 'come back' THEN 'come-back'
    ELSE 'contacted-unavailable-other' END`);
}

/** A state counts as contacted unless nobody has been there or nobody knows. */
function isContacted(state: string): boolean {
  return !state.startsWith('not-contacted') && state !== 'unknown';
}

/** The attributes that an event decides, and their columns. */
const decided = {
  contacted: 'contacted',
  successful: 'successful',
  state: 'state',
  statusId: 'status_id',
  available: 'availability_available',
  unavailableReason: 'availability_unavailable_reason',
} as const;

interface Event {
  readonly contacted: boolean | null;
  readonly successful: boolean | null;
  readonly state: string;
  readonly statusId: string | null;
  readonly available: boolean | null;
  readonly unavailableReason: string | null;
}

function eventOf(data: JsonObject): Event {
  const availability = isJsonObject(data['availability']) ? data['availability'] : {};
  return {
    contacted: (data['contacted'] as boolean | null | undefined) ?? null,
    successful: (data['successful'] as boolean | null | undefined) ?? null,
    state: String(data['state']),
    statusId: (data['statusId'] as string | null | undefined) ?? null,
    available: (availability['available'] as boolean | null | undefined) ?? null,
    unavailableReason: (availability['unavailableReason'] as string | null | undefined) ?? null,
  };
}

/** Fills in state and contacted from the status, and keeps what was set by hand as an event of its own. */
export async function applyStatus(candidates: readonly Candidate[], context: HookContext): Promise<Completion[]> {
  const states = await statusStates(candidates, context);
  return candidates.map(({ before, after }) => completeStatus(before, after!, states));
}

async function statusStates(candidates: readonly Candidate[], { database, customerId }: HookContext) {
  const ids = candidates.flatMap(({ after }) => after!['statusId'] ?? []);
  const found = await database.query<{ id: string; state: string }>(sql`
    SELECT id, contact_state AS state FROM statuses WHERE customer_id = ${customerId} AND id = ANY(${ids}::uuid[])`);
  return new Map(found.map(({ id, state }) => [id, state]));
}

/** What a state that was set by hand says of the visit, where the caller has not said it too. */
function outcomeOf(state: string, before: JsonObject | null, after: JsonObject): JsonObject {
  if (before === null || state === before['state']) return {};
  const isKept = (name: string): boolean => JSON.stringify(after[name]) === JSON.stringify(before[name]);
  const met = state.startsWith('contacted-available');
  const visited = met || state.startsWith('contacted-unavailable') || state === 'come-back';
  return {
    ...(isKept('successful') ? { successful: visited ? state === 'contacted-available-successful' : null } : {}),
    ...(isKept('availability') ? { availability: visited ? { available: met, unavailableReason: null } : null } : {}),
  };
}

function completeStatus(before: JsonObject | null, after: JsonObject, states: ReadonlyMap<string, string>): Completion {
  const untouched = `not-contacted-${String(after['type'] ?? 'normal')}`;
  const given = (after['state'] as string | null | undefined) ?? null;
  const ofStatus = states.get(String(after['statusId'])) ?? null;
  const kept = before !== null && given === before['state'];
  const wanted = (kept && ofStatus !== null && after['statusId'] !== before['statusId']) || given === null;
  const state = wanted ? (ofStatus ?? untouched) : given;
  const isNew = before === null || after['statusId'] !== before['statusId'] || state !== before['state'];
  if (isNew && ofStatus !== null && ofStatus !== state) {
    const message = `must be a status whose contactState is ${state}; this one's is ${ofStatus}`;
    return { faults: [{ pointer: '/statusId', message }] };
  }
  const stateMoved = before === null || state !== before['state'];
  const saidContacted = after['contacted'] ?? null;
  const contacted =
    saidContacted === null || (stateMoved && saidContacted === (before?.['contacted'] ?? null))
      ? isContacted(state)
      : saidContacted;
  const data = { ...after, ...outcomeOf(state, before, after), state, contacted };
  const event = eventOf(data);
  const byHand =
    before === null
      ? event.statusId !== null || !state.startsWith('not-contacted')
      : JSON.stringify(event) !== JSON.stringify(eventOf(before));
  return byHand ? { data, hidden: { handEvent: { ...event }, handTime: 'now' } } : { data };
}

export async function deriveAfterHand(written: readonly Candidate[], context: HookContext): Promise<void> {
  await deriveDoors(
    written.flatMap(({ after }) => pairOf(after)),
    context,
  );
}

export async function deriveAfterVisit(written: readonly Candidate[], context: HookContext): Promise<void> {
  await deriveDoors(
    written.flatMap(({ before, after }) => [...pairOf(before), ...pairOf(after)]),
    context,
  );
}

/** A campaign and a contact-household: what a door is. */
type Pair = readonly [campaign: unknown, contactHousehold: unknown];

function pairOf(data: JsonObject | null): readonly Pair[] {
  return data === null ? [] : [[data['campaignId'], data['contactHouseholdId']]];
}

/**
 * The campaign's rows for these (campaign, contact-household) pairs, derived from their latest event. A door has few
 * visits and a campaign has many: the campaign is compared in a way that no index serves, so that fresh tables, of
 * which the planner knows nothing yet, are still searched by door.
 */
async function deriveDoors(pairs: readonly Pair[], context: HookContext): Promise<void> {
  if (pairs.length === 0) return;
  const { database, customerId, userId } = context;
  const columns = Object.values(decided);
  const values = join([...columns.map((column) => raw(`event.${column}`))]);
  const rows = await database.query<{ id: string; made: boolean }>(sql`
    WITH touched AS (
      SELECT DISTINCT campaign_id, contact_household_id
      FROM unnest(${pairs.map(([campaign]) => campaign)}::uuid[], ${pairs.map(([, link]) => link)}::uuid[])
        AS pair (campaign_id, contact_household_id)
    ), event AS (
      SELECT touched.*, door.id AS door_id, visit.id IS NOT NULL AS visited, ${decidedColumns()}
      FROM touched
      LEFT JOIN contact_household_campaigns door ON door.customer_id = ${customerId} AND NOT door.is_deleted
        AND door.campaign_id = touched.campaign_id AND door.contact_household_id = touched.contact_household_id
      LEFT JOIN LATERAL (
        SELECT interaction.id, interaction.successful, interaction.unavailable, interaction.unavailable_reason,
          interaction.status_id, least(interaction.timestamp, interaction.created) AS happened
        FROM interactions interaction
        WHERE interaction.customer_id = ${customerId} AND NOT interaction.is_deleted
          AND interaction.campaign_id IS NOT DISTINCT FROM touched.campaign_id
          AND interaction.contact_household_id = touched.contact_household_id
        ORDER BY least(interaction.timestamp, interaction.created) DESC, interaction.id DESC LIMIT 1
      ) visit ON true
    ), changed AS (
      UPDATE contact_household_campaigns door SET
        (${join(columns.map((column) => raw(column)))}, modified_by) = ROW(${values}, ${userId}::uuid)
      FROM event WHERE door.customer_id = ${customerId} AND door.id = event.door_id
        AND (${join(columns.map((column) => raw(`door.${column}`)))}) IS DISTINCT FROM (${values})
      RETURNING door.id, false AS made
    ), made AS (
      INSERT INTO contact_household_campaigns (customer_id, id, security_group_id, created_by, create_digest,
        campaign_id, contact_household_id, type, ${join(columns.map((column) => raw(column)))})
      SELECT ${customerId}, uuidv7(), link.security_group_id, ${userId}::uuid, '',
        event.campaign_id, event.contact_household_id, 'normal', ${values}
      FROM event JOIN contact_households link
        ON link.customer_id = ${customerId} AND link.id = event.contact_household_id AND NOT link.is_deleted
      WHERE event.door_id IS NULL AND event.visited
      RETURNING id, true AS made
    )
    SELECT * FROM changed UNION ALL SELECT * FROM made`);
  context.log(
    rows.map(({ id, made }) => ({ resource: 'contactHouseholdCampaign', id, verb: made ? 'create' : 'patch' })),
  );
}

/** Each decided column: from the event set by hand when that is the later one, else from the visit, else untouched. */
function decidedColumns(): Sql {
  const hand = (name: string, type: string) => `(door.hand_event ->> '${name}')::${type}`;
  const untouched = `'not-contacted-' || coalesce(door.type, 'normal')`;
  const choose = (name: keyof typeof decided, type: string, visit: Sql, otherwise: string): Sql => sql`
    CASE WHEN door.hand_time > visit.happened OR (visit.id IS NULL AND door.hand_time IS NOT NULL)
      THEN ${raw(hand(name, type))}
      WHEN visit.id IS NOT NULL THEN ${visit}
      ELSE ${raw(otherwise)} END AS ${raw(decided[name])}`;
  return join([
    choose('contacted', 'boolean', raw('true'), 'false'),
    choose('successful', 'boolean', raw('(NOT visit.unavailable AND coalesce(visit.successful, false))'), 'NULL'),
    choose('state', 'text', visitState('visit'), untouched),
    choose('statusId', 'uuid', raw('visit.status_id'), 'NULL::uuid'),
    choose('available', 'boolean', raw('NOT visit.unavailable'), 'NULL'),
    choose('unavailableReason', 'text', raw('visit.unavailable_reason'), 'NULL'),
  ]);
}
