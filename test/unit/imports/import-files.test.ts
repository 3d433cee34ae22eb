import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ann, bob, folder, header, layout, lines, MemoryWriter, run, type Run } from './run-import.ts';

const nunez = '1,ZOË,NÚÑEZ,,12 OAK ST,FLINT,x';
const surnames = ({ doors }: Run) => doors.map(({ contact }) => contact.profile.name.anglican.surname);

test.each([
  ['UTF-8', Buffer.from(lines(nunez)), {}],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${lines(nunez)}`), {}],
  ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${lines(nunez)}`, 'utf16le'), {}],
  ['latin1, declared', Buffer.from(lines(nunez), 'latin1'), { encoding: 'latin1' }],
  ['UTF-8 with a mark, declared otherwise', Buffer.from(`\ufeff${lines(nunez)}`), { encoding: 'latin1' }],
] as const)('letters of %s come through', async (_, bytes, options) => {
  expect(surnames(await run(bytes, options))).toEqual(['Núñez']);
});

test('latin1 means windows-1252, where 0x92 is an apostrophe', async () => {
  const bytes = Buffer.from(lines(nunez.replace('NÚÑEZ', 'O\x92BRIEN')), 'latin1');
  expect(surnames(await run(bytes, { encoding: 'latin1' }))).toEqual(["O'Brien"]);
});

test('a row that is not UTF-8 is rejected instead of stored wrong, and the others are taken', async () => {
  const { summary, rejects } = await run(Buffer.from(lines(nunez, bob), 'latin1'));
  expect(summary).toMatchObject({ created: 1, rejected: 1 });
  expect(rejects[1]?.[2]).toContain('is from Windows, import it as latin1');
});

test('the rejects of a latin1 file can be imported again as latin1', async () => {
  const rejects = join(folder, 'latin1-rejects.csv');
  await run(Buffer.from(lines(nunez.replace('12 OAK ST', '')), 'latin1'), { encoding: 'latin1', rejects });
  const mended = (await readFile(rejects, 'utf8')).replace(',,FLINT', ',12 OAK ST,FLINT');
  expect(surnames(await run(mended, { encoding: 'latin1' }))).toEqual(['Núñez']);
});

test.each([
  ['line feeds', [header, ann, bob].join('\n')],
  ['carriage returns', [header, ann, bob].join('\r')],
  ['both kinds of line end', `${header}\r\n${ann}\n${bob}\r\n`],
  ['quotes, commas and line breaks in a cell', [header, ann.replace('x', '"a, ""b""\nc"'), bob].join('\n')],
  ['a stray quote', [header, ann.replace('x', '5" pipe'), bob].join('\n')],
])('%s do not disturb the rows', async (_, text) => {
  const { summary, doors } = await run(text);
  expect(summary).toMatchObject({ rows: 2, created: 2, rejected: 0 });
  expect(doors.map(({ row }) => row)).toEqual([2, 3]);
});

test('blank lines keep their numbers and are counted', async () => {
  const { summary, doors } = await run([header, ann, '', bob, ''].join('\n'));
  expect(summary).toMatchObject({ rows: 3, created: 2, blank: 1 });
  expect(doors.map(({ row }) => row)).toEqual([2, 4]);
});

test('tabs part the columns when the layout says so, in the rejects file too', async () => {
  const text = lines(ann, '9,,,,,,y').replaceAll(',', '\t');
  const { summary, rejects } = await run(text, { layout: { ...layout, delimiter: '\t' } });
  expect(summary).toMatchObject({ created: 1, rejected: 1 });
  expect(rejects[1]?.[3]).toBe('9');
});

test.each([
  ['a missing column', lines(ann).replace('DOB', 'BORN'), 'has no column "DOB"'],
  ['a column in other capitals', lines(ann).replace('DOB', 'Dob'), 'has no column "DOB" (but "Dob")'],
  ['a column twice', lines(ann).replace('EXTRA', 'DOB'), 'has the column "DOB" more than once'],
  ['another delimiter', lines(ann).replaceAll(',', ';'), 'parted by ";": set the layout\'s "delimiter"'],
  ['an empty file', '', 'The file is empty'],
  ['UTF-16 without a mark', Buffer.from(lines(ann), 'utf16le'), 'say its encoding'],
])('%s is a problem before a row is written', async (_, text, message) => {
  const writer = new MemoryWriter();
  await expect(run(text, {}, writer)).rejects.toThrow(message);
  expect(writer.batches).toEqual([]);
});

test('a quotation mark that is never closed is named with its row', async () => {
  await expect(run(lines(ann, bob.replace('x', '"x')))).rejects.toThrow(
    'The file cannot be read at row 3: a quotation mark is opened and never closed.',
  );
});

test('a file that is not there is a problem that names it', async () => {
  const source = join(folder, 'nowhere.csv');
  await expect(run('', { source })).rejects.toThrow(/nowhere\.csv cannot be opened \(ENOENT\)/);
});

test('the progress ends at the last byte and row', async () => {
  const seen: unknown[] = [];
  const text = lines(ann, bob, '9,,,,,,y');
  await run(text, { batchSize: 2, onProgress: (progress) => seen.push(progress) });
  expect(seen).toHaveLength(2);
  expect(seen.at(-1)).toEqual({ bytes: Buffer.byteLength(text), totalBytes: null, rows: 3, rejected: 1 });
});

test('a path is read from disk, with its size known to the progress', async () => {
  const source = join(folder, 'people.csv');
  const text = lines(ann, bob);
  await writeFile(source, text);
  const seen: unknown[] = [];
  const { summary } = await run('', { source, onProgress: (progress) => seen.push(progress) });
  expect(summary).toMatchObject({ rows: 2, created: 2 });
  expect(seen).toEqual([{ bytes: text.length, totalBytes: text.length, rows: 2, rejected: 0 }]);
});

test('the rejects are never written over the file that is read', async () => {
  const source = join(folder, 'precious.csv');
  await writeFile(source, lines(ann));
  await expect(run('', { source, rejects: source })).rejects.toThrow('cannot be written over the file');
  expect(await readFile(source, 'utf8')).toBe(lines(ann));
});

test('a rejects file that cannot be written is a problem before a row is written', async () => {
  const writer = new MemoryWriter();
  await expect(run(lines(ann), { rejects: join(folder, 'no', 'such.csv') }, writer)).rejects.toThrow(
    /such\.csv cannot be written \(ENOENT\)/,
  );
  expect(writer.batches).toEqual([]);
});
