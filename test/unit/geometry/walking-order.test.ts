/** The order in which a person walks. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { costOfRound, findRound } from '../../../src/geometry/tour.ts';
import { findWalk, placeDoors, type WalkDoor } from '../../../src/geometry/walking-order.ts';
import { walkingCosts } from '../../../src/geometry/walking-cost.ts';

const metre = 1 / 111_195;

/** A house of a street that runs east, its even numbers on the south side. */
function house(number: number, north = 0, street = 'Main St'): WalkDoor {
  const side = number % 2 === 0 ? -12 : 12;
  return {
    lat: 40 + (north + side) * metre,
    lng: -83 + number * 8 * metre,
    number: String(number),
    street,
    unit: null,
  };
}

test('one side of a street is walked up, and the other one back', () => {
  const numbers = Array.from({ length: 24 }, (_, index) => index + 1);
  // In no order at all.
  const doors = numbers.map((number) => house(((number * 7) % 24) + 1));
  const { order } = findWalk(doors);
  const sides = order.map((index) => Number(doors[index]!.number) % 2);
  expect(sides.filter((side, at) => at > 0 && side !== sides[at - 1])).toHaveLength(1);
  const rises = (side: number): readonly boolean[] => {
    const walked = order.map((index) => Number(doors[index]!.number)).filter((number) => number % 2 === side);
    return walked.slice(1).map((number, at) => number > walked[at]!);
  };
  expect(new Set(rises(0)).size).toBe(1);
  expect(new Set(rises(1)).size).toBe(1);
  expect(rises(0)[0]).not.toBe(rises(1)[0]);
});

test('a street is finished before the one behind the gardens is begun', () => {
  const doors = [0, 60].flatMap((north, row) =>
    Array.from({ length: 20 }, (_, index) => house(index + 1, north, row === 0 ? 'Main St' : 'Elm St')),
  );
  const streets = findWalk(doors).order.map((index) => doors[index]!.street);
  const changes = streets.filter((street, at) => at > 0 && street !== streets[at - 1]).length;
  expect(changes).toBeLessThanOrEqual(2);
});

test('the flats of a house are knocked at one after the other, by their numbers', () => {
  const units = ['Apt 10', 'Apt 9', null, 'Apt 101', 'Apt 1'];
  const doors = [house(3), ...units.map((unit) => ({ ...house(12), unit })), house(14)];
  const walked = findWalk(doors).order.map((index) => doors[index]!);
  const flats = walked.filter(({ number }) => number === '12').map(({ unit }) => unit);
  expect(flats).toEqual([null, 'Apt 1', 'Apt 9', 'Apt 10', 'Apt 101']);
  const places = walked.flatMap(({ number }, at) => (number === '12' ? [at] : []));
  expect(places.at(-1)! - places[0]!).toBe(4);
});

test('no door, one, two and three, and all at one point have an order', () => {
  for (const count of [0, 1, 2, 3, 40]) {
    const doors = Array.from({ length: count }, () => house(5));
    expect([...findWalk(doors).order].sort((a, b) => a - b)).toEqual(doors.map((_, index) => index));
    const apart = doors.map((_, index) => house(index + 1));
    expect([...findWalk(apart).order].sort((a, b) => a - b)).toEqual(apart.map((_, index) => index));
  }
});

const doorsAnywhere = fc.array(
  fc.record({
    lat: fc.integer({ min: 0, max: 800 }).map((north) => 40 + north * metre),
    lng: fc.integer({ min: 0, max: 800 }).map((east) => -83 + east * metre),
    number: fc.option(fc.integer({ min: 1, max: 400 }).map(String)),
    street: fc.constantFrom('Main St', 'Elm St', 'Oak St'),
    unit: fc.constant(null),
  }),
  { minLength: 4, maxLength: 9 },
);

test('of a few doors the round is the shortest there is', () => {
  fc.assert(
    fc.property(doorsAnywhere, (doors) => {
      const costs = walkingCosts(placeDoors(doors));
      const found = costOfRound(findRound(costs, doors.length), costs);
      expect(found).toBeCloseTo(shortest(costs, doors.length), 6);
    }),
    { numRuns: 60 },
  );
});

/** By trying everything, with what is known to be too long left out. */
function shortest(costs: Float64Array, size: number): number {
  let best = Infinity;
  const visit = (last: number, left: readonly number[], length: number): void => {
    if (length >= best) return;
    if (left.length === 0) best = Math.min(best, length + costs[last * size]!);
    for (const next of left)
      visit(
        next,
        left.filter((door) => door !== next),
        length + costs[last * size + next]!,
      );
  };
  visit(
    0,
    Array.from({ length: size - 1 }, (_, index) => index + 1),
    0,
  );
  return best;
}

test('the same doors have the same round every time', () => {
  const doors = Array.from({ length: 60 }, (_, index) =>
    house(((index * 13) % 60) + 1, (index % 4) * 90, `Street ${index % 4}`),
  );
  expect(findWalk(doors)).toEqual(findWalk(doors));
});
