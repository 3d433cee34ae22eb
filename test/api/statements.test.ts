/**
 * How often a request asks the database: once. Counted where statements leave the process, on the wire, so that it does
 * not matter which part of the house sends them. Who is asking is not part of that: it is looked up every few seconds at
 * most, by Prisma, over connections of its own.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import type { Resource } from '../../src/model.ts';
import { freshRow } from '../conformance/fresh-body.ts';
import { makeWorld, type PersonName, type World } from '../world.ts';
import { tapWire, type WireTap } from '../wire-tap.ts';
import { makeAsk } from './graphql/ask.ts';

describe.each(['on', 'off'])('with the short way %s', (shortWay) => {
  let world: World;
  let wire: WireTap;
  beforeAll(async () => {
    wire = tapWire();
    world = await makeWorld({ env: { SHORT_WAY: shortWay } });
    for (let index = 0; index < 3; index += 1) await freshRow(world, 'interaction');
  });
  afterAll(async () => {
    wire.stop();
    await world.close();
  });

  /** The texts that were sent to this world's database meanwhile. */
  const statementsOf = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    wire.take();
    await work();
    const database = new URL(world.url).pathname.slice(1);
    return wire.take().flatMap(({ start, text }) => {
      if (start['database'] !== database) return [];
      if (start['application_name'] === 'doorstep administration') {
        expect(text).toMatch(/FROM "public"\."(users|memberships|organizations|roles)"/);
        return [];
      }
      // A connection's first words, whenever one is opened.
      return text.startsWith('SET timezone') ? [] : [text];
    });
  };

  /** The operation is asked until it has gone every way that it may go, and was prepared. */
  const expectOne = async (person: PersonName, query: string, variables?: JsonObject): Promise<void> => {
    for (let time = 0; time < 4; time += 1) {
      const statements = await statementsOf(async () => {
        const { errors } = await makeAsk(world)(person, query, variables);
        expect(errors).toBeUndefined();
      });
      expect(statements).toEqual([expect.stringMatching(/^SELECT [^;]+$/)]);
    }
  };

  const page = 'nodes { id data { text } } edges { cursor } pageInfo { hasNextPage endCursor } totalCount';
  const operations: Readonly<Record<string, string>> = {
    'one row': 'query ($id: ID!) { contact(id: $id) { id data { profile } meta { etag } } }',
    'a row that is not there': '{ contact(id: "00000000-0000-4000-8000-000000000000") { id } }',
    'a list with all that can be asked of it': `{ notes(limit: 2, sort: [{ created: DESC }]) { ${page} } }`,
    'relations of relations, fourteen fields deep': `{ interactions(limit: 2) { nodes { contact { notes(limit: 2) { nodes { contact {
      households(limit: 2) { nodes { address { households(limit: 2) { nodes { contacts(limit: 2) { totalCount nodes {
      id } } } } } } } } } } } } } }`,
    'several roots': `query ($id: ID!) { a: contact(id: $id) { id } b: contact(id: $id) { b: id } notes { totalCount }
      c: notes { ${page} } households { nodes { contacts { nodes { id } } } } d: __typename }`,
    'fragments and directives': `query ($id: ID!) { contact(id: $id) { ...f } contacts @skip(if: true) { totalCount } }
      fragment f on Contact { id notes { ...g @include(if: true) } } fragment g on NoteConnection { totalCount }`,
    'which survey a contact and everybody of a walklist is asked': `query ($id: ID!) {
      contact(id: $id) { survey(campaignId: $id) { id } } walklists { nodes { data { stops { household { contacts {
      nodes { survey(campaignId: $id) { id data { questions { question { id } } } } } } } } } } } }`,
    'conditions on other rows, in both languages': `{ contacts(where: "/data/profile/age gte 1 or /id neq nil",
      filter: { notes: { none: { contact: { externalId: { eq: "x" } } } } }) { totalCount nodes { id } } }`,
  };
  for (const [name, query] of Object.entries(operations)) {
    test.each(['alice', 'erin'] as const)(`${name}, as %s, is one statement`, (person) =>
      expectOne(person, query, query.includes('$id') ? { id: world.ids.contact } : undefined),
    );
  }

  test('every resource with every relation that it has is one statement', async () => {
    for (const resource of world.model.resources) await expectOne('alice', everythingAround(resource));
  });

  test('a row and a page of every resource are one statement each over REST', async () => {
    for (const { name, declaration } of world.model.resources) {
      if (declaration.route === null) continue;
      // A customer has one row of its own.
      if (declaration.scope !== 'own') await freshRow(world, name);
      const [{ id } = { id: '' }] = await world.rows<{ readonly id: string }>(name);
      for (const path of [
        '?limit=2',
        `/${id}`,
        `?limit=2&skip=1&filter=/id neq "${id}"&sort=/meta/created&sort=DESC`,
      ]) {
        const url = `${declaration.route}${encodeURI(path)}`;
        for (let time = 0; time < 3; time += 1) {
          const sent = await statementsOf(async () => {
            const { statusCode } = await world.app.inject({ url, headers: world.as('alice') });
            expect([url, statusCode]).toEqual([url, 200]);
          });
          expect(sent).toEqual([expect.stringMatching(/^SELECT [^;]+$/)]);
        }
      }
    }
  });

  test('a decision is one statement over REST', async () => {
    const criteria = { filter: 'any', clauses: [{ source: '1', operator: 'eq', value: '1' }] };
    await world.create('alice', 'segment', { criteria });
    const url = `/v1/campaigns/${world.ids.campaign}/contacts/${world.ids.contact}/survey`;
    const sent = await statementsOf(async () => {
      const { statusCode } = await world.app.inject({ url, headers: world.as('alice') });
      expect(statusCode).toBe(200);
    });
    expect(sent).toEqual([expect.stringMatching(/^SELECT [^;]+$/)]);
  });

  test('a refusal, and the schema, ask nothing', async () => {
    const ask = makeAsk(world);
    for (const query of [
      '{ contacts(where: "nonsense") { totalCount } }',
      '{ contacts(limit: 1001) { totalCount } }',
      '{ contact(id: "7") { id } }',
      '{ contacts { count } }',
      '{ __schema { types { name } } }',
    ]) {
      expect(await statementsOf(() => ask('alice', query))).toEqual([]);
    }
    const stranger = () => world.app.inject({ method: 'POST', url: '/graphql', payload: { query: '{ __typename }' } });
    expect(await statementsOf(stranger)).toEqual([]);
  });
});

function everythingAround({ plural, relations }: Resource): string {
  const around = [...relations.values()].map(({ kind, name }) =>
    kind === 'one' ? `${name} { id securityGroup { id } }` : `${name}(limit: 1) { totalCount nodes { id } }`,
  );
  return `{ ${plural}(limit: 3) { totalCount pageInfo { endCursor } nodes { id ${around.join(' ')} } } }`;
}
