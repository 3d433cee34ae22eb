import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { listSourceFiles } from './source-files.ts';

const files = listSourceFiles('src', 'seed', 'test');
const ownFiles = files.filter(({ path }) => !path.startsWith('test/'));

/** Files of more than 250 lines, each with the reason why it is not two. */
const longFiles: Record<string, string> = {
  'src/read/reader.ts': 'the questions are few and share how they are asked',
};

/** Words that say where a file was put because nobody knew what it is. */
const emptyWords = ['utils', 'util', 'helpers', 'helper', 'manager', 'service', 'misc'];

/** And those that do so alone: `types.ts` may hold anything, `output-types.ts` holds GraphQL's output types. */
const emptyNames = ['common', 'core', 'types', 'base'];

const linesOf = (text: string): number => text.split('\n').length - 1;

it('finds the sources', () => {
  expect(ownFiles.length).toBeGreaterThan(50);
});

it('no source file has more than 250 lines without a reason', () => {
  const long = ownFiles.filter(({ text }) => linesOf(text) > 250).map(({ path }) => path);
  expect(long).toEqual(Object.keys(longFiles));
});

it('half of the source files have fewer than 80 lines', () => {
  const lengths = ownFiles.map(({ text }) => linesOf(text)).sort((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(80);
});

it('every file is named in kebab-case', () => {
  const others = files.filter(({ path }) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.ts$/.test(basename(path)));
  expect(others.map(({ path }) => path)).toEqual([]);
});

it('no file or folder is named for where it was put', () => {
  const isEmpty = (name: string): boolean =>
    emptyNames.includes(name) || name.split('-').some((word) => emptyWords.includes(word));
  const names = (path: string): readonly string[] => path.replace(/(\.test)?\.ts$/, '').split('/');
  expect(files.map(({ path }) => path).filter((path) => names(path).some(isEmpty))).toEqual([]);
});

it('every source file opens with a comment on why it exists', () => {
  expect(ownFiles.filter(({ text }) => !text.startsWith('/**')).map(({ path }) => path)).toEqual([]);
});

it('no test is skipped, or runs alone', () => {
  const marked = files.filter(
    ({ path, text }) => path !== 'test/project/source-files.test.ts' && /\.(skip|only|todo)\(/.test(text),
  );
  expect(marked.map(({ path }) => path)).toEqual([]);
});
