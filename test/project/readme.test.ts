import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { settings } from '../../src/config.ts';
import { catalogue } from '../../src/problem.ts';
import { root } from './source-files.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The rows of the table whose first cell is a code of capitals: | `NOT_FOUND` | 404 | There is nothing here for you | */
const rowsWith = (first: RegExp): readonly string[] => readme.split('\n').filter((line) => first.test(line));

it('the README lists every error code with its status and title, in the order of the catalogue', () => {
  const expected = Object.entries(catalogue).map(
    ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`,
  );
  const rows = rowsWith(/^\| *`[A-Z_]+` *\| *\d{3} *\|/).map((row) => row.replaceAll(/ *\| */g, ' | ').trim());
  expect(rows).toEqual(expected);
});

it('the README mentions no setting that does not exist', () => {
  const known = new Set([...Object.values(settings).map(({ name }) => name), ...Object.keys(catalogue)]);
  const mentioned = [...readme.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name!);
  expect(mentioned.filter((name) => !known.has(name))).toEqual([]);
});
