import { expect, it } from 'vitest';
import { makeChooseCoding } from '../../../src/http/choose-coding.ts';

it.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['deflate, zstd', null],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['br;q=0.8, gzip', 'gzip'],
  ['br;q=0, gzip;q=0', null],
  ['identity;q=0.5, gzip;q=0.2', null],
  ['gzip;q=0.2', 'gzip'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['identity;q=0, *;q=0', null],
])('who sends %j gets %j', (accepted, coding) => {
  const choose = makeChooseCoding();
  expect(choose(accepted)).toBe(coding);
  expect(choose(accepted)).toBe(coding);
});
