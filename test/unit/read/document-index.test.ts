/** A filter on a place inside a document asks an index for the rows, and reads no others. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ask, dataOf, makeAsk, makeTwin } from '../../api/graphql/ask.ts';
import { wholeEnvelope } from '../../../src/read/envelope.ts';
import { type Explained, makeExplainingReader } from '../../explain.ts';
import { multiplyRow } from '../../multiply-row.ts';
import { makeWorld, type World } from '../../world.ts';

/** The precincts are as many as a town has, the parties three. */
const count = 10_000;
const fields = `jsonb_build_object('precinct', 'P-' || n % 1000, 'turnout', n % 1000, 'party', substr('DRN', n % 3 + 1, 1))`;
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

test('a value that many have is found in the order of the list, without all that have it', async () => {
  const { rows, plan } = await find('/data/fields/party eq "D"');
  expect(rows).toBe(100);
  expect(plan.buffers).toBeLessThan(count / 10);
});
