/**
 * What follows from checking a walklist out or giving it back: the lease, the doors that it holds, and the reservations
 * of the contacts behind them. After a change all three are made to say what the walklists say now, so that there is one
 * way from every state to every other.
 *
 * A door is one row under a primary key, which is what finally keeps two people from holding it. A lease that has run
 * out holds nothing, whether or not anybody has cleaned up behind it.
 */
import type { Candidate, HookContext } from '../../resource.ts';
import { sql } from '../../store/sql.ts';
import { leaseMoved } from './lease-rules.ts';

export async function moveLeases(written: readonly Candidate[], context: HookContext): Promise<void> {
  const moved = written.filter(({ before, after }) => leaseMoved(before, after));
  if (moved.length === 0) return;
  const ids = moved.map(({ id }) => id);
  await reopenRemoved(
    moved.flatMap(({ id, after }) => (after === null ? [id] : [])),
    context,
  );
  await followLeases(ids, context);
  await followDoors(ids, context);
  await clearReservations(ids, context);
  await reserve(ids, context);
}

/** A lease does not outlive its walklist: one that is brought back is open. */
async function reopenRemoved(ids: readonly string[], context: HookContext): Promise<void> {
  if (ids.length === 0) return;
  await context.database.query(sql`
    UPDATE walklists SET status = 'open', user_id = NULL, expires = NULL
    WHERE customer_id = ${context.customerId} AND id = ANY(${ids}::uuid[])`);
  context.log(ids.map((id) => ({ resource: 'walklist', id, verb: 'patch' })));
}

async function followLeases(ids: readonly string[], { database, customerId, now }: HookContext): Promise<void> {
  await database.query(sql`
    WITH held AS (
      SELECT id, user_id, expires FROM walklists
      WHERE customer_id = ${customerId} AND id = ANY(${ids}::uuid[]) AND NOT is_deleted AND status = 'checked-out'
    ), ended AS (
      UPDATE walklist_leases lease SET ended = least(${now.toISOString()}::timestamptz, lease.expires)
      WHERE lease.customer_id = ${customerId} AND lease.walklist_id = ANY(${ids}::uuid[]) AND lease.ended IS NULL
        AND NOT EXISTS (SELECT FROM held WHERE held.id = lease.walklist_id AND held.user_id = lease.user_id)
    )
    UPDATE walklist_leases lease SET expires = held.expires FROM held
    WHERE lease.customer_id = ${customerId} AND lease.walklist_id = held.id AND lease.user_id = held.user_id
      AND lease.ended IS NULL AND lease.expires <> held.expires`);
  await database.query(sql`
    INSERT INTO walklist_leases (customer_id, walklist_id, user_id, began, expires)
    SELECT walk.customer_id, walk.id, walk.user_id, ${now.toISOString()}::timestamptz, walk.expires FROM walklists walk
    WHERE walk.customer_id = ${customerId} AND walk.id = ANY(${ids}::uuid[]) AND NOT walk.is_deleted
      AND walk.status = 'checked-out' AND NOT EXISTS (
        SELECT FROM walklist_leases lease WHERE lease.customer_id = ${customerId} AND lease.walklist_id = walk.id
          AND lease.ended IS NULL)`);
}

/** The doors of these walklists that their leases hold, and no others; a lease that has run out gives way. */
async function followDoors(ids: readonly string[], { database, customerId, now }: HookContext): Promise<void> {
  const wanted = sql`
    SELECT walk.campaign_id, stop.household_id, walk.id AS walklist_id FROM walklists walk
    JOIN walklist_stops stop ON stop.customer_id = ${customerId} AND stop.walklist_id = walk.id AND NOT stop.is_deleted
    WHERE walk.customer_id = ${customerId} AND walk.id = ANY(${ids}::uuid[]) AND NOT walk.is_deleted
      AND walk.status = 'checked-out' AND walk.expires > ${now.toISOString()}::timestamptz`;
  await database.query(sql`
    WITH wanted AS (${wanted})
    DELETE FROM held_doors door WHERE door.customer_id = ${customerId} AND door.walklist_id = ANY(${ids}::uuid[])
      AND NOT EXISTS (SELECT FROM wanted WHERE wanted.campaign_id = door.campaign_id
        AND wanted.household_id = door.household_id AND wanted.walklist_id = door.walklist_id)`);
  await database.query(sql`
    WITH wanted AS (${wanted})
    DELETE FROM held_doors door USING wanted WHERE door.customer_id = ${customerId}
      AND door.campaign_id = wanted.campaign_id AND door.household_id = wanted.household_id
      AND door.walklist_id <> wanted.walklist_id AND NOT EXISTS (
        SELECT FROM walklist_leases lease WHERE lease.customer_id = ${customerId}
          AND lease.walklist_id = door.walklist_id AND lease.ended IS NULL
          AND lease.expires > ${now.toISOString()}::timestamptz)`);
  await database.query(sql`
    WITH wanted AS (${wanted})
    INSERT INTO held_doors (customer_id, campaign_id, household_id, walklist_id)
    SELECT ${customerId}::uuid, wanted.* FROM wanted WHERE NOT EXISTS (
      SELECT FROM held_doors door WHERE door.customer_id = ${customerId} AND door.campaign_id = wanted.campaign_id
        AND door.household_id = wanted.household_id AND door.walklist_id = wanted.walklist_id)`);
}

