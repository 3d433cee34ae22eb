import { expect, test } from 'vitest';
import type { Door } from '../../../src/imports/door.ts';
import { SeenRows } from '../../../src/imports/seen-rows.ts';

function door(
  row: number,
  externalId: string | undefined,
  change: { surname?: string; birthdate?: string; street?: string; party?: string } = {},
): Door {
  const { surname = 'Lee', birthdate = '1980-03-01', street = 'Oak St', party = 'R' } = change;
  return {
    row,
    address: { number: '12', streetName: street, city: 'Flint', country: 'USA' },
    unitNum: null,
    householdExternalId: null,
    contact: {
      ...(externalId === undefined ? {} : { externalId }),
      profile: { name: { anglican: { given: 'Ann', surname } }, birthdate },
      fields: { party },
    },
  };
}

test('the same row again is recognised, with the row where it was', () => {
  const seen = new SeenRows();
  expect(seen.see(door(2, 'A'))).toBeNull();
  expect(seen.see(door(3, 'B'))).toBeNull();
  expect(seen.see(door(9, 'A'))).toEqual({ row: 2, differs: [] });
});

test.each([
  [{ surname: 'Kim' }, ['another name']],
  [{ birthdate: '1981-03-01' }, ['another birth date']],
  [{ street: 'Elm St' }, ['another address']],
  [{ party: 'D' }, ['other content']],
  [{ surname: 'Kim', street: 'Elm St' }, ['another name', 'another address']],
])('the same id with %j differs in %j', (change, differs) => {
  const seen = new SeenRows();
  seen.see(door(2, 'A'));
  expect(seen.see(door(5, 'A', change))).toEqual({ row: 2, differs });
});

test('without an id a person is the name, the birth date and the door', () => {
  const seen = new SeenRows();
  expect(seen.see(door(2, undefined))).toBeNull();
  expect(seen.see(door(3, undefined, { surname: 'Kim' }))).toBeNull();
  expect(seen.see(door(4, undefined, { surname: 'LEE', street: 'OAK STREET' }))).toMatchObject({ row: 2 });
});

test('three thousand people are all remembered and none is taken for another', () => {
  const seen = new SeenRows();
  const ids = Array.from({ length: 3_000 }, (_, index) => `OH${index}`);
  expect(ids.filter((id, index) => seen.see(door(index + 2, id)) !== null)).toEqual([]);
  expect(ids.filter((id, index) => seen.see(door(99_999, id))?.row !== index + 2)).toEqual([]);
});
