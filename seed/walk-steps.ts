/**
 * The rows of the walking: turfs, walklists (walked, checked out, open), interactions and notes. Interactions come a
 * shift at a time and in their canvasser's name, as a telephone sends them in the evening.
 */
import { addDays, instantOf } from './calendar.ts';
import { demoIds, makeId } from './demo-ids.ts';
import { makeRandom } from './random.ts';
import { makeSteps, type SeedRow, type SeedStep } from './seed-step.ts';
import { makeBoundary, neighborhoods, type Neighborhood } from './town.ts';
import type { Shift, Visit } from './canvass.ts';
import type { Household } from './households.ts';
import type { JsonObject } from '../src/json.ts';

const stopsAhead = 40;
const remarks = [
  'Dog in the yard. Use the side door.',
  'Baby asleep in the afternoon, do not ring.',
  'Wants to talk to somebody who speaks Vietnamese.',
  'Has the petition on the fridge. Offer a yard sign.',
  'Works at the depot, home after seven.',
  'Moved here last month, not registered yet.',
  'Landlord lives downstairs. Keep it short.',
  'Quiere información en español.',
  'Bring large print next time.',
];

export function* makeWalkSteps(
  customerId: string,
  { shifts, ahead }: { readonly shifts: readonly Shift[]; readonly ahead: ReadonlyMap<string, readonly Household[]> },
  today: string,
): Generator<SeedStep> {
  yield* makeSteps(customerId, 'turf', makeTurfRows(shifts));
  const walked = shifts.flatMap(({ walks }) =>
    walks.map((walk) => makeWalklistRow(walk.id, walk.canvasser, walk.doors, { status: 'done' })),
  );
  const [erins, franks] = [demoIds.erin, demoIds.frank].map((canvasser) => nextDoors(ahead.get(canvasser) ?? []));
  yield* makeSteps(customerId, 'walklist', [
    ...walked,
    makeWalklistRow(demoIds.nextWalklist, demoIds.erin, erins!, {
      status: 'checked-out',
      expires: instantOf(addDays(today, 14), 0),
    }),
    makeWalklistRow(makeId('millrace/walklist/frank/next'), undefined, franks!, { status: 'open' }),
  ]);
  for (const { canvasser, visits } of shifts) {
    yield { customerId, resource: 'interaction', rows: visits.map(makeInteractionRow), changedBy: canvasser };
  }
  for (const { canvasser, rows } of makeNotes(shifts)) {
    yield { customerId, resource: 'note', rows, changedBy: canvasser };
  }
}

/** A walk stays in one neighborhood. */
function nextDoors(doors: readonly Household[]): Household[] {
  const here = doors[0]?.building.neighborhood;
  return doors.filter(({ building }) => building.neighborhood === here).slice(0, stopsAhead);
}

function turfId(neighborhood: Neighborhood): string {
  return makeId(`millrace/turf/${neighborhood.name}`);
}

function makeTurfRows(shifts: readonly Shift[]): SeedRow[] {
  const walks = shifts.flatMap((shift) => shift.walks);
  return neighborhoods.map((neighborhood) => {
    const assigned = new Set(walks.filter((walk) => walk.neighborhood === neighborhood).map((walk) => walk.canvasser));
    return {
      id: turfId(neighborhood),
      securityGroupId: neighborhood.eastBank ? demoIds.chapterGroup : demoIds.organizationGroup,
      data: {
        name: neighborhood.name,
        campaignId: demoIds.campaign,
        boundary: { type: 'Polygon', coordinates: [makeBoundary(neighborhood)] },
        assignedUserIds: [...assigned],
      },
    };
  });
}

function makeWalklistRow(
  id: string,
  userId: string | undefined,
  doors: readonly Household[],
  state: JsonObject,
): SeedRow {
  const [first] = doors;
  if (first === undefined) throw new RangeError('A walklist needs a door.');
  const { neighborhood } = first.building;
  return {
    id,
    securityGroupId: first.group,
    data: {
      name: `${neighborhood.name}, from ${first.building.number} ${first.building.street.name}`,
      campaignId: demoIds.campaign,
      turfId: turfId(neighborhood),
      ...(userId === undefined ? {} : { userId }),
      stops: doors.map((household) => ({
        householdId: household.id,
        contactHouseholdIds: household.residents.map(({ contactHouseholdId }) => contactHouseholdId),
      })),
      ...state,
    },
  };
}

function makeInteractionRow({ id, household, resident, walk, data }: Visit): SeedRow {
  return {
    id,
    securityGroupId: household.group,
    data: {
      campaignId: demoIds.campaign,
      contactId: resident.contactId,
      householdId: household.id,
      contactHouseholdId: resident.contactHouseholdId,
      ...data,
      walklistId: walk.id,
      turfId: turfId(walk.neighborhood),
    },
  };
}

/** After some of the talks, something for whoever comes next. */
function* makeNotes(shifts: readonly Shift[]): Generator<{ canvasser: string; rows: SeedRow[] }> {
  const random = makeRandom(31);
  for (const { canvasser, visits } of shifts) {
    const rows = visits
      .filter(({ outcome }) => (outcome === 'talked' || outcome === 'come-back') && random.chance(0.14))
      .map(({ id, household, resident }) => ({
        id: makeId(`millrace/note/${id}`),
        securityGroupId: household.group,
        data: { contactId: resident.contactId, text: random.pick(remarks) },
      }));
    if (rows.length > 0) yield { canvasser, rows };
  }
}
