import { expect, test } from 'vitest';
import { capitalise } from '../../../../src/imports/normalise/capitals.ts';
import { normaliseStreet } from '../../../../src/imports/normalise/street.ts';

test.each([
  ["O'BRIEN", "O'Brien"],
  ["D'ANGELO", "D'Angelo"],
  ['MCDONALD', 'McDonald'],
  ['mcdonald', 'McDonald'],
  ['MACLEOD', 'MacLeod'],
  ['MACY', 'Macy'],
  ['MACHADO', 'Machado'],
  ['SMITH-JONES', 'Smith-Jones'],
  ['ST.-PIERRE', 'St.-Pierre'],
  ['VON-HOFFMAN', 'Von-Hoffman'],
  ['DE LA CRUZ', 'De la Cruz'],
  ['VAN DER BERG', 'Van der Berg'],
  ['NÚÑEZ', 'Núñez'],
  ['ØSTER', 'Øster'],
  ['LÊ', 'Lê'],
  ['J', 'J'],
  ['mary ann', 'Mary Ann'],
  ["PETER'S QUAY", "Peter's Quay"],
  ['TOWN OF ROCKINGHAM', 'Town of Rockingham'],
  ["O'NEALS", "O'Neals"],
])('%s is written %s', (shouted, written) => {
  expect(capitalise(shouted)).toBe(written);
});

test.each(['MacLeod', 'deVries', 'van Dyke', 'LaToya'])(
  '%s was typed by somebody who knew and is left alone',
  (name) => {
    expect(capitalise(name)).toBe(name);
  },
);

test('a small c does not hide that a name is shouted', () => {
  expect(capitalise('McDONALD')).toBe('McDonald');
});

test.each([
  ['WEST 62ND PLACE', 'West 62nd Place'],
  ['12TH ST NE', '12th St NE'],
  ['EAST MAIN STREET', 'East Main Street'],
  ['MCKINLEY AVE', 'McKinley Ave'],
  ['US HIGHWAY 98', 'US Highway 98'],
  ['U.S. ROUTE 5 NORTH', 'U.S. Route 5 North'],
  ['SOUTH HIGHWAY A1A', 'South Highway A1A'],
  ['VERMONT 5A', 'Vermont 5A'],
  ['WB&A ROAD', 'WB&A Road'],
  ['ROBERT E LEE STREET', 'Robert E Lee Street'],
  ['WILLIAM E SUMMERS III AVENUE', 'William E Summers III Avenue'],
  ['PO BOX 9611, "REAR"', 'PO Box 9611, "Rear"'],
  ["CHRISSY'S COURT", "Chrissy's Court"],
])('the street %s is written %s', (shouted, written) => {
  expect(normaliseStreet(shouted)).toBe(written);
});
