import { describe, expect, test } from 'vitest';
import { addressKey, unitKey } from '../../src/address-key.ts';

const home = {
  number: '228',
  streetName: 'East Huntingdon Street',
  city: 'Savannah',
  state: 'GA',
  postalCode: '31401',
  country: 'USA',
};

describe('two addresses are the same door when they differ only in', () => {
  test.each([
    ['capitals', { streetName: 'EAST HUNTINGDON STREET', city: 'SAVANNAH' }],
    ['abbreviations', { streetName: 'E Huntingdon St' }],
    ['full stops', { streetName: 'E. Huntingdon St.' }],
    ['the four digits behind the ZIP code', { postalCode: '31401-4455' }],
    ['the way the state is written', { state: 'Georgia' }],
    ['blanks', { streetName: ' East  Huntingdon Street ' }],
    ['where the house number is kept', { number: null, streetName: '228 East Huntingdon Street' }],
    ['a zero in front of the number', { number: '0228' }],
  ])('%s', (_, change) => {
    expect(addressKey({ ...home, ...change })).toBe(addressKey(home));
  });
});

describe('two addresses are different doors when they differ in', () => {
  test.each([
    ['the number', { number: '230' }],
    ['the direction', { streetName: 'West Huntingdon Street' }],
    ['the kind of street', { streetName: 'East Huntingdon Avenue' }],
    ['the city', { city: 'Pooler' }],
    ['the ZIP code', { postalCode: '31405' }],
    ['the country', { country: 'CAN' }],
  ])('%s', (_, change) => {
    expect(addressKey({ ...home, ...change })).not.toBe(addressKey(home));
  });
});

test('accents and the short form of saints make no other city', () => {
  expect(addressKey({ ...home, city: 'Saint Albans' })).toBe(addressKey({ ...home, city: 'ST. ALBANS' }));
  expect(addressKey({ ...home, streetName: 'Peña Road' })).toBe(addressKey({ ...home, streetName: 'PENA RD' }));
});

test.each([
  ['2', ['# 2', '#2', '##2', 'APT 2', 'Apt. 2', 'UNIT 2', '#APT 000002', 'No. 2', '2', 'apartment 2']],
  ['3B', ['3B', '3-B', 'Apt 3b', '# 3B', 'UNIT 3-B']],
  ['STE 2', ['STE 2', 'Suite 2', '#STE 000002']],
  ['LOT 11', ['Lot 11', '#Lot 11']],
  ['FL 2', ['2nd floor', 'FL 2', 'Floor 2']],
  ['BLDG 4 3', ['Bldg 4 Apt 3', 'BUILDING 4 UNIT 3', 'bldg. 4, #3']],
  ['320 3', ['#320-3']],
  ['UNIT', ['Unit']],
  ['', ['', null, undefined]],
])('the unit key %j stands for every way to write that unit', (key, units) => {
  expect(units.map(unitKey)).toEqual(units.map(() => key));
});
