/** Whatever stands in a filter, a sort or a cursor is a value or refused: it never becomes SQL, and never finds more. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorld, type World } from '../world.ts';

let world: World;
const texts = [
  `'; DROP TABLE notes; --`,
  `' OR '1'='1`,
  `$1`,
  `\\' OR true --`,
  `%`,
  `_`,
  `*`,
  `\\`,
  `"`,
  `x\u2028y`,
  `$$; SELECT pg_sleep(9) $$`,
  `{"a":1}`,
  `null`,
];

beforeAll(async () => {
  world = await makeWorld();
  for (const text of texts) await world.create('alice', 'note', { text });
});
afterAll(() => world.close());

async function get(parameters: readonly (readonly [string, string])[]) {
  const query = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
  const response = await world.app.inject({ url: `/v2/notes?${query.toString()}`, headers: world.as('alice') });
  const { data = [], code } = response.json<{ data?: readonly { data: { text: string } }[]; code?: string }>();
  return { status: response.statusCode, code, texts: data.map((row) => row.data.text) };
}

test.each(texts)('the text %j finds itself and nothing else', async (text) => {
  const literal = JSON.stringify(text);
  for (const filter of [
    `/data/text eq ${literal}`,
    `/data/text in [${literal}]`,
    `/data/text between ${literal},${literal}`,
  ]) {
    expect((await get([['filter', filter]])).texts, filter).toEqual([text]);
  }
  expect((await get([['filter[/data/text]', text]])).texts).toEqual([text]);
  // Only the star stands for anything.
  if (!text.includes('*')) expect((await get([['filter', `/data/text like ${literal}`]])).texts).toEqual([text]);
});

const hostile = fc.oneof(
  fc.constantFrom(
    ...texts,
    ')',
    '(',
    '/*',
    '--',
    ';',
    'nil',
    'or true',
    '/data/text',
    '#/data/text',
    '/data/text/0',
    '\0',
    '\ud800',
    'eq',
    'in [',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

test(
  'whatever is written for a filter, an order or a cursor is answered, and finds no more than there is',
  { timeout: 60_000 },
  async () => {
    const parameters = fc.array(
      fc.tuple(
        fc.constantFrom('filter', 'sort', 'after', 'skip', 'limit', 'deleted', 'filter[/data/text]'),
        fc.array(hostile, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' ')),
      ),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(parameters, async (asked) => {
        const { status, texts: found } = await get(asked);
        expect([200, 400]).toContain(status);
        expect(found.every((text) => texts.includes(text))).toBe(true);
      }),
      { numRuns: 150, endOnFailure: true },
    );
    expect(await world.rows('note')).toHaveLength(texts.length);
  },
);

test('names inside documents are names, whatever they say', async () => {
  for (const name of [`a' OR 1=1 --`, `a}`, `a"b`, `a,b`, `0`, `-1`, `~1`, `#>>`]) {
    const pointer = `#/data/fields/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`;
    const data = { profile: { name: { anglican: { given: 'A', surname: name } } }, fields: { [name]: 'here' } };
    const made = await world.create('alice', 'contact', { ...data, externalId: name, primaryHouseholdId: null });
    for (const parameters of [{ filter: `${pointer} eq "here"` }, { filter: `${pointer} like "h*e"`, sort: pointer }]) {
      const query = new URLSearchParams(parameters).toString();
      const response = await world.app.inject({ url: `/v2/contacts?${query}`, headers: world.as('alice') });
      const { data: rows = [] } = response.json<{ data?: readonly { id: string }[] }>();
      // A comma parts the words of a sort.
      if (response.statusCode === 400) expect(name).toBe('a,b');
      else
        expect(
          rows.map(({ id }) => id),
          query,
        ).toEqual([made.id]);
    }
  }
});
