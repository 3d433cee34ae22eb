/** A page deep in a list costs what the first page costs, in pages of the database: buffers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { type Ask, dataOf, makeAsk, makeTwin } from '../../api/graphql/ask.ts';
import { type Explained, makeExplainingReader } from '../../explain.ts';
import { multiplyRow } from '../../multiply-row.ts';
import { makeWorld, type Person, systemOf, type World } from '../../world.ts';

const [count, limit] = [20_000, 50];
let world: World;
let app: FastifyInstance;
let ask: Ask;
const plans: Explained[] = [];

beforeAll(async () => {
  world = await makeWorld();
  const { database, ids, people } = world;
  // Ten interactions at the same moment, as a phone sends them that was offline.
  const { id: interaction } = await world.create('alice', 'interaction', {});
  const moment = `jsonb_build_object('timestamp', timestamptz '2026-05-01Z' + n / 10 * interval '1 minute')`;
  await multiplyRow(database, { table: 'interactions', id: interaction, count, changes: moment });
  // Bob reads one group here, and chelsea all of the customer's.
  const inOne = new Set([ids.group]);
  const bob = { ...people.bob.viewer, groupsFor: () => inOne, groupsForReadingUp: () => inOne };
  const viewers: World['people'] = {
    ...people,
    bob: as(people.bob, bob),
    chelsea: as(people.chelsea, systemOf(ids.customer, ids.group)),
  };
  app = await makeTwin(
    { ...world, people: viewers },
    { passThrough: true, reader: makeExplainingReader(world, plans) },
  );
  ask = makeAsk({ app, as: world.as });
});
afterAll(async () => {
  await app?.close();
  await world.close();
});

const as = (person: Person, viewer: Person['viewer']): Person => ({ ...person, viewer });

interface Page {
  readonly list: { readonly pageInfo: { readonly endCursor: string } };
}

/** What the page after `skip` rows costs when it is asked for by cursor; the first page for none. */
async function cost(person: 'bob' | 'chelsea', sort: string, skip: number): Promise<Explained> {
  const query = `query ($limit: Int, $skip: Int, $after: String) {
    list: interactions(sort: [${sort}], limit: $limit, skip: $skip, after: $after) { nodes { id } pageInfo { endCursor } } }`;
  let after: string | null = null;
  if (skip > 0) {
    const { list: before } = await dataOf<Page>(ask(person, query, { limit: 1, skip: skip - 1 }));
    after = before.pageInfo.endCursor;
  }
  plans.length = 0;
  await dataOf(ask(person, query, { limit, after }));
  expect(plans).toHaveLength(1);
  return plans[0]!;
}

const orders = [
  '{ id: ASC }',
  '{ id: DESC }',
  '{ timestamp: ASC }',
  '{ timestamp: DESC }',
  // All of these arrived together.
  '{ modified: ASC }',
  '{ modified: DESC }',
] as const;

describe.each([
  ['all groups', 'chelsea'],
  ['one group', 'bob'],
] as const)('for a reader of %s', (_, person) => {
  test.each(orders)('a page deep in interactions by %s costs what the first one costs', async (sort) => {
    for (const skip of [0, count / 4, count * 0.75, count - 100]) {
      const { buffers } = await cost(person, sort, skip);
      // The page of the table where each row is, once, and a few pages of the index.
      expect(buffers, `${skip} rows deep`).toBeLessThan(2 * limit);
    }
  });
});
