/** A polygon round some places: their convex hull, with a garden's breadth of room round each. */
import Delaunator from 'delaunator';
import { makeProjection, type Place } from './projection.ts';

/** GeoJSON (RFC 7946 §3.1.6): rings are closed, longitude comes first, and the outer one runs counter-clockwise. */
export interface Polygon {
  readonly type: 'Polygon';
  readonly coordinates: readonly (readonly (readonly number[])[])[];
}

const roomMetres = 12;

/**
 * For at least one place. No place may lie across the antimeridian from another: RFC 7946 §3.1.9 wants such areas cut.
 * Corners are rounded before the hull is found, so that no two of its positions fall together afterwards.
 */
export function boundaryOf(places: readonly Place[]): Polygon {
  const { toSpot, toPlace } = makeProjection(places);
  const corners = places.flatMap((place) => {
    const { x, y } = toSpot(place);
    const [west, east, south, north] = [x - roomMetres, x + roomMetres, y - roomMetres, y + roomMetres];
    const around = [
      { x: west, y: south },
      { x: east, y: south },
      { x: east, y: north },
      { x: west, y: north },
    ];
    return around.map(toPlace);
  });
  const positions = corners.map(({ lat, lng }): Position => [round(clamp(lng, 180)), round(clamp(lat, 90))]);
  const distinct = [...new Map(positions.map((position) => [position.join(' '), position])).values()];
  const ring = [...Delaunator.from(distinct).hull].map((index) => distinct[index]!);
  if (areaOf(ring) < 0) ring.reverse();
  return { type: 'Polygon', coordinates: [[...ring, ring[0]!]] };
}

type Position = readonly [lng: number, lat: number];

/** Twice the area that the ring encloses, negative when it runs clockwise. */
function areaOf(ring: readonly Position[]): number {
  return ring.reduce((sum, [lng, lat], index) => {
    const next = ring[(index + 1) % ring.length]!;
    return sum + lng * next[1] - next[0] * lat;
  }, 0);
}

function clamp(degrees: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, degrees));
}

/** Six decimals are a hand's breadth. */
function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
