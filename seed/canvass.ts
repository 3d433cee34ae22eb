/**
 * Six weeks of walking: which canvasser stood at which door when, and what came of it. They walk three evenings a week
 * and both days of the weekend, each along a route of their own; in the last weeks they first go back to the doors
 * where nobody was home.
 */
import { addDays, instantOf, weekdayOf } from './calendar.ts';
import { makeId } from './demo-ids.ts';
import { makeAnswer, makeTalk, type Outcome } from './door-talk.ts';
import { makeRandom, type Random } from './random.ts';
import { moveBy, town, type Neighborhood } from './town.ts';
import type { Household, Resident } from './households.ts';
import type { JsonObject } from '../src/json.ts';

/** What one canvasser walked of one neighborhood in one go. */
export interface Walk {
  readonly id: string;
  readonly canvasser: string;
  readonly neighborhood: Neighborhood;
  readonly doors: Household[];
}

/** One attempt to talk to one person. */
export interface Visit {
  readonly id: string;
  readonly household: Household;
  readonly resident: Resident;
  readonly walk: Walk;
  readonly outcome: Outcome;
  /** The interaction's attributes, but for its references. */
  readonly data: JsonObject;
}

export interface Shift {
  readonly canvasser: string;
  readonly walks: readonly Walk[];
  readonly visits: readonly Visit[];
}

export interface CanvassPlan {
  readonly today: string;
  readonly interactions: number;
  readonly surveyId: string;
  /** For each canvasser, the doors in walking order. */
  readonly routes: ReadonlyMap<string, readonly Household[]>;
}

interface Walker {
  readonly canvasser: string;
  readonly fresh: Household[];
  readonly again: { readonly household: Household; readonly date: string }[];
}

const canvassDays = new Set([0, 2, 3, 4, 6]);
/** The canvass day, out of thirty, from which walks go back to old doors. */
const firstReturn = 20;
const daysBetweenVisits = 7;

/** The shifts in the order in which they happened, and the doors that are left for each canvasser. */
export function makeCanvass({ today, interactions, surveyId, routes }: CanvassPlan): {
  readonly shifts: readonly Shift[];
  readonly ahead: ReadonlyMap<string, readonly Household[]>;
} {
  const random = makeRandom(23);
  const knock = makeKnocking(random);
  // The day before today is left out: its evening here is already today in UTC.
  const days = Array.from({ length: 42 }, (_, index) => addDays(today, index - 43)).filter((day) =>
    canvassDays.has(weekdayOf(day)),
  );
  const walkers = [...routes].map(([canvasser, doors]): Walker => ({ canvasser, fresh: [...doors], again: [] }));
  const shifts: Shift[] = [];
  let left = interactions;
  let walkCount = 0;
  days.forEach((date, day) => {
    walkers.forEach((walker, index) => {
      const shiftsLeft = (days.length - day) * walkers.length - index;
      const quota = shiftsLeft === 1 ? left : Math.round(left / shiftsLeft) + random.between(-6, 6);
      const walks: Walk[] = [];
      const visits: Visit[] = [];
      let clock = makeStart(random, date);
      while (visits.length < quota) {
        const household = nextDoor(walker, date, day >= firstReturn);
        const { neighborhood } = household.building;
        if (walks.at(-1)?.neighborhood !== neighborhood) {
          const id = makeId(`millrace/walklist/${++walkCount}`);
          walks.push({ id, canvasser: walker.canvasser, neighborhood, doors: [] });
        }
        const walk = walks.at(-1)!;
        walk.doors.push(household);
        clock += random.between(50, 170);
        const attempts = knock(household).slice(0, quota - visits.length);
        for (const { resident, outcome, attempt } of attempts) {
          const id = makeId(`millrace/interaction/${resident.contactId}/${attempt}`);
          const data = {
            timestamp: instantOf(date, clock),
            ...makeTalk(random, surveyId, outcome, resident.type === 'high-priority'),
            ...(random.chance(0.96) ? { location: makeLocation(random, household) } : {}),
          };
          visits.push({ id, household, resident, walk, outcome, data });
          clock += outcome === 'talked' ? random.between(180, 420) : random.between(15, 50);
        }
        if (attempts.at(-1)?.outcome === 'not-home') walker.again.push({ household, date });
      }
      left -= visits.length;
      shifts.push({ canvasser: walker.canvasser, walks, visits });
    });
  });
  return { shifts, ahead: new Map(walkers.map(({ canvasser, fresh }) => [canvasser, fresh])) };
}

/** Seconds after midnight UTC: late afternoon in the week, from ten on Saturdays and from one on Sundays. */
function makeStart(random: Random, date: string): number {
  const hour = { 0: 13, 6: 10 }[weekdayOf(date)] ?? 16.5;
  return Math.round((hour + town.hoursBehindUtc) * 3600) + random.between(0, 1500);
}

function nextDoor(walker: Walker, date: string, returning: boolean): Household {
  const [waiting] = walker.again;
  const rested = waiting !== undefined && addDays(waiting.date, daysBetweenVisits) <= date;
  const next = returning && rested ? walker.again.shift()?.household : walker.fresh.shift();
  if (next === undefined) throw new RangeError(`${walker.canvasser} has run out of doors on ${date}.`);
  return next;
}

/** Who is met behind a door, and who is only asked for. Nobody is asked again who has said anything at all. */
function makeKnocking(random: Random) {
  const settled = new Set<string>();
  const attempts = new Map<string, number>();
  return ({ residents }: Household) => {
    const wanted = residents.filter(({ contactId }) => !settled.has(contactId));
    const nobody = random.chance(0.55);
    const faced = nobody ? wanted.slice(0, 2) : random.shuffle(wanted).slice(0, random.chance(0.25) ? 2 : 1);
    return faced.map((resident, index) => {
      const outcome: Outcome = nobody ? 'not-home' : index === 0 ? makeAnswer(random) : 'talked';
      const attempt = (attempts.get(resident.contactId) ?? 0) + 1;
      attempts.set(resident.contactId, attempt);
      if (outcome !== 'not-home') settled.add(resident.contactId);
      return { resident, outcome, attempt };
    });
  };
}

/** A telephone's idea of where it is, a few steps from the door. */
function makeLocation(random: Random, { building }: Household): JsonObject {
  const near = moveBy(building.coords, random.between(-14, 14), random.between(-14, 14));
  return { ...near, confidence: random.pick([5, 5, 8, 12, 20]) };
}
