import { expect, test } from 'vitest';
import { parseGeocodes } from '../../../src/imports/geocodes.ts';

const item = {
  address1: '12 Oak Street',
  address2: '',
  city: 'Flint',
  state: 'MI',
  postalCode: '48502',
  coordinates: { lat: 43.01, lng: -83.69 },
};
const parse = (list: unknown) =>
  parseGeocodes(JSON.stringify(list), 'places.json', (zip) => (zip === '48502' ? 'Flint' : null));
const home = {
  number: '12',
  streetName: 'OAK ST',
  city: 'FLINT',
  state: 'MI',
  postalCode: '48502-1234',
  country: 'USA',
};

test('coordinates are found whatever the spelling of the address', () => {
  expect(parse([item]).find(home)).toEqual({ lat: 43.01, lng: -83.69 });
  expect(parse([item]).find({ ...home, number: '14' })).toBeNull();
});

test('an entry without a city is found by the city of its ZIP code', () => {
  expect(parse([{ ...item, city: '' }]).find(home)).not.toBeNull();
});

test('the first of two entries for one address counts', () => {
  const geocodes = parse([item, { ...item, address2: 'APT 2', coordinates: { lat: 1, lng: 1 } }]);
  expect(geocodes.size).toBe(1);
  expect(geocodes.find(home)).toEqual({ lat: 43.01, lng: -83.69 });
});

test.each([
  [{ places: [] }, 'a list of addresses was expected'],
  [[item, { address1: '1 Elm St' }], 'item 1 needs address1 and coordinates'],
  [[{ ...item, coordinates: { lat: 143, lng: 0 } }], 'item 0 needs'],
  [[{ ...item, coordinates: { lat: '43', lng: 0 } }], 'item 0 needs'],
])('%j is refused with its place', (list, message) => {
  expect(() => parse(list)).toThrow(message);
});
