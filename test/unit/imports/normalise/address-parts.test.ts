import { expect, test } from 'vitest';
import { normalisePostalCode } from '../../../../src/imports/normalise/postal-code.ts';
import { splitStreetLine } from '../../../../src/imports/normalise/street-line.ts';
import { normaliseUnit } from '../../../../src/imports/normalise/unit.ts';
import { findStateCode } from '../../../../src/us-states.ts';

test.each([
  ['APT 3B', 'Apt 3B'],
  ['Apt B', 'Apt B'],
  ['APARTMENT G', 'Apt G'],
  ['UNIT 4', 'Unit 4'],
  ['# 2', '#2'],
  ['#2', '#2'],
  ['##14', '#14'],
  ['#5?', '#5'],
  ['#APT 000002', 'Apt 2'],
  ['#STE 1B', 'Ste 1B'],
  ['#Lot 11', 'Lot 11'],
  ['#UNIT 1-C', 'Unit 1-C'],
  ['apt #3', 'Apt 3'],
  ['A', 'A'],
  ['3b', '3B'],
  ['BLDG F', 'Bldg F'],
  ['R C', 'R C'],
])('the unit %s is written %s', (text, unit) => {
  expect(normaliseUnit(text)).toBe(unit);
});

test.each([
  ['313 MONROE STREET', { number: '313', streetName: 'Monroe Street' }],
  ['421 1/2 6TH STREET SOUTHEAST', { number: '421 1/2', streetName: '6th Street Southeast' }],
  ['8202 4 WINDS DRIVE', { number: '8202', streetName: '4 Winds Drive' }],
  ['2204 7TH STREET ROAD', { number: '2204', streetName: '7th Street Road' }],
  ['7TH STREET ROAD', { streetName: '7th Street Road' }],
  ['JAMES REES WAY', { streetName: 'James Rees Way' }],
  ['12B MAIN ST', { number: '12B', streetName: 'Main St' }],
  ['123-125 MAIN ST', { number: '123-125', streetName: 'Main St' }],
  ['W123N456 APPLETON AVE', { number: 'W123N456', streetName: 'Appleton Ave' }],
  ['12 MAIN ST APT 3B', { number: '12', streetName: 'Main St', unitNum: 'Apt 3B' }],
  ['12 MAIN ST, # 4', { number: '12', streetName: 'Main St', unitNum: '#4' }],
  ['715 36.1 ROAD', { number: '715', streetName: '36.1 Road' }],
  ['3114 US HIGHWAY 98', { number: '3114', streetName: 'US Highway 98' }],
  ['18687 COUNTY ROAD 97', { number: '18687', streetName: 'County Road 97' }],
])('the line %s is taken apart', (line, parts) => {
  expect(splitStreetLine(line)).toEqual(parts);
});

test.each([
  ['36104', 'AL', '36104'],
  ['36104-3274', 'AL', '36104-3274'],
  ['361043274', 'AL', '36104-3274'],
  ['06040', 'CT', '06040'],
  ['6040', 'CT', '06040'],
  ['6040.0', 'CT', '06040'],
  ['60401234', 'CT', '06040-1234'],
  ['901', 'PR', '00901'],
  ['36104-', 'AL', '36104'],
])('the ZIP code %s in %s is %s', (text, state, zip) => {
  expect(normalisePostalCode(text, state)).toBe(zip);
});

test.each([
  ['6040', 'OH'],
  ['ABCDE', 'OH'],
  ['361', 'CT'],
  ['4321012345', 'OH'],
])('%s in %s is no ZIP code, and the complaint shows it', (text, state) => {
  expect(normalisePostalCode(text, state)).toEqual({ unusable: `must be a ZIP code of 5 or 9 digits, not "${text}"` });
});

test('states go by code and by name', () => {
  expect(['oh', 'Ohio', 'NEW HAMPSHIRE', 'D.C.', 'Ontario'].map(findStateCode)).toEqual(['OH', 'OH', 'NH', 'DC', null]);
});
