import { expect, test } from 'vitest';
import { normaliseSuffix, splitFullName, splitSurname } from '../../../../src/imports/normalise/person-name.ts';

test.each([
  ['JR', 'Jr.'],
  ['jr.', 'Jr.'],
  ['SR', 'Sr.'],
  ['III', 'III'],
  ['2ND', 'II'],
  ['ESQ', 'Esq.'],
  ['VII', 'Vii'],
])('the suffix %s is written %s', (text, suffix) => {
  expect(normaliseSuffix(text)).toBe(suffix);
});

test('a suffix in the surname leaves it', () => {
  expect(splitSurname('SMITH JR')).toEqual({ surname: 'Smith', suffix: 'Jr.' });
  expect(splitSurname('DE LA CRUZ, III')).toEqual({ surname: 'De la Cruz', suffix: 'III' });
  expect(splitSurname('JUNIOR')).toEqual({ surname: 'Junior' });
});

test.each([
  ['MARY SMITH', { given: 'Mary', surname: 'Smith' }],
  ['Mary Ann Smith', { given: 'Mary', middlename: 'Ann', surname: 'Smith' }],
  ['SMITH, MARY ANN', { given: 'Mary', middlename: 'Ann', surname: 'Smith' }],
  ['SMITH JR, JOHN Q', { given: 'John', middlename: 'Q', surname: 'Smith', suffix: 'Jr.' }],
  ['SMITH, JOHN Q III', { given: 'John', middlename: 'Q', surname: 'Smith', suffix: 'III' }],
  ['John Smith, Jr.', { given: 'John', surname: 'Smith', suffix: 'Jr.' }],
  ['JOHN Q SMITH SR', { given: 'John', middlename: 'Q', surname: 'Smith', suffix: 'Sr.' }],
  ['DR MARIA DE LA CRUZ', { title: 'Dr.', given: 'Maria', surname: 'De la Cruz' }],
  ['JAN P VAN DER BERG', { given: 'Jan', middlename: 'P', surname: 'Van der Berg' }],
  ['CHER', { given: 'Cher', surname: '' }],
])('the whole name %s is taken apart', (text, parts) => {
  expect(splitFullName(text)).toEqual(parts);
});
