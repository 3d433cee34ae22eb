/** The invented town holds together: numbers rise along a street, houses lie in their neighborhoods. */
import { expect, test } from 'vitest';
import { makeBoundary, makeBuildings, neighborhoods } from '../../../seed/town.ts';
import { streets } from '../../../seed/streets.ts';

const buildings = makeBuildings();

test('there are forty street names and two thousand doors on them', () => {
  expect(new Set(streets.map(({ name }) => name)).size).toBe(40);
  expect(new Set(buildings.map(({ street }) => street.name)).size).toBe(40);
  expect(buildings.reduce((doors, { units }) => doors + Math.max(1, units.length), 0)).toBe(2000);
});

test('every building lies inside the boundary of its neighborhood', () => {
  const outside = buildings.filter(({ neighborhood, coords }) => {
    const [[west, south], , [east, north]] = makeBoundary(neighborhood) as [number[], number[], number[]];
    return !(coords.lng >= west! && coords.lng <= east! && coords.lat >= south! && coords.lat <= north!);
  });
  expect(outside).toEqual([]);
});

test('a boundary is a closed ring', () => {
  for (const neighborhood of neighborhoods) {
    const ring = makeBoundary(neighborhood);
    expect(ring).toHaveLength(5);
    expect(ring.at(-1)).toEqual(ring[0]);
  }
});

test('numbers rise with the position on each side of a street', () => {
  for (const street of streets) {
    for (const parity of [0, 1]) {
      const side = buildings
        .filter((building) => building.street === street && building.number % 2 === parity)
        .sort((a, b) => a.number - b.number);
      const along = side.map(({ coords }) => (street.runs === 'east' ? coords.lng : coords.lat));
      expect(along).toEqual([...along].sort((a, b) => a - b));
      const across = new Set(side.map(({ coords }) => (street.runs === 'east' ? coords.lat : coords.lng)));
      expect(across.size).toBeLessThanOrEqual(1);
    }
  }
});

test('no two buildings stand on one spot', () => {
  expect(new Set(buildings.map(({ coords }) => `${coords.lat},${coords.lng}`)).size).toBe(buildings.length);
});

test('the units of a building differ', () => {
  for (const { units } of buildings) expect(new Set(units).size).toBe(units.length);
});
