import { expect, test } from 'vitest';
import { cleanText } from '../../../../src/imports/normalise/clean-text.ts';

test.each([
  ['  HALL  ', 'HALL'],
  ['EAST  MAIN\tSTREET', 'EAST MAIN STREET'],
  ['\u00a0HALL\u00a0', 'HALL'],
  ['HA\u200bLL\ufeff', 'HALL'],
  ['HALL\u0000', 'HALL'],
  ['O’BRIEN', "O'BRIEN"],
  ['O`BRIEN', "O'BRIEN"],
  ['Nu\u0301n\u0303ez', 'Núñez'],
  ['two\nlines', 'two lines'],
  ['', ''],
])('%j is read as %j', (cell, text) => {
  expect(cleanText(cell)).toBe(text);
});
