/**
 * Heron Ford, Arizona: a town that does not exist, on a grid of blocks cut in two by a river, in empty desert and
 * under ZIP codes that were never assigned. Numbers rise with the position along a street, odd ones on its north or
 * west side, so that a walk sorted by number is a walk.
 */
import { makeRandom } from './random.ts';
import { streets, type Street } from './streets.ts';

export interface Coords {
  readonly lat: number;
  readonly lng: number;
}

export interface Neighborhood {
  readonly name: string;
  readonly postalCode: string;
  /** True across the river, where the chapter works. */
  readonly eastBank: boolean;
  /** Blocks from west to east and from south to north. */
  readonly columns: readonly [number, number];
  readonly rows: readonly [number, number];
}

export interface Building {
  readonly number: number;
  readonly street: Street;
  readonly neighborhood: Neighborhood;
  readonly coords: Coords;
  /** Empty for a house with one door. */
  readonly units: readonly string[];
}

export const town = {
  name: 'Heron Ford',
  county: 'Agua Dulce County',
  state: 'AZ',
  country: 'USA',
  timeZone: 'America/Phoenix',
  /** Arizona keeps no daylight saving time, which saves the seed a time zone database. */
  hoursBehindUtc: 7,
} as const;

export const neighborhoods: readonly Neighborhood[] = [
  { name: 'Southside', postalCode: '85801', eastBank: false, columns: [-0.5, 8.5], rows: [-0.5, 4] },
  { name: 'Orchard', postalCode: '85801', eastBank: false, columns: [-0.5, 4], rows: [4, 9] },
  { name: 'Old Mill', postalCode: '85801', eastBank: false, columns: [4, 8.5], rows: [4, 9] },
  { name: 'Northside', postalCode: '85801', eastBank: false, columns: [-0.5, 8.5], rows: [9, 13.5] },
  { name: 'The Heights', postalCode: '85801', eastBank: false, columns: [0.5, 5.5], rows: [14.5, 18.5] },
  { name: 'Ferry Landing', postalCode: '85802', eastBank: true, columns: [8.6, 13.5], rows: [2.5, 6] },
  { name: 'East Bank', postalCode: '85802', eastBank: true, columns: [8.6, 13.5], rows: [6, 10.5] },
];

const householdCount = 2000;
/** Households in each apartment building, four to a floor. */
const apartmentBuildings = [12, 16, 8, 24, 12, 20, 16, 8, 12, 24, 16, 12, 8, 20, 12, 16, 24, 12, 8, 16, 12, 20, 12, 16];

const southWest: Coords = { lat: 34.021, lng: -112.962 };
const metresADegree = 111_195;
const blockMetres = 120;
const riverMetres = 160;
/** Metres from the corner to the lots of one block side. The first 35 belong to the houses round the corner. */
const lotMetres = [35, 60, 85];
const setbackMetres = 15;

/** The buildings in street order: 2,000 households in all. */
export function makeBuildings(): Building[] {
  const random = makeRandom(7);
  const lots = streets.flatMap((street) => makeLots(street));
  const order = random.shuffle([...lots.keys()]);
  const central = order.filter((lot) => ['Old Mill', 'Ferry Landing'].includes(lots[lot]!.neighborhood.name));
  const unitsByLot = new Map(apartmentBuildings.map((count, index) => [central[index]!, makeUnits(count)]));
  const houses = householdCount - apartmentBuildings.reduce((sum, count) => sum + count, 0);
  // What is left over is a shop, a school or an empty lot.
  const houseLots = new Set(order.filter((lot) => !unitsByLot.has(lot)).slice(0, houses));
  return lots.flatMap((building, lot) => {
    const units = unitsByLot.get(lot);
    if (units !== undefined) return [{ ...building, units }];
    return houseLots.has(lot) ? [building] : [];
  });
}

/** A closed GeoJSON ring round a neighborhood (RFC 7946 §3.1.6: counter-clockwise, longitude first). */
export function makeBoundary({ columns: [west, east], rows: [south, north] }: Neighborhood): number[][] {
  const corner = (column: number, row: number): number[] => {
    const { lat, lng } = coordsAt(eastOf(column), row * blockMetres);
    return [lng, lat];
  };
  return [corner(west, south), corner(east, south), corner(east, north), corner(west, north), corner(west, south)];
}

/** A point so many metres from another. */
export function moveBy({ lat, lng }: Coords, metresEast: number, metresNorth: number): Coords {
  const shrink = Math.cos((southWest.lat * Math.PI) / 180);
  return {
    lat: round(lat + metresNorth / metresADegree),
    lng: round(lng + metresEast / (metresADegree * shrink)),
  };
}

function makeLots(street: Street): Building[] {
  const random = makeRandom(street.at * 101 + street.from + (street.runs === 'east' ? 0 : 5000));
  const lots: Building[] = [];
  for (const side of [1, -1]) {
    for (let block = street.from; block < street.to; block++) {
      lotMetres.forEach((metres, index) => {
        const even = 100 * (block + 1) + 8 + 30 * index + 2 * random.between(0, 10);
        const number = side === 1 ? even + 1 : even;
        const [east, north] =
          street.runs === 'east'
            ? [eastOf(block) + metres, street.at * blockMetres + side * setbackMetres]
            : [eastOf(street.at) - side * setbackMetres, block * blockMetres + metres];
        lots.push({
          number,
          street,
          neighborhood: neighborhoodAt(east, north),
          coords: coordsAt(east, north),
          units: [],
        });
      });
    }
  }
  return lots;
}

function neighborhoodAt(east: number, north: number): Neighborhood {
  const row = north / blockMetres;
  const found = neighborhoods.find(
    ({ columns, rows }) => east >= eastOf(columns[0]) && east < eastOf(columns[1]) && row >= rows[0] && row < rows[1],
  );
  if (found === undefined) throw new RangeError(`No neighborhood at ${east} m east, ${north} m north.`);
  return found;
}

function makeUnits(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Apt ${100 * (Math.floor(index / 4) + 1) + (index % 4) + 1}`);
}

function eastOf(column: number): number {
  return column * blockMetres + (column > 8.5 ? riverMetres : 0);
}

function coordsAt(east: number, north: number): Coords {
  return moveBy(southWest, east, north);
}

/** Six decimals are a hand's breadth; more would claim a survey. */
function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
