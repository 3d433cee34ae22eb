/** A filter on a place inside a document asks an index for the rows, and reads no others. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ask, dataOf, makeAsk, makeTwin } from '../../api/graphql/ask.ts';
import { wholeEnvelope } from '../../../src/read/envelope.ts';
import { type Explained, makeExplainingReader } from '../../explain.ts';
import { multiplyRow } from '../../multiply-row.ts';
import { makeWorld, type World } from '../../world.ts';

/** The precincts are as many as a town has, the parties three. */
const count = 40_000;
const fields = `jsonb_build_object('precinct', 'P-' || n % 4000, 'turnout', n % 4000, 'party', substr('DRN', n % 3 + 1, 1))`;
let world: World;
let app: FastifyInstance;
let ask: Ask;
const plans: Explained[] = [];

beforeAll(async () => {
  world = await makeWorld();
  const { database, ids } = world;
  const changes = `jsonb_build_object('fields', ${fields}, 'external_id', 'voter-' || n, 'person_key', null)`;
  await multiplyRow(database, { table: 'contacts', id: ids.contact, count, changes });
  app = await makeTwin(world, { passThrough: true, reader: makeExplainingReader(world, plans) });
  ask = makeAsk({ app, as: world.as });
});
afterAll(async () => {
  await app?.close();
  await world.close();
});

/** The same in the notation of REST's query string, on which REST's own reader gives a page. */
async function findText(place: string, value: string): Promise<Explained> {
  const { model, people } = world;
  const resource = model.get('contact');
  const filter = { kind: 'text', pointer: ['data', 'fields', place], value } as const;
  const page = { skip: 0, limit: 100, after: null };
  const list = { resource, filter, sort: [], page, deleted: 'exclude', members: [] } as const;
  plans.length = 0;
  await makeExplainingReader(world, plans).readPage(people.alice.viewer, { list, members: wholeEnvelope(resource) });
  return plans[0]!;
}

interface Found {
  readonly contacts: { readonly nodes: readonly { readonly data: { readonly fields: object } }[] };
}

async function find(where: string): Promise<{ readonly rows: number; readonly plan: Explained }> {
  plans.length = 0;
  const query = `query ($where: String!) { contacts(where: $where, sort: [{ id: ASC }], limit: 100) { nodes { data { fields } } } }`;
  const { contacts } = await dataOf<Found>(ask('alice', query, { where }));
  return { rows: contacts.nodes.length, plan: plans[0]! };
}

test.each(['/data/fields/precinct eq "P-77"', '/data/fields/turnout eq 77'])(
  '%s is answered by the index of the document, in a list that is sorted by id',
  async (where) => {
    const { rows, plan } = await find(where);
    expect(rows).toBe(10);
    expect(plan.indexes).toEqual(['contacts_fields_idx']);
    expect(plan.buffers).toBeLessThan(30);
  },
);

test.each([
  ['precinct', 'P-77'],
  ['turnout', '77'],
])('filter[/data/fields/%s]=%s is answered by the index of the document', async (place, value) => {
  const { indexes, buffers } = await findText(place, value);
  expect(new Set(indexes)).toEqual(new Set(['contacts_fields_idx']));
  expect(buffers).toBeLessThan(30);
});

test('a value that nobody has costs next to nothing', async () => {
  const { rows, plan } = await find('/data/fields/precinct eq "P-nowhere"');
  expect(rows).toBe(0);
  expect(plan.buffers).toBeLessThan(10);
});

test('a name is found by the index of the profile', async () => {
  const { rows, plan } = await find('/data/profile/name/anglican/surname eq "Nobody"');
  expect({ rows, indexes: plan.indexes }).toEqual({ rows: 0, indexes: ['contacts_profile_idx'] });
});

test('a value that very many have is found by walking the order of the list', async () => {
  const { rows, plan } = await find('/data/fields/party eq "D"');
  expect(rows).toBe(100);
  expect(plan.indexes.filter((index) => index !== 'contacts_fields_idx')).toHaveLength(1);
});

interface Page {
  readonly contacts: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly data: { readonly externalId: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** All pages of a list one after the other, by their cursors, and what each page says of all rows. */
async function walk(where: string, limit: number) {
  const query = `query ($where: String!, $limit: Int!, $after: String) {
    contacts(where: $where, sort: [{ externalId: DESC }], limit: $limit, after: $after) {
      totalCount nodes { data { externalId } } pageInfo { hasNextPage endCursor } } }`;
  const [seen, totals]: [string[], Set<number>] = [[], new Set()];
  for (let after: string | null = null, more = true; more;) {
    const { contacts }: Page = await dataOf<Page>(ask('alice', query, { where, limit, after }));
    seen.push(...contacts.nodes.map(({ data }) => data.externalId));
    totals.add(contacts.totalCount);
    ({ hasNextPage: more, endCursor: after } = contacts.pageInfo);
  }
  return { seen, totals: [...totals] };
}

test.each([
  ['/data/fields/precinct eq "P-77"', 3, (n: number) => n % 4000 === 77],
  ['/data/fields/precinct eq "P-77" and /data/fields/party neq "D"', 3, (n: number) => n % 4000 === 77 && n % 3 !== 0],
  ['/data/fields/party eq "R"', 1_000, (n: number) => n % 3 === 1],
])('all that satisfy %s come in their order, page by page, and are counted on each', async (where, limit, holds) => {
  const all = Array.from({ length: count }, (_, index) => index + 1).filter(holds);
  const expected = all.map((n) => `voter-${n}`).sort((one, other) => (one < other ? 1 : -1));
  const { seen, totals } = await walk(where, limit);
  expect(seen).toEqual(expected);
  expect(totals).toEqual([all.length]);
});

test('a key may lead to very many', async () => {
  plans.length = 0;
  const query = `query ($group: ID!) { contacts(filter: { securityGroup: { id: { eq: $group } } }, sort: [{ id: ASC }], limit: 5) {
    totalCount nodes { id } } }`;
  const { contacts } = await dataOf<Page>(ask('alice', query, { group: world.ids.group }));
  expect(contacts.totalCount).toBe(count + 1);
  expect(contacts.nodes).toHaveLength(5);
});

test('those that a key leads to are found once, to be counted and to be put in order', async () => {
  plans.length = 0;
  const numbers = Array.from({ length: 40 }, (_, index) => `voter-${index + 1}`);
  const query = `query ($numbers: [String!]!) { contacts(filter: { externalId: { in: $numbers } }, sort: [{ modified: DESC }], limit: 5) {
    totalCount nodes { data { externalId } } } }`;
  const { contacts } = await dataOf<Page>(ask('alice', query, { numbers }));
  expect(contacts.totalCount).toBe(40);
  expect(contacts.nodes).toHaveLength(5);
  expect(plans[0]!.indexes).toHaveLength(1);
});
