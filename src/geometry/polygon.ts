/**
 * A polygon that somebody drew: whether it is one, and which places lie inside. Its edge belongs to it.
 *
 * A newcomer's mistake would be to take a longitude as it comes: a polygon across the antimeridian may go on counting
 * beyond 180, and a place inside it is then a whole turn away.
 */
import { kinks } from '@turf/kinks';
import isInside from 'point-in-polygon-hao';
import type { Fault } from '../problem.ts';
import type { Polygon } from './boundary.ts';
import type { Place } from './projection.ts';

/** Every edge is compared with every other. */
const mostPositions = 2_000;

/** Faults by pointer into the polygon, whose shape (rings of pairs of numbers) is right. RFC 7946 §3.1.6. */
export function checkPolygon({ coordinates }: Polygon): readonly Fault[] {
  const size = coordinates.reduce((sum, ring) => sum + ring.length, 0);
  if (size > mostPositions) {
    return [{ pointer: '/coordinates', message: `must have at most ${mostPositions} positions, not ${size}` }];
  }
  const faults = coordinates.flatMap((ring, index) => checkRing(ring, `/coordinates/${index}`));
  if (faults.length > 0) return faults;
  const rings = coordinates.map((ring) => ring.map(([lng, lat]) => [lng!, lat!]));
  const [crossing] = kinks({ type: 'Polygon', coordinates: rings }).features;
  if (crossing === undefined) return [];
  const place = crossing.geometry.coordinates.map((degrees) => Math.round(degrees * 1e6) / 1e6).join(', ');
  return [{ pointer: '/coordinates', message: `must not cross itself, as it does at ${place}` }];
}

function checkRing(ring: readonly (readonly number[])[], pointer: string): readonly Fault[] {
  if (ring.length < 4) return [{ pointer, message: 'must have at least four positions' }];
  const faults = ring.flatMap(([lng, lat], index): readonly Fault[] => {
    const isOnEarth = Math.abs(lng!) <= 360 && Math.abs(lat!) <= 90;
    return isOnEarth
      ? []
      : [{ pointer: `${pointer}/${index}`, message: 'must be a longitude and a latitude in degrees' }];
  });
  const [first, last] = [ring[0]!, ring.at(-1)!];
  const isClosed = first[0] === last[0] && first[1] === last[1];
  return isClosed ? faults : [...faults, { pointer, message: 'must end where it begins' }];
}

/** Those that lie in the polygon or on its edge. */
export function inside<Placed extends { readonly coords: Place }>(
  { coordinates }: Polygon,
  those: readonly Placed[],
): readonly Placed[] {
  const rings = coordinates.map((ring) => ring.map(([east, north]): [number, number] => [east!, north!]));
  return those.filter(({ coords: { lat, lng } }) =>
    [lng, lng + 360, lng - 360].some((turned) => isInside([turned, lat], rings) !== false),
  );
}
