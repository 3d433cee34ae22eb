/** Doors cut into pieces, and the polygons round them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundaryOf } from '../../../src/geometry/boundary.ts';
import { divide } from '../../../src/geometry/divide.ts';
import type { Polygon } from '../../../src/geometry/boundary.ts';
import { checkPolygon, inside } from '../../../src/geometry/polygon.ts';
import { makeProjection } from '../../../src/geometry/projection.ts';

const contains = (polygon: Polygon, coords: { lat: number; lng: number }): boolean =>
  inside(polygon, [{ coords }]).length === 1;

const spots = fc.array(fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) }), {
  minLength: 1,
  maxLength: 400,
});

test('every door is in one piece, no piece is too large, and sizes differ by a tenth of the mean at most', () => {
  fc.assert(
    fc.property(spots, fc.integer({ min: 1, max: 80 }), (all, most) => {
      const pieces = divide(all, most);
      expect(pieces.flat().sort((a, b) => a - b)).toEqual(all.map((_, index) => index));
      expect(pieces.length).toBe(Math.ceil(all.length / most));
      const mean = all.length / pieces.length;
      for (const { length } of pieces) {
        expect(length).toBeLessThanOrEqual(most);
        expect(Math.abs(length - mean)).toBeLessThanOrEqual(Math.max(1, mean * 0.1));
      }
    }),
    { numRuns: 200 },
  );
});

test('both sides of a street stay together where there are yards to cut through', () => {
  // Four streets 100 m apart, with houses 12 m off the middle on either side.
  const houses = [0, 1, 2, 3].flatMap((street) =>
    [-12, 12].flatMap((side) =>
      Array.from({ length: 10 }, (_, at) => ({ x: at * 20, y: street * 100 + side, street })),
    ),
  );
  for (const piece of divide(houses, 20)) {
    expect(new Set(piece.map((index) => houses[index]!.street)).size).toBe(1);
  }
});

test('a river is a better place to cut than a line through the middle', () => {
  const bank = (x: number, count: number) =>
    Array.from({ length: count }, (_, at) => ({ x: x + (at % 7) * 20, y: at * 15 }));
  const pieces = divide([...bank(0, 42), ...bank(400, 38)], 44);
  expect(pieces.map((piece) => piece.every((index) => index < 42) || piece.every((index) => index >= 42))).toEqual([
    true,
    true,
  ]);
});

const placeNear = (lat: number, lng: number) =>
  fc.record({
    lat: fc.double({ min: lat - 0.02, max: lat + 0.02, noNaN: true }),
    lng: fc.double({ min: lng - 0.02, max: lng + 0.02, noNaN: true }),
  });

test('a boundary is sound, closed, counter-clockwise, and has its doors inside', () => {
  const anywhere = fc
    .tuple(fc.integer({ min: -80, max: 80 }), fc.integer({ min: -179, max: 179 }))
    .chain(([lat, lng]) => fc.array(placeNear(lat, lng), { minLength: 1, maxLength: 60 }));
  fc.assert(
    fc.property(anywhere, (places) => {
      const boundary = boundaryOf(places);
      expect(checkPolygon(boundary)).toEqual([]);
      const [ring] = boundary.coordinates;
      const area = ring!
        .slice(1)
        .reduce((sum, [x, y], index) => sum + ring![index]![0]! * y! - x! * ring![index]![1]!, 0);
      expect(area).toBeGreaterThan(0);
      for (const place of places) expect(contains(boundary, place)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('one door, and many at one point or on one line, have a boundary too', () => {
  const place = { lat: 40.1, lng: -83 };
  const line = Array.from({ length: 9 }, (_, at) => ({ lat: 40.1, lng: -83 + at / 1000 }));
  for (const places of [[place], Array.from({ length: 30 }, () => place), line]) {
    const boundary = boundaryOf(places);
    expect(checkPolygon(boundary)).toEqual([]);
    for (const each of places) expect(contains(boundary, each)).toBe(true);
  }
});

test('places on both sides of the antimeridian are as near as they are', () => {
  const { toSpot, toPlace } = makeProjection([
    { lat: -16.8, lng: 179.999 },
    { lat: -16.8, lng: -179.999 },
  ]);
  const [west, east] = [toSpot({ lat: -16.8, lng: 179.999 }), toSpot({ lat: -16.8, lng: -179.999 })];
  expect(east.x - west.x).toBeCloseTo(212.9, 0);
  expect(toPlace(toSpot({ lat: -16.81, lng: 179.998 })).lng).toBeCloseTo(179.998, 9);
});

const ring = (...positions: readonly (readonly number[])[]) => ({ type: 'Polygon', coordinates: [positions] }) as const;

test('a polygon that crosses itself, is open, or lies off the Earth is refused at its place', () => {
  const bowTie = ring([0, 0], [2, 2], [2, 0], [0, 2], [0, 0]);
  expect(checkPolygon(bowTie)).toMatchObject([
    { pointer: '/coordinates', message: 'must not cross itself, as it does at 1, 1' },
  ]);
  expect(checkPolygon(ring([0, 0], [2, 0], [2, 2], [0, 2]))).toMatchObject([{ pointer: '/coordinates/0' }]);
  expect(checkPolygon(ring([0, 0], [2, 0], [0, 0]))).toMatchObject([{ pointer: '/coordinates/0' }]);
  expect(checkPolygon(ring([0, 0], [2, 0], [2, 95], [0, 0]))).toMatchObject([{ pointer: '/coordinates/0/2' }]);
  const endless = ring(...Array.from({ length: 2001 }, (_, at) => [at / 100, at % 2]));
  expect(checkPolygon(endless)).toMatchObject([{ pointer: '/coordinates' }]);
});

test('a hole is outside, the edge is inside, and a polygon may go on counting beyond 180 degrees', () => {
  const square = [
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
    [0, 0],
  ];
  const hole = [
    [1, 1],
    [1, 3],
    [3, 3],
    [3, 1],
    [1, 1],
  ];
  const polygon = { type: 'Polygon', coordinates: [square, hole] } as const;
  const at = (lng: number, lat: number): boolean => contains(polygon, { lat, lng });
  expect([at(0.5, 0.5), at(2, 2), at(4, 2), at(5, 2)]).toEqual([true, false, true, false]);
  const acrossTheLine = ring([179, 0], [181, 0], [181, 2], [179, 2], [179, 0]);
  expect([179.5, -179.5, 178.5, -178.5].map((lng) => contains(acrossTheLine, { lat: 1, lng }))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
