/**
 * Degrees as metres on a plane that touches the Earth in the middle of some places: true to a per mille within a city,
 * which is as far as anybody walks.
 *
 * A newcomer's mistake would be to take the mean of longitudes: west and east of the antimeridian that is on the other
 * side of the Earth. Longitudes are counted from the first place, the short way round.
 */
export interface Place {
  readonly lat: number;
  readonly lng: number;
}

/** Metres east and north. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Projection {
  readonly toSpot: (place: Place) => Spot;
  readonly toPlace: (spot: Spot) => Place;
}

/** A degree of latitude on a sphere of the Earth's mean radius (IUGG: 6371.0088 km). */
const metresADegree = (6_371_008.8 * Math.PI) / 180;

/** Degrees from one longitude to another, from -180 up to 180. */
export function turnBetween(from: number, to: number): number {
  return ((((to - from + 180) % 360) + 360) % 360) - 180;
}

/** For at least one place. */
export function makeProjection(places: readonly Place[]): Projection {
  const [first] = places;
  if (first === undefined) throw new RangeError('There is no place to look from.');
  let [north, south, east, west] = [first.lat, first.lat, 0, 0];
  for (const { lat, lng } of places) {
    north = Math.max(north, lat);
    south = Math.min(south, lat);
    const turn = turnBetween(first.lng, lng);
    east = Math.max(east, turn);
    west = Math.min(west, turn);
  }
  const [lat0, lng0] = [(north + south) / 2, first.lng + (east + west) / 2];
  // At the poles every longitude is the same place; a hair beside them numbers stay finite.
  const shrink = Math.max(Math.cos((lat0 * Math.PI) / 180), 1e-6);
  return {
    toSpot: ({ lat, lng }) => ({
      x: turnBetween(lng0, lng) * metresADegree * shrink,
      y: (lat - lat0) * metresADegree,
    }),
    toPlace: ({ x, y }) => ({ lat: lat0 + y / metresADegree, lng: lng0 + x / (metresADegree * shrink) }),
  };
}
