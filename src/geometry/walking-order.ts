/**
 * The order in which one person walks some doors: up one side of a street and back on the other, since crossing costs
 * something and a round ends where it began. The list begins behind the longest way of the round, so that nobody walks
 * that one.
 */
import { makeProjection, type Place } from './projection.ts';
import { costOfRound, findRound } from './tour.ts';
import { type Door, walkingCosts } from './walking-cost.ts';

export interface WalkDoor extends Place {
  readonly number: string | null;
  readonly street: string;
  readonly unit: string | null;
}

export interface Walk {
  /** Indexes of the doors. */
  readonly order: readonly number[];
  /** Of the whole round, in metres as a person on foot would estimate them. */
  readonly metres: number;
}

const byNumber = new Intl.Collator('en', { numeric: true });

export function findWalk(doors: readonly WalkDoor[]): Walk {
  if (doors.length === 0) return { order: [], metres: 0 };
  const houses = gather(doors);
  const spots = placeDoors(houses.map(([index]) => doors[index!]!));
  const costs = walkingCosts(spots);
  const round = findRound(costs, houses.length);
  const order = openRound(round, costs).flatMap((house) => houses[house]!);
  return { order, metres: Math.round(costOfRound(round, costs)) };
}

/** As points on a plane, for whoever asks what it costs from one to another. */
export function placeDoors(doors: readonly WalkDoor[]): readonly Door[] {
  const { toSpot } = makeProjection(doors);
  return doors.map((door) => ({ ...toSpot(door), number: door.number, street: door.street }));
}

/** The doors of one house are one stop on the round, by their units: `Apt 9` comes before `Apt 10`. */
function gather(doors: readonly WalkDoor[]): readonly (readonly number[])[] {
  const houses = new Map<string, number[]>();
  doors.forEach(({ lat, lng, number, street }, index) => {
    const house = JSON.stringify([lat, lng, number, street]);
    houses.set(house, [...(houses.get(house) ?? []), index]);
  });
  const unitOf = (index: number): string => doors[index]!.unit ?? '';
  return [...houses.values()].map((house) =>
    house.sort((one, other) => byNumber.compare(unitOf(one), unitOf(other)) || one - other),
  );
}

function openRound(round: readonly number[], costs: Float64Array): readonly number[] {
  const size = round.length;
  const way = (at: number): number => costs[round[(at + size - 1) % size]! * size + round[at]!]!;
  const start = round.reduce((longest, _, at) => (way(at) > way(longest) ? at : longest), 0);
  return [...round.slice(start), ...round.slice(0, start)];
}
