/**
 * `npm run bench -- tours`: the demo town cut into walks, beside what no walk can undercut; how long it takes, how
 * much the pieces differ in size, and how compact they are.
 */
import { makeHouseholds } from '../../../seed/households.ts';
import { divide } from '../../../src/geometry/divide.ts';
import { makeProjection, type Spot } from '../../../src/geometry/projection.ts';
import { costOfRound, findRound } from '../../../src/geometry/tour.ts';
import { findWalk, placeDoors, type WalkDoor } from '../../../src/geometry/walking-order.ts';
import { walkingCosts } from '../../../src/geometry/walking-cost.ts';
import type { BenchReport } from '../bench.ts';
import { lowerBound } from './lower-bound.ts';

interface Measured {
  readonly most: number;
  readonly pieces: number;
  readonly fewestDoors: number;
  readonly mostDoors: number;
  readonly divideMs: number;
  readonly walkMs: number;
  readonly slowestWalkMs: number;
  /** All walks together over all bounds together, and the worst of them. */
  readonly overBound: number;
  readonly worstOverBound: number;
  readonly kilometres: number;
  /** Mean metres from a door to the middle of its piece. */
  readonly metresToMiddle: number;
}

export async function benchTours(): Promise<BenchReport> {
  const doors = makeHouseholds('2026-11-02').map(({ building, unitNum }): WalkDoor => ({
    ...building.coords,
    number: String(building.number),
    street: building.street.name,
    unit: unitNum ?? null,
  }));
  const measured = [60, 200].map((most) => measure(doors, most));
  const lines = measured.map(
    (each) =>
      `${doors.length} doors in ${each.pieces} pieces of ${each.fewestDoors} to ${each.mostDoors}: divided in ` +
      `${each.divideMs} ms, walks in ${each.walkMs} ms (slowest ${each.slowestWalkMs}), ${each.kilometres} km in all, ` +
      `${percent(each.overBound)} above the bound (worst ${percent(each.worstOverBound)}), ` +
      `${each.metresToMiddle} m to the middle of the piece`,
  );
  return { lines, json: { doors: doors.length, tours: measured } };
}

function measure(doors: readonly WalkDoor[], most: number): Measured {
  const { toSpot } = makeProjection(doors);
  const spots = doors.map(toSpot);
  const began = performance.now();
  const pieces = divide(spots, most);
  const divided = performance.now();
  let slowest = 0;
  for (const piece of pieces) {
    const before = performance.now();
    findWalk(piece.map((index) => doors[index]!));
    slowest = Math.max(slowest, performance.now() - before);
  }
  const walked = performance.now();
  const walks = pieces.map((piece) => compareToBound(piece.map((index) => doors[index]!)));
  const sum = (of: (walk: { length: number; bound: number }) => number): number =>
    walks.reduce((all, walk) => all + of(walk), 0);
  return {
    most,
    pieces: pieces.length,
    fewestDoors: Math.min(...pieces.map(({ length }) => length)),
    mostDoors: Math.max(...pieces.map(({ length }) => length)),
    divideMs: Math.round(divided - began),
    walkMs: Math.round(walked - divided),
    slowestWalkMs: Math.round(slowest),
    overBound: sum(({ length }) => length) / sum(({ bound }) => bound) - 1,
    worstOverBound: Math.max(...walks.map(({ length, bound }) => length / bound - 1)),
    kilometres: Math.round(sum(({ length }) => length) / 100) / 10,
    metresToMiddle: Math.round(meanToMiddle(pieces.map((piece) => piece.map((index) => spots[index]!)))),
  };
}

/** Houses, because the flats of one cost nothing to walk between. */
function compareToBound(doors: readonly WalkDoor[]): { readonly length: number; readonly bound: number } {
  const houses = [...new Map(doors.map((door) => [`${door.lat} ${door.lng}`, door])).values()];
  const costs = walkingCosts(placeDoors(houses));
  const length = costOfRound(findRound(costs, houses.length), costs);
  return { length, bound: lowerBound(costs, houses.length, length) };
}

function meanToMiddle(pieces: readonly (readonly Spot[])[]): number {
  const distances = pieces.flatMap((piece) => {
    const x = piece.reduce((sum, spot) => sum + spot.x, 0) / piece.length;
    const y = piece.reduce((sum, spot) => sum + spot.y, 0) / piece.length;
    return piece.map((spot) => Math.hypot(spot.x - x, spot.y - y));
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
