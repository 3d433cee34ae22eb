/** Addresses and people of the benchmark seed, each from its index: plausible columns at the price of a few products. */
import { ageOn } from './calendar.ts';
import { mix } from './mix.ts';
import { origins } from './names.ts';
import { streets } from './streets.ts';
import type { Coords } from './town.ts';
import type { JsonObject } from '../src/json.ts';

const streetNames = [...new Set(streets.map(({ name }) => name))];
const housesAStreet = 200;
const housesATown = streetNames.length * housesAStreet;
const townNames = ['Heron', 'Salt', 'Mesa', 'Copper', 'Willow', 'Dry Creek', 'Juniper', 'Badger', 'Sandstone', 'Ash'];
const townKinds = ['Ford', 'Springs', 'Flats', 'Junction', 'Wells', 'Crossing', 'Hollow', 'Bluff'];

/** Five people in two households, over and over: 0 0 0 1 1 2 2 2 3 3 … */
export function householdOf(contact: number): number {
  return Math.floor((contact * 2) / 5);
}

export function householdsFor(contacts: number): number {
  return contacts === 0 ? 0 : householdOf(contacts - 1) + 1;
}

/** Towns on a lattice over Arizona, streets north of one another, houses from west to east. */
export function coordsOf(household: number): Coords {
  const inTown = household % housesATown;
  const town = Math.floor(household / housesATown);
  const street = Math.floor(inTown / housesAStreet);
  const house = inTown % housesAStreet;
  const lat = 31.6 + (town % 20) * 0.25 + street * 0.0011 + (house % 2) * 0.0003;
  const lng = -113.9 + (Math.floor(town / 20) % 20) * 0.22 + house * 0.00012;
  return { lat: Math.round(lat * 1e6) / 1e6, lng: Math.round(lng * 1e6) / 1e6 };
}

export function makeLargeAddress(household: number): JsonObject {
  const town = Math.floor(household / housesATown);
  const inTown = household % housesATown;
  const district = Math.floor(town / (townNames.length * townKinds.length));
  const name = `${townNames[town % townNames.length]} ${townKinds[Math.floor(town / townNames.length) % townKinds.length]}`;
  return {
    number: String(101 + (inTown % housesAStreet)),
    streetName: streetNames[Math.floor(inTown / housesAStreet)]!,
    // Names run out after eighty towns, and two addresses must not be the same.
    city: district === 0 ? name : `${name} ${district + 1}`,
    state: 'AZ',
    postalCode: String(85_800 + (town % 100)),
    country: 'USA',
    coords: { ...coordsOf(household), confidence: 1 },
  };
}

export function makeLargeContact(contact: number, today: string): JsonObject {
  const household = householdOf(contact);
  const origin = origins[mix(household, 1) % origins.length]!;
  const surname = origin.surnames[mix(household, 2) % origin.surnames.length]!;
  const male = contact % 2 === 1;
  const given = male ? origin.male : origin.female;
  const chance = mix(contact, 3);
  const year = Number(today.slice(0, 4)) - 19 - (chance % 70);
  const birthdate = `${year}-${pad(1 + ((chance >>> 8) % 12))}-${pad(1 + ((chance >>> 16) % 28))}`;
  const phone = `928-555-01${pad(chance % 100)}`;
  return {
    profile: {
      // The index takes part: two people of one household and one sex get different names.
      name: { anglican: { given: given[contact % given.length]!, surname } },
      emails: chance % 3 === 0 ? [{ email: `voter.${contact}@example.org`, active: true, primary: true }] : [],
      phones: chance % 5 < 3 ? [{ phone, phoneType: 'mobile', active: true, primary: true }] : [],
      gender: male ? 'm' : 'f',
      languages: origin.languages,
      birthdate,
      age: ageOn(today, birthdate),
    },
    fields: {},
    externalId: `LARGE-${contact}`,
  };
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
