/**
 * Checking out a walklist: the actions of a PATCH, as pure functions of the row, the caller and the moment. Whoever has
 * a walklist has it on a lease, which ends by itself at `expires`; who may do what, and that no door is held twice, is
 * decided in lease-rules.ts, because a plain patch of the same attributes has to obey it too.
 *
 * A newcomer's mistake would be to trust the telephone's clock: how long a lease lasts is said in hours, and the server
 * says when that is.
 */
import type { JsonObject, Json } from '../../json.ts';
import { type Fault, Problem } from '../../problem.ts';
import type { Action } from '../../action.ts';
import { isUuid } from '../../uuid.ts';

/** A shift and the way home; a month is the longest that anybody keeps a walk for a reason. */
const usualHours = 12;
export const fewestHours = 0.01;
export const mostHours = 744;

/** Whether the data are of a walklist that somebody has at that moment. */
export function isHeld(data: JsonObject | null, now: Date): boolean {
  return data?.['status'] === 'checked-out' && endOf(data) > now.getTime();
}

/** When the lease ends, in milliseconds since 1970; 0 where there is none. */
export function endOf({ expires = null }: JsonObject): number {
  return typeof expires === 'string' ? Date.parse(expires) : 0;
}

export function leaseEnd(now: Date, hours: number = usualHours): string {
  return new Date(now.getTime() + hours * 3_600_000).toISOString();
}

const checkOut: Action = (params, { before, userId, now }) => {
  const hours = readHours(params);
  const whom = params['userId'] ?? userId;
  const faults = [...hours.faults, ...checkPerson(whom)];
  if (faults.length > 0) return { faults };
  if (before['status'] === 'done') {
    return { problem: ended('The walklist is done: set its status to open before it is walked again.') };
  }
  if (isHeld(before, now) && before['userId'] !== whom) {
    return { problem: new Problem('LEASE_HELD', 'Somebody else has the walklist checked out.') };
  }
  return { sets: { status: 'checked-out', userId: whom, expires: leaseEnd(now, hours.value) } };
};

/** Also after the lease has run out, as long as nobody else has a door of it. */
const renew: Action = (params, { before, now }) => {
  const hours = readHours(params);
  if (hours.faults.length > 0) return { faults: hours.faults };
  if (before['status'] !== 'checked-out') return notOut;
  return { sets: { expires: leaseEnd(now, hours.value) } };
};

const handOver: Action = ({ userId = null }, { before, now }) => {
  const faults = checkPerson(userId);
  if (faults.length > 0) return { faults };
  return isHeld(before, now) ? { sets: { userId } } : notOut;
};

/** All of it, or the stops at some households, which then are an open walklist of their own. */
const giveBack: Action = ({ householdIds = null }, { before }) => {
  const stops = before['stops'] as readonly JsonObject[];
  const given = householdIds === null ? null : readHouseholds(householdIds, stops);
  if (given !== null && 'faults' in given) return given;
  if (before['status'] !== 'checked-out') return notOut;
  const isGiven = ({ householdId }: JsonObject): boolean => given === null || given.ids.has(householdId as string);
  const kept = stops.filter((stop) => !isGiven(stop));
  if (kept.length === 0) return { sets: { status: 'open', userId: null, expires: null } };
  const { name, campaignId, turfId } = before;
  const rest = { name: name!, campaignId: campaignId!, turfId: turfId ?? null, stops: stops.filter(isGiven) };
  return { sets: { stops: kept }, makes: [rest] };
};

/** Who walked it stays. */
const finish: Action = (_, { before }) =>
  before['status'] === 'checked-out' ? { sets: { status: 'done', expires: null } } : notOut;

export const leaseActions = { checkOut, renew, handOver, giveBack, finish };

function ended(detail: string): Problem {
  return new Problem('LEASE_ENDED', detail);
}

const notOut = { problem: ended('The walklist is not checked out, or its lease has ended.') } as const;

function readHours({ hours = null }: JsonObject): { readonly faults: readonly Fault[]; readonly value?: number } {
  if (hours === null) return { faults: [] };
  if (typeof hours === 'number' && hours >= fewestHours && hours <= mostHours) return { faults: [], value: hours };
  return { faults: [{ pointer: '/hours', message: `must be a number from ${fewestHours} to ${mostHours}` }] };
}

function checkPerson(userId: Json | undefined): readonly Fault[] {
  return typeof userId === 'string' && isUuid(userId)
    ? []
    : [{ pointer: '/userId', message: 'must be the id of a user' }];
}

function readHouseholds(
  given: Json,
  stops: readonly JsonObject[],
): { readonly ids: ReadonlySet<string> } | { readonly faults: readonly Fault[] } {
  const pointer = '/householdIds';
  if (!Array.isArray(given) || given.length === 0) {
    return { faults: [{ pointer, message: 'must be an array of households of this walklist, at least one' }] };
  }
  const known = new Set(stops.map(({ householdId }) => householdId));
  const ids = given.map((id: Json) => String(id).toLowerCase());
  const faults = ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ pointer: `${pointer}/${index}`, message: 'must be a household of this walklist' }],
  );
  return faults.length > 0 ? { faults } : { ids: new Set(ids) };
}
