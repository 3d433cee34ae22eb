import { expect, test } from 'vitest';
import type { DoorWriter } from '../../../src/imports/door.ts';
import { ann, bob, header, lines, MemoryWriter, run } from './run-import.ts';

test('every row ends in exactly one count', async () => {
  const { summary, rejects } = await run(lines(ann, bob, ann, ',,,,,,', '3,,LEE,,1 ELM ST,FLINT,x', '4,DOT,LEE'));
  expect(summary).toEqual({
    rows: 6,
    created: 2,
    existing: 0,
    duplicates: 1,
    blank: 1,
    rejected: 2,
    rejectedByColumn: { FIRST: 1, '': 1 },
    located: 0,
    citiesFromZip: 0,
    birthYearsOnly: 0,
    finished: true,
  });
  expect(rejects).toEqual([
    ['row', 'column', 'reason', ...header.split(',')],
    ['6', 'FIRST', 'is empty; a contact needs a given name', '3', '', 'LEE', '', '1 ELM ST', 'FLINT', 'x'],
    ['7', '', 'the row has 3 columns, the header 7; look for a stray comma or quote', '4', 'DOT', 'LEE'],
  ]);
});

test('a second run finds everybody and writes nobody', async () => {
  const writer = new MemoryWriter();
  const first = await run(lines(ann, bob, ann), {}, writer);
  const second = await run(lines(ann, bob, ann), {}, writer);
  expect(first.summary).toMatchObject({ rows: 3, created: 2, existing: 0, duplicates: 1 });
  expect(second.summary).toMatchObject({ rows: 3, created: 0, existing: 2, duplicates: 1 });
});

test('an import that was stopped is finished by the next one', async () => {
  const writer = new MemoryWriter();
  const stop = new AbortController();
  const rows = Array.from({ length: 10 }, (_, index) => ann.replace(/^1/, `A${index}`));
  const halfway = { batchSize: 4, signal: stop.signal, onProgress: () => stop.abort() };
  const first = await run(lines(...rows), halfway, writer);
  expect(first.summary).toMatchObject({ rows: 4, created: 4, finished: false });
  const second = await run(lines(...rows), { batchSize: 4 }, writer);
  expect(second.summary).toMatchObject({ rows: 10, created: 6, existing: 4, finished: true });
});

test('the same id with other content is rejected with the row it contradicts', async () => {
  const { summary, rejects } = await run(lines(ann, ann.replace('LEE', 'KIM')));
  expect(summary).toMatchObject({ rows: 2, created: 1, duplicates: 0, rejected: 1 });
  expect(rejects[1]?.slice(0, 3)).toEqual(['3', 'ID', 'the same ID as row 2, but another name']);
});

test('what the writer refuses is rejected in the order of the file', async () => {
  const writer: DoorWriter = {
    write: (batch) => Promise.resolve(batch.map(() => ({ rejected: 'is taken', column: 'ID' }))),
  };
  const { summary, rejects } = await run(lines(ann, '9,,,,,,y', bob), { writer });
  expect(summary).toMatchObject({ rows: 3, created: 0, rejected: 3 });
  expect(rejects.slice(1).map((cells) => cells.slice(0, 2))).toEqual([
    ['2', 'ID'],
    ['3', 'ADDRESS, CITY, FIRST, LAST'],
    ['4', 'ID'],
  ]);
});

test('a failing writer ends the import with its error', async () => {
  const writer: DoorWriter = { write: () => Promise.reject(new Error('the database is away')) };
  await expect(run(lines(ann), { writer })).rejects.toThrow('the database is away');
});

test('a rejects file that was mended is imported by the same layout', async () => {
  const { rejects } = await run(lines(ann, '2,,KIM,,14 OAK ST,FLINT,x', '3,,KIM,,14 OAK ST,FLINT,x'));
  const mended = rejects.map((cells, index) => (index === 1 ? cells.with(4, 'BOB') : cells).join(',')).join('\n');
  const again = await run(mended);
  expect(again.summary).toMatchObject({ rows: 2, created: 1, rejected: 1 });
  expect(again.rejects[0]).toEqual(['row', 'column', 'reason', ...header.split(',')]);
});
