import { expect, test } from 'vitest';
import { nameKey } from '../../src/name-key.ts';

test.each([
  [
    { given: 'Zoë', surname: "O'Brien" },
    { given: 'ZOE', surname: 'OBRIEN' },
  ],
  [
    { given: 'José', surname: 'Núñez', suffix: 'Jr.' },
    { given: 'jose', surname: 'NUNEZ', suffix: 'JR' },
  ],
  [
    { given: 'Ann', middlename: 'J.', surname: 'Smith-Jones' },
    { given: 'ANN', middlename: 'j', surname: 'smith jones' },
  ],
  [
    { given: 'Linh', surname: 'Øster' },
    { given: 'Linh', surname: 'OSTER' },
  ],
  [
    { given: 'Ann', middlename: null, surname: 'Lee' },
    { given: 'Ann', middlename: '', surname: 'Lee' },
  ],
])('%j and %j are one name', (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other));
});

test('a son with his father’s name has another name', () => {
  expect(nameKey({ given: 'John', surname: 'Lee', suffix: 'Jr.' })).not.toBe(
    nameKey({ given: 'John', surname: 'Lee' }),
  );
});

test('the parts of a name do not run into each other', () => {
  expect(nameKey({ given: 'Ann', middlename: 'Lee', surname: 'Kim' })).not.toBe(
    nameKey({ given: 'Ann Lee', surname: 'Kim' }),
  );
});
