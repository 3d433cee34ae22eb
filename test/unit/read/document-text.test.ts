/** `filter[/data/fields/x]=v` compares the text forms, whatever types people have stored there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';

const stored: readonly Json[] = [
  '42',
  42,
  '4.20',
  4.2,
  0,
  '-0',
  'true',
  true,
  false,
  'null',
  '',
  ['42'],
  [42],
  '"42"',
  'x',
];
let world: World;

beforeAll(async () => {
  world = await makeWorld();
  for (const [index, mark] of stored.entries()) {
    await world.create('alice', 'contact', { externalId: String(index), primaryHouseholdId: null, fields: { mark } });
  }
});
afterAll(() => world.close());

async function find(pointer: string, text: string): Promise<readonly Json[]> {
  const query = new URLSearchParams({ [`filter[${pointer}]`]: text, sort: '["/data/externalId","ASC"]' });
  const { app } = world;
  const answer = await app.inject({
    method: 'GET',
    url: `/v2/contacts?${query.toString()}`,
    headers: world.as('alice'),
  });
  const { data } = answer.json<{ data: readonly { data: { externalId: string } }[] }>();
  return data
    .map((row) => Number(row.data.externalId))
    .sort((a, b) => a - b)
    .map((index) => stored[index]!);
}

test.each<[text: string, found: readonly Json[]]>([
  ['42', ['42', 42]],
  ['42.0', []],
  ['4.2', [4.2]],
  ['4.20', ['4.20']],
  ['0', [0]],
  ['-0', ['-0']],
  ['true', ['true', true]],
  ['false', [false]],
  ['null', ['null']],
  ['', ['']],
  ['"42"', ['"42"']],
  ['["42"]', [['42']]],
  ['[42]', [[42]]],
  ['x', ['x']],
  ['{', []],
  ['1e400', []],
  ['9'.repeat(2000), []],
])('%j finds the values that read so', async (text, found) => {
  expect(await find('/data/fields/mark', text)).toEqual(found);
});

test('an item of an array is found by its text', async () => {
  expect(await find('/data/fields/mark/0', '42')).toEqual([['42'], [42]]);
});
