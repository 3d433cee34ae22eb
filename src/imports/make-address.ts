/** The address of a row: the street line taken apart where the file has it in one, and the city found by its ZIP code. */
import type { DoorAddress } from './door.ts';
import { normalisePostalCode } from './normalise/postal-code.ts';
import { splitStreetLine } from './normalise/street-line.ts';
import { unusable } from './normalise/unusable.ts';
import { unitKey } from '../address-key.ts';
import { findStateCode } from '../us-states.ts';
import type { RowReader } from './row-reader.ts';

export interface MadeAddress {
  readonly address: DoorAddress;
  readonly unitNum: string | null;
  readonly cityFromZip: boolean;
}

export function makeAddress(
  row: RowReader,
  cityOfZip: (zip: string) => string | null = () => null,
): MadeAddress | null {
  const street = readStreet(row);
  const country = row.findText('/address/country') ?? 'USA';
  const state = readState(row, country);
  const postalCode = readPostalCode(row, country, state);
  const givenCity = row.findText('/address/city');
  const zip = postalCode?.slice(0, 5);
  const city = givenCity ?? (country === 'USA' && zip !== undefined ? cityOfZip(zip) : null);
  if (city === null) row.complain('/address/city', cityComplaint(zip));
  const coords = readCoords(row);
  if (street === null || city === null) return null;
  const optional = { state, postalCode, coords, number: street.number };
  const county = row.findText('/address/county');
  const neighborhood = row.findText('/address/neighborhood');
  const address = { streetName: street.streetName, city, country, ...present({ ...optional, county, neighborhood }) };
  return { address, unitNum: street.unitNum, cityFromZip: givenCity === undefined };
}

function readStreet(row: RowReader) {
  const text = row.raw('/address/streetName');
  if (text === '') {
    row.complain('/address/streetName', 'is empty; a door needs a street');
    return null;
  }
  const unit = row.findText('/household/unitNum');
  if (row.has('/address/number')) {
    const streetName = row.findText('/address/streetName') ?? text;
    return { number: row.findText('/address/number'), streetName, unitNum: unit ?? null };
  }
  const line = splitStreetLine(text);
  const streetName = row.rule('/address/streetName').as === 'text' ? text : line.streetName;
  return { number: line.number, streetName, unitNum: joinUnits(line.unitNum, unit) };
}

/** "12 MAIN ST BLDG 4" and "APT 3" are both needed to find the door; the same unit said twice is not. */
function joinUnits(inStreet: string | undefined, unit: string | undefined): string | null {
  if (inStreet === undefined || unit === undefined) return unit ?? inStreet ?? null;
  return unitKey(inStreet) === unitKey(unit) ? unit : `${inStreet} ${unit}`;
}

function readState(row: RowReader, country: string): string | undefined {
  const text = row.raw('/address/state');
  if (text === '' || country !== 'USA') return text === '' ? undefined : text;
  return row.accept('/address/state', findStateCode(text) ?? unusable(`"${text}" is not a state of the US`));
}

function readPostalCode(row: RowReader, country: string, state: string | undefined): string | undefined {
  const text = row.raw('/address/postalCode');
  if (text === '' || country !== 'USA') return text === '' ? undefined : text;
  return row.accept('/address/postalCode', normalisePostalCode(text, state));
}

function readCoords(row: RowReader): { lat: number; lng: number } | undefined {
  const [lat, lng] = [row.find('/address/coords/lat'), row.find('/address/coords/lng')];
  if (typeof lat !== 'number' || typeof lng !== 'number') return undefined;
  // 0, 0 is in the Gulf of Guinea: it is how geocoders say that they found nothing.
  if (lat === 0 && lng === 0) return undefined;
  if (Math.abs(lat) > 90) row.complain('/address/coords/lat', `${lat} is not between -90 and 90`);
  if (Math.abs(lng) > 180) row.complain('/address/coords/lng', `${lng} is not between -180 and 180`);
  return { lat, lng };
}

function cityComplaint(zip: string | undefined): string {
  return zip === undefined
    ? 'is empty; a door needs a city or a ZIP code'
    : `is empty, and no city is known for ZIP ${zip}`;
}

type Present<Parts> = { [Key in keyof Parts]?: Exclude<Parts[Key], undefined> };

function present<Parts extends object>(parts: Parts): Present<Parts> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Present<Parts>;
}
