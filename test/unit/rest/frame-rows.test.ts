import { expect, it } from 'vitest';
import { frameRows } from '../../../src/rest/frame-rows.ts';

const batchesOf = async function* (...batches: readonly (readonly string[])[]) {
  yield* batches;
};

const read = async (batches: AsyncIterable<readonly string[]>): Promise<readonly Buffer[]> => {
  const pieces = [];
  for await (const piece of frameRows(batches)) pieces.push(piece);
  return pieces;
};

it.each([
  ['no batch', [], '{"data":[],"meta":{}}'],
  ['an empty batch', [[]], '{"data":[],"meta":{}}'],
  ['one row', [['{"a":1}']], '{"data":[{"a":1}],"meta":{}}'],
  ['several batches', [['1', '2'], [], ['3']], '{"data":[1,2,3],"meta":{}}'],
  ['text beyond ASCII', [['"Łódź 🚪"']], '{"data":["Łódź 🚪"],"meta":{}}'],
])('%s becomes one document', async (_, batches, expected) => {
  expect(Buffer.concat(await read(batchesOf(...batches))).toString()).toBe(expected);
});

it('the pieces are neither tiny nor as large as a batch', async () => {
  const row = JSON.stringify('x'.repeat(1_000));
  const pieces = await read(batchesOf(Array.from({ length: 500 }, () => row)));
  const lengths = pieces.slice(0, -1).map(({ length }) => length);
  expect(lengths.length).toBeGreaterThan(5);
  expect(Math.min(...lengths)).toBeGreaterThanOrEqual(65_536);
  expect(Math.max(...lengths)).toBeLessThan(65_536 + 2_000);
});

it('a row larger than a piece is sent whole', async () => {
  const row = JSON.stringify('x'.repeat(200_000));
  expect(Buffer.concat(await read(batchesOf([row, row]))).toString()).toBe(`{"data":[${row},${row}],"meta":{}}`);
});

it('a failure of the source passes through, and the document stays open', async () => {
  const failing = async function* () {
    yield ['1'.repeat(70_000)];
    throw new Error('the database went away');
  };
  const pieces = frameRows(failing());
  const { value } = await pieces.next();
  expect((value as Buffer).toString().startsWith('{"data":[111')).toBe(true);
  await expect(pieces.next()).rejects.toThrow('the database went away');
  expect(await pieces.next()).toEqual({ done: true, value: undefined });
});
