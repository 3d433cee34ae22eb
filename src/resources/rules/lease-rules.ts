/**
 * Who may check out, hand over and give back a walklist, and that no two people hold one door of a campaign. It is asked
 * of the row before and after, so that it holds for actions, for plain patches and for creates.
 *
 * People see to their own walks; whoever plans turfs (`modify@turfs`) gives walks to others and takes them away.
 */
import type { JsonObject } from '../../json.ts';
import { type Fault, Problem } from '../../problem.ts';
import type { Candidate, Completion, HookContext } from '../../resource.ts';
import { sql } from '../../store/sql.ts';
import { endOf, isHeld, leaseEnd } from './lease.ts';

export async function keepLease(candidates: readonly Candidate[], context: HookContext): Promise<Completion[]> {
  const completions = candidates.map((candidate) => completeLease(candidate, context));
  const holding = candidates.flatMap((candidate, index) => {
    const completion = completions[index]!;
    if (!('data' in completion) || !isHeld(completion.data, context.now)) return [];
    return leaseMoved(candidate.before, completion.data) ? [{ index, id: candidate.id, data: completion.data }] : [];
  });
  const released = candidates.flatMap(({ id, before }, index) => {
    const completion = completions[index]!;
    const isReleased = 'data' in completion && isHeld(before, context.now) && !isHeld(completion.data, context.now);
    return isReleased ? [id] : [];
  });
  for (const [index, faults] of await findHeld(holding, released, context)) {
    const detail = `Somebody else holds ${faults.length === 1 ? 'a door' : `${faults.length} doors`} of this walklist.`;
    completions[index] = { problem: new Problem('LEASE_HELD', detail, { errors: faults }) };
  }
  return completions;
}

/** Whether who holds which doors until when is another matter than it was. A remark at a stop leaves it as it is. */
export function leaseMoved(before: JsonObject | null, after: JsonObject | null): boolean {
  const isOut = (data: JsonObject | null): boolean => data?.['status'] === 'checked-out';
  if (!isOut(before) && !isOut(after)) return false;
  const facts = (data: JsonObject | null): string =>
    JSON.stringify([
      isOut(data),
      data?.['userId'],
      data?.['campaignId'],
      endOf(data ?? {}),
      ...(data ? doorsOf(data) : []),
    ]);
  return facts(before) !== facts(after);
}

function doorsOf({ stops }: JsonObject): readonly string[] {
  return ((stops ?? []) as readonly JsonObject[]).map(({ householdId }) => householdId as string).sort();
}

function completeLease({ before, after, securityGroupId }: Candidate, context: HookContext): Completion {
  const data = { ...after! };
  if (data['status'] === 'checked-out') {
    data['userId'] ??= context.userId;
    data['expires'] ??= leaseEnd(context.now);
    if (data['userId'] === null) {
      return { faults: [{ pointer: '/userId', message: 'is needed of a walklist that is checked out' }] };
    }
  }
  const isPlanner = context.userId === null || context.mayWrite('modify', 'turfs', securityGroupId);
  const problem = isPlanner ? null : refuse(before, data, context);
  return problem === null ? { data } : { problem };
}

/** What somebody who plans no turfs may not do. */
function refuse(before: JsonObject | null, after: JsonObject, { userId, now }: HookContext): Problem | null {
  const strangers = (data: JsonObject | null): boolean =>
    (data?.['userId'] ?? null) !== null && data!['userId'] !== userId;
  const planned = 'Who plans turfs (modify@turfs) may.';
  if (strangers(before)) {
    if (isHeld(before, now)) {
      return new Problem('FORBIDDEN', `Somebody else has the walklist: only they may change it. ${planned}`);
    }
    const isAssigned = before!['status'] === 'open' && before!['userId'] !== after['userId'];
    if (isAssigned) return new Problem('FORBIDDEN', `The walklist is meant for somebody else. ${planned}`);
  }
  const isOwn = before !== null && before['userId'] === userId;
  const moves = before === null || leaseMoved(before, after) || before['userId'] !== after['userId'];
  if (!isOwn && moves && strangers(after)) {
    return new Problem('FORBIDDEN', `You may take a walklist yourself, and not give it to somebody else. ${planned}`);
  }
  return null;
}

interface Holding {
  readonly index: number;
  readonly id: string;
  readonly data: JsonObject;
}

/** By the place of the walklist in the batch: its stops at doors that somebody holds, or that an earlier one takes. */
async function findHeld(
  holding: readonly Holding[],
  released: readonly string[],
  { database, customerId, now }: HookContext,
): Promise<ReadonlyMap<number, readonly Fault[]>> {
  const doors = holding.flatMap(({ index, id, data }) =>
    ((data['stops'] ?? []) as readonly JsonObject[]).map(({ householdId }, stop) => {
      return { index, id, stop, campaign: data['campaignId'] as string, household: householdId as string };
    }),
  );
  const found = new Map<number, Fault[]>();
  if (doors.length === 0) return found;
  const held = await database.query<{ place: number }>(sql`
    SELECT wanted.place::integer - 1 AS place
    FROM unnest(${doors.map(({ id }) => id)}::uuid[], ${doors.map(({ campaign }) => campaign)}::uuid[],
      ${doors.map(({ household }) => household)}::uuid[])
      WITH ORDINALITY AS wanted (walklist_id, campaign_id, household_id, place)
    JOIN held_doors held ON held.customer_id = ${customerId} AND held.campaign_id = wanted.campaign_id
      AND held.household_id = wanted.household_id AND held.walklist_id <> wanted.walklist_id
      AND held.walklist_id <> ALL(${released}::uuid[])
    JOIN walklist_leases lease ON lease.customer_id = ${customerId} AND lease.walklist_id = held.walklist_id
      AND lease.ended IS NULL AND lease.expires > ${now.toISOString()}::timestamptz
    ORDER BY wanted.place`);
  const taken = new Set(held.map(({ place }) => place));
  const takenBy = new Map<string, string>();
  doors.forEach(({ index, id, stop, campaign, household }, place) => {
    const door = `${campaign} ${household}`;
    const isTaken = taken.has(place) || (takenBy.get(door) ?? id) !== id;
    if (isTaken) {
      const fault = { pointer: `/stops/${stop}/householdId`, message: 'is a door that somebody else holds' };
      found.set(index, [...(found.get(index) ?? []), fault]);
    } else takenBy.set(door, id);
  });
  return found;
}
