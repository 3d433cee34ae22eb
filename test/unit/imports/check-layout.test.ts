import { expect, test } from 'vitest';
import { checkLayout, parseLayout } from '../../../src/imports/check-layout.ts';
import { layouts } from '../../../src/imports/layouts/index.ts';

const least = { '/profile/name': 'NAME', '/address/streetName': 'ADDRESS', '/address/city': 'CITY' };

function complaint(attributes: object, beside: object = {}): string {
  try {
    checkLayout({ attributes: { ...least, ...attributes }, ...beside }, 'map.json');
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}

test.each(Object.entries(layouts))('the built-in layout %s follows its own rules', (name, layout) => {
  expect(checkLayout(layout, name)).toBe(layout);
});

test('a name, a street and a city are enough', () => {
  expect(complaint({})).toBe('accepted');
});

test.each([
  [
    'an attribute that nobody has',
    { '/profile/nmae': 'X' },
    '/attributes may not have "/profile/nmae"; an attribute is one of',
  ],
  ['a custom field with a strange name', { '/fields/__proto__x y': 'X' }, 'may not have "/fields/__proto__x y"'],
  [
    'a kind that there is not',
    { '/fields/party': { column: 'P', as: 'upper' } },
    '/attributes/~1fields~1party/as must be one of text,',
  ],
  [
    'a kind that does not fit',
    { '/profile/birthdate': { column: 'B', as: 'text' } },
    '~1birthdate/as must be one of birthDate',
  ],
  ['an option that there is not', { '/notes': { column: 'N', trim: true } }, '/attributes/~1notes may not have "trim"'],
  [
    'two sources',
    { '/notes': { column: 'N', value: 'x' } },
    '~1notes needs exactly one of column, columns, first, value',
  ],
  ['no source', { '/notes': { as: 'text' } }, '~1notes needs exactly one of'],
  ['a number for a column', { '/notes': 7 }, '/attributes/~1notes must be string,array,object'],
  ['an empty list', { '/notes': [] }, '/attributes/~1notes must NOT have fewer than 1 items'],
  [
    'a date format of its own',
    { '/profile/birthdate': { column: 'B', format: 'D.M.Y' } },
    'format must be one of YYYY-MM-DD',
  ],
])('%s is refused with its place', (_, attributes, message) => {
  expect(complaint(attributes)).toContain(message);
});

test('what a door cannot do without is asked for', () => {
  expect(() => checkLayout({ attributes: {} }, 'map.json')).toThrow(
    /needs \/profile\/name .*; .*needs \/address\/streetName; .*needs \/address\/city or \/address\/postalCode/,
  );
});

test('text that is not JSON is a problem that names the file', () => {
  expect(() => parseLayout('{ attributes', 'map.json')).toThrow(/^map\.json is not valid JSON/);
});

test.each(['encoding', 'delimiter'])('a wrong %s is refused', (key) => {
  expect(complaint({}, { [key]: 'both' })).toContain(`/${key} must`);
});
