/**
 * Coordinates by address, from a JSON list of { address1, city, state, postalCode, coordinates: { lat, lng } }. The unit
 * makes no difference: the doors of a building share its place. Read whole: a county's addresses fit into memory.
 */
import { addressKey, type KeyedAddress } from '../address-key.ts';
import { Problem } from '../problem.ts';
import { normalisePostalCode } from './normalise/postal-code.ts';
import { splitStreetLine } from './normalise/street-line.ts';
import { isUnusable } from './normalise/unusable.ts';
import { findStateCode } from '../us-states.ts';

export interface Coordinates {
  readonly lat: number;
  readonly lng: number;
}

export interface Geocodes {
  find(address: KeyedAddress): Coordinates | null;
  readonly size: number;
}

interface Entry {
  readonly address1: string;
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly coordinates: Coordinates;
}

export function parseGeocodes(text: string, name: string, cityOfZip: (zip: string) => string | null): Geocodes {
  const byAddress = new Map<string, Coordinates>();
  for (const [index, value] of parseList(text, name).entries()) {
    if (!isEntry(value)) throw invalid(name, `item ${index} needs address1 and coordinates { lat, lng } in degrees`);
    const state = findStateCode(value.state ?? '') ?? value.state;
    const postalCode = normalisePostalCode(value.postalCode ?? '', state);
    const zip = isUnusable(postalCode) ? undefined : postalCode;
    const city = value.city || (zip === undefined ? null : cityOfZip(zip.slice(0, 5))) || '';
    const { number, streetName } = splitStreetLine(value.address1);
    const address = { number: number ?? null, streetName, city, state: state ?? null, postalCode: zip ?? null };
    const key = addressKey({ ...address, country: 'USA' });
    // The first wins, so that the order of a file, and not of a Map, decides.
    if (!byAddress.has(key)) byAddress.set(key, { lat: value.coordinates.lat, lng: value.coordinates.lng });
  }
  return { find: (address) => byAddress.get(addressKey(address)) ?? null, size: byAddress.size };
}

function parseList(text: string, name: string): readonly unknown[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw new Problem('MALFORMED_JSON', `${name} is not valid JSON: ${(error as SyntaxError).message}`);
  }
  if (!Array.isArray(list)) throw invalid(name, 'a list of addresses was expected');
  return list;
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { address1, city, state, postalCode, coordinates } = value as Record<string, unknown>;
  const { lat, lng } = (coordinates ?? {}) as Record<string, unknown>;
  const texts = [city, state, postalCode].every(
    (part) => part === undefined || part === null || typeof part === 'string',
  );
  return typeof address1 === 'string' && address1 !== '' && texts && isDegrees(lat, 90) && isDegrees(lng, 180);
}

function isDegrees(value: unknown, limit: number): boolean {
  return typeof value === 'number' && Math.abs(value) <= limit;
}

function invalid(name: string, message: string): Problem {
  return new Problem('INVALID_INPUT', `${name}: ${message}`);
}
