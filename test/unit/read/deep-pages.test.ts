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
  // Every other contact is known to another system.
  const externalId = `jsonb_build_object('external_id', CASE WHEN n % 2 = 0 THEN 'voter-' || n END)`;
  await multiplyRow(database, {
    table: 'contacts',
    id: ids.contact,
    count,
    changes: `${externalId} || '{ "person_key": null }'`,
  });
  // Alice reads two groups, in one of which is nothing; bob reads one here, and chelsea all of the customer's.
  const readers: World['people'] = {
    ...people,
    bob: reading(people.bob, ids.group),
    chelsea: { ...people.chelsea, viewer: systemOf(ids.customer, ids.group) },
    frank: reading(people.frank, ids.elsewhereGroup),
  };
  app = await makeTwin(
    { ...world, people: readers },
    { passThrough: true, reader: makeExplainingReader(world, plans) },
  );
  ask = makeAsk({ app, as: world.as });
});
afterAll(async () => {
  await app?.close();
  await world.close();
});

function reading(person: Person, group: string): Person {
  const groups = () => new Set([group]);
  return { ...person, viewer: { ...person.viewer, groupsFor: groups, groupsForReadingUp: groups } };
}

interface Page {
  readonly list: { readonly pageInfo: { readonly endCursor: string } };
}

type Reader = 'alice' | 'bob' | 'chelsea' | 'frank';

/** What the page after `skip` rows costs when it is asked for by cursor; the first page for none. */
async function cost(person: Reader, list: string, sort: string, skip: number): Promise<Explained> {
  const query = `query ($limit: Int, $skip: Int, $after: String) {
    list: ${list}(sort: [${sort}], limit: $limit, skip: $skip, after: $after) { nodes { id } pageInfo { endCursor } } }`;
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
  ['interactions', '{ id: ASC }'],
  ['interactions', '{ id: DESC }'],
  ['interactions', '{ timestamp: ASC }'],
  ['interactions', '{ timestamp: DESC }'],
  // All of these arrived together.
  ['interactions', '{ modified: ASC }'],
  ['interactions', '{ modified: DESC }'],
  ['contacts', '{ externalId: ASC }'],
  ['contacts', '{ externalId: DESC }'],
] as const;

describe.each([
  ['all groups', 'chelsea'],
  ['one group', 'bob'],
  ['a few groups', 'alice'],
] as const)('for a reader of %s', (_, person) => {
  test.each(orders)('a page deep in %s by %s costs what the first one costs', async (list, sort) => {
    for (const skip of [0, count / 4, count * 0.75, count - 100]) {
      const { buffers } = await cost(person, list, sort, skip);
      // The page of the table where each row is, once or twice, and a few pages of the index.
      expect(buffers, `${skip} rows deep`).toBeLessThan(2 * limit + 20);
    }
  });
});

test.each(['{ id: ASC }', '{ timestamp: DESC }', '{ modified: ASC }'])(
  'somebody whose only group has nothing in it finds that out by %s at once',
  async (sort) => {
    const { buffers } = await cost('frank', 'interactions', sort, 0);
    expect(buffers).toBeLessThan(20);
  },
);
