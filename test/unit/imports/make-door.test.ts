import { expect, test } from 'vitest';
import { makeDoorMaker } from '../../../src/imports/make-door.ts';
import type { Layout } from '../../../src/imports/layout.ts';

const today = '2026-11-21';
const header = [
  'ID',
  'NAME',
  'DOB',
  'NO',
  'ST',
  'TYPE',
  'APT',
  'CITY',
  'STATE',
  'ZIP',
  'SEX',
  'CELL',
  'HOME',
  'MAIL',
  'X',
  'Y',
];
const layout: Layout = {
  attributes: {
    '/externalId': 'ID',
    '/profile/name': 'NAME',
    '/profile/birthdate': { column: 'DOB', format: 'MM/DD/YYYY', values: { '99/99/9999': null } },
    '/profile/gender': 'SEX',
    '/profile/phones/mobile': 'CELL',
    '/profile/phones/home': 'HOME',
    '/profile/emails': { column: 'MAIL' },
    '/address/number': 'NO',
    '/address/streetName': ['ST', 'TYPE'],
    '/household/unitNum': 'APT',
    '/address/city': 'CITY',
    '/address/state': { column: 'STATE', default: 'MI' },
    '/address/postalCode': 'ZIP',
    '/fields/score': { column: 'X', as: 'number' },
    '/fields/source': { value: 'county clerk' },
    '/fields/votes': { column: 'Y', as: 'boolean', values: { maybe: null } },
  },
};
const good = {
  ID: '7',
  NAME: 'DE LA CRUZ, MARIA',
  DOB: '03/01/1980',
  NO: '12',
  ST: 'OAK',
  TYPE: 'ST',
  APT: '3b',
  CITY: 'FLINT',
  STATE: '',
  ZIP: '48502',
  SEX: 'F',
  CELL: '8105550134',
  HOME: '',
  MAIL: 'm@example.org',
  X: '1,234.5',
  Y: 'maybe',
};

function make(change: Partial<Record<keyof typeof good, string>> = {}, cityOfZip?: (zip: string) => string | null) {
  const row = { ...good, ...change };
  const maker = makeDoorMaker(layout, header, cityOfZip === undefined ? { today } : { today, cityOfZip });
  return maker(
    2,
    header.map((name) => row[name as keyof typeof good]),
  );
}

function faultsOf(made: ReturnType<typeof make>) {
  return 'faults' in made ? made.faults : [];
}

test('a row of another state becomes a door by the layout alone', () => {
  expect(make()).toEqual({
    cityFromZip: false,
    yearOnly: false,
    door: {
      row: 2,
      address: { number: '12', streetName: 'Oak St', city: 'Flint', state: 'MI', postalCode: '48502', country: 'USA' },
      unitNum: '3B',
      householdExternalId: null,
      contact: {
        externalId: '7',
        profile: {
          name: { anglican: { given: 'Maria', surname: 'De la Cruz' } },
          birthdate: '1980-03-01',
          age: 46,
          gender: 'f',
          phones: [{ phone: '(810) 555-0134', phoneType: 'mobile', active: true, primary: true }],
          emails: [{ email: 'm@example.org', active: true, primary: true }],
        },
        fields: { score: 1234.5, source: 'county clerk' },
      },
    },
  });
});

test('an unknown birth date is no fault', () => {
  const made = make({ DOB: '99/99/9999' });
  expect('door' in made && made.door.contact.profile).not.toHaveProperty('birthdate');
});

test('a year of birth becomes a custom field and an age, and no birthday', () => {
  const made = make({ DOB: '1948' });
  expect(made).toMatchObject({
    yearOnly: true,
    door: { contact: { fields: { birthYear: 1948 }, profile: { age: 78 } } },
  });
  expect('door' in made && made.door.contact.profile).not.toHaveProperty('birthdate');
});

test('a missing city is found by the ZIP code', () => {
  const made = make({ CITY: '' }, (zip) => (zip === '48502' ? 'Flint' : null));
  expect(made).toMatchObject({ cityFromZip: true, door: { address: { city: 'Flint' } } });
  expect(faultsOf(make({ CITY: '' }))).toEqual([
    { column: 'CITY', reason: 'is empty, and no city is known for ZIP 48502' },
  ]);
});

test('every fault of a row is named at once', () => {
  expect(faultsOf(make({ NAME: '', ST: '', TYPE: '', DOB: '13/45/1980', STATE: 'ZZ', X: 'many' }))).toEqual([
    { column: 'ST + TYPE', reason: 'is empty; a door needs a street' },
    { column: 'STATE', reason: '"ZZ" is not a state of the US' },
    { column: 'NAME', reason: 'is empty; a contact needs a given name' },
    { column: 'DOB', reason: '"13/45/1980" is not a day of the calendar' },
    { column: 'X', reason: '"many" is not a number' },
  ]);
});

test.each([
  ['NAME', 'CHER', 'has no surname: "CHER"'],
  ['ZIP', 'ABC', 'must be a ZIP code of 5 or 9 digits, not "ABC"'],
  ['SEX', '?', '"?" is not a gender (f, m, n, d, o or U)'],
  ['CELL', '555', '"555" is not a phone number'],
  ['MAIL', 'm at example', '"m at example" is not an e-mail address'],
  ['Y', 'perhaps', '"perhaps" is neither yes nor no (Y/N, true/false, 1/0)'],
  ['CITY', 'M\ufffdNCHEN', 'has characters that are not UTF-8; if the file is from Windows, import it as latin1'],
] as const)('the column %s with %j is refused', (column, cell, reason) => {
  expect(faultsOf(make({ [column]: cell }))).toEqual([{ column, reason }]);
});

test('a unit inside the street line joins the one beside it', () => {
  const simple: Layout = {
    attributes: { '/profile/name': 'N', '/address/streetName': 'S', '/household/unitNum': 'U', '/address/city': 'C' },
  };
  const unitOf = (street: string, unit: string) => {
    const made = makeDoorMaker(simple, ['N', 'S', 'U', 'C'], { today })(2, ['Ann Lee', street, unit, 'Flint']);
    return 'door' in made ? made.door.unitNum : made.faults;
  };
  expect(unitOf('12 OAK ST APT 3', '')).toBe('Apt 3');
  expect(unitOf('12 OAK ST APT 3', '#3')).toBe('#3');
  expect(unitOf('12 OAK ST BLDG 4', 'APT 3')).toBe('Bldg 4 Apt 3');
  expect(unitOf('12 OAK ST', '')).toBeNull();
});
