import { expect, test } from 'vitest';
import { Problem } from '../../../src/problem.ts';
import { parsePosition, placeOf, type Position, printPosition } from '../../../src/read/position.ts';

const id = '01900000-0000-7000-8000-000000000001';
const whole: Position = { seq: '12', access: '7', row: null, since: '12' };
const within: Position = { seq: '12', access: '0', row: { label: 'contact-households', id }, since: '3' };

test.each([whole, within])('a position is read as it was printed', (position) => {
  expect(parsePosition(printPosition(position))).toEqual(position);
});

test('positions stay whole up to 64 bits', () => {
  const last = { ...whole, seq: '9223372036854775807', since: '9223372036854775807' };
  expect(parsePosition(printPosition(last))).toEqual(last);
});

test('a whole position lies behind every row there', () => {
  const [seq, label] = placeOf(whole);
  expect(seq).toBe('12');
  expect(label > 'walklists').toBe(true);
});

test.each([
  ...['', '12', '12.', '.7', '12.7.3', '12.7.3.contacts', `12.7.3.contacts.${id}.x`, '-1.0', '1e3.0', ' 12.7', '12.7 '],
  ...['9223372036854775808.0', `12.7.x.contacts.${id}`, `12.7.3.Contacts.${id}`, '12.7.3.contacts.1', `12.7.3..${id}`],
])('a text that is no position is refused: %j', (text) => {
  expect(() => parsePosition(text)).toThrow(Problem);
});