async function clearReservations(ids: readonly string[], context: HookContext): Promise<void> {
  const { database, customerId, userId } = context;
  const cleared = await database.query<{ id: string }>(sql`
    UPDATE contact_household_campaigns known
    SET reservation_reserved = false, reservation_walklist_id = NULL, modified_by = ${userId}::uuid
    WHERE known.customer_id = ${customerId} AND known.reservation_walklist_id = ANY(${ids}::uuid[]) AND NOT EXISTS (
      SELECT FROM contact_households link
      JOIN held_doors door ON door.customer_id = ${customerId} AND door.household_id = link.household_id
        AND door.campaign_id = known.campaign_id AND door.walklist_id = known.reservation_walklist_id
      WHERE link.customer_id = ${customerId} AND link.id = known.contact_household_id)
    RETURNING known.id`);
  context.log(cleared.map(({ id }) => ({ resource: 'contactHouseholdCampaign', id, verb: 'patch' })));
}

/** Everybody whom the campaign knows behind the doors, and those of the household whom a stop says to ask for. */
async function reserve(ids: readonly string[], context: HookContext): Promise<void> {
  const { database, customerId, userId } = context;
  const reserved = await database.query<{ id: string; made: boolean }>(sql`
    WITH behind AS (
      SELECT door.campaign_id, door.household_id, door.walklist_id, link.id AS link_id, link.security_group_id
      FROM held_doors door JOIN contact_households link
        ON link.customer_id = ${customerId} AND link.household_id = door.household_id AND NOT link.is_deleted
      WHERE door.customer_id = ${customerId} AND door.walklist_id = ANY(${ids}::uuid[])
    ), changed AS (
      UPDATE contact_household_campaigns known
      SET reservation_reserved = true, reservation_walklist_id = behind.walklist_id, modified_by = ${userId}::uuid
      FROM behind WHERE known.customer_id = ${customerId} AND NOT known.is_deleted
        AND known.campaign_id = behind.campaign_id AND known.contact_household_id = behind.link_id
        AND (known.reservation_reserved, known.reservation_walklist_id) IS DISTINCT FROM (true, behind.walklist_id)
      RETURNING known.id, false AS made
    ), made AS (
      INSERT INTO contact_household_campaigns (customer_id, id, security_group_id, created_by, create_digest,
        campaign_id, contact_household_id, type, contacted, state, reservation_reserved, reservation_walklist_id)
      SELECT ${customerId}::uuid, uuidv7(), behind.security_group_id, ${userId}::uuid, '',
        behind.campaign_id, behind.link_id, 'normal', false, 'not-contacted-normal', true, behind.walklist_id
      FROM behind
      JOIN households household ON household.customer_id = ${customerId} AND household.id = behind.household_id
        AND household.security_group_id = behind.security_group_id
      JOIN walklist_stops stop ON stop.customer_id = ${customerId} AND stop.walklist_id = behind.walklist_id
        AND stop.household_id = behind.household_id AND NOT stop.is_deleted
        AND stop.contact_household_ids ? behind.link_id::text
      WHERE NOT EXISTS (
        SELECT FROM contact_household_campaigns known WHERE known.customer_id = ${customerId} AND NOT known.is_deleted
          AND known.campaign_id = behind.campaign_id AND known.contact_household_id = behind.link_id)
      RETURNING id, true AS made
    )
    SELECT * FROM changed UNION ALL SELECT * FROM made`);
  context.log(
    reserved.map(({ id, made }) => ({ resource: 'contactHouseholdCampaign', id, verb: made ? 'create' : 'patch' })),
  );
}
