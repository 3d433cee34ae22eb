/**
 * The fifteenth resource is one file: a declaration that exists nowhere but here gets its table, its GraphQL type,
 * filter and sort, its REST route, and passes the one loop.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { makeMigration } from '../../src/cli/generate/migration.ts';
import { choice } from '../../src/fields/choice.ts';
import { group } from '../../src/fields/group.ts';
import { integer } from '../../src/fields/integer.ts';
import { reference } from '../../src/fields/reference.ts';
import { rows } from '../../src/fields/rows.ts';
import { text } from '../../src/fields/text.ts';
import { timestamp } from '../../src/fields/timestamp.ts';
import { makeModel } from '../../src/model.ts';
import { defineResource } from '../../src/resource.ts';
import { declarations } from '../../src/resources/index.ts';
import { makePrismaSchema } from '../../src/store/prisma-schema.ts';
import { makeSchemaRules } from '../../src/store/schema-rules.ts';
import { makeWorld, type World } from '../world.ts';
import { describeConformance } from './suite.ts';

const lawnSign = defineResource({
  name: 'lawnSign',
  plural: 'lawnSigns',
  route: '/v2/lawn-signs',
  scope: 'group',
  description: 'A sign that somebody has in the yard.',
  required: ['contactId', 'motif'],
  groupFrom: 'contactId',
  fields: {
    contactId: reference('contact', 'Whose yard.'),
    motif: text('What it says.', { minLength: 1, maxLength: 64 }),
    size: choice(['small', 'extra-large'], 'How large it is.', { default: 'small' }),
    count: integer('How many.', { minimum: 1 }),
    delivery: group('When it came.', { planned: timestamp('When it should come.'), done: timestamp('When it came.') }),
    helpers: rows(
      'Who put it up.',
      { userId: reference('user', 'The person.', { inverse: null }) },
      { key: 'userId', bare: true },
    ),
  },
  indexes: [['motif']],
  sorts: ['count'],
  example: { motif: 'Yes on 7', size: 'extra-large', count: 2, delivery: { planned: '2026-05-09T17:00:00.000Z' } },
});

const [before, after] = [makeModel(declarations), makeModel([...declarations, lawnSign])];
let world: World;

beforeAll(async () => {
  world = await makeWorld({ declarations: [...declarations, lawnSign] });
  const migration = await makeMigration({
    model: after,
    oldSchema: makePrismaSchema(before),
    newSchema: makePrismaSchema(after),
    oldRules: makeSchemaRules(before),
    newRules: makeSchemaRules(after),
    url: inject('serverUrl'),
  });
  await world.database.transaction((tx) => tx.exec(migration));
});
afterAll(() => world.close());

describeConformance(lawnSign, () => world);

describe('an invented resource', () => {
  const ask = async (query: string, variables: object = {}): Promise<unknown> => {
    const payload = { query, variables };
    const response = await world.app.inject({ method: 'POST', url: '/graphql', headers: world.as('alice'), payload });
    return response.json();
  };

  test('has its GraphQL type with relations in both directions, its filter and its sort', async () => {
    const contactId = world.ids.contact;
    const signs = [1, 2, 3].map((count) =>
      world.create('alice', 'lawnSign', { motif: 'Vote', count, helpers: [world.ids.user] }),
    );
    await Promise.all(signs);
    const answer = await ask(
      `query ($contactId: ID!) {
        lawnSigns(filter: { contactId: { eq: $contactId }, motif: { like: "V*" }, size: { eq: extra_large }, count: { gt: 1 } }, sort: [{ count: DESC }]) {
          nodes { data { count size motif helpers delivery { planned done } } contact { id } }
          totalCount
        }
        contact(id: $contactId) { lawnSigns(filter: { motif: { eq: "Vote" } }, sort: [{ count: ASC }], limit: 1) { nodes { data { count } } } }
      }`,
      { contactId },
    );
    const delivery = { planned: '2026-05-09T17:00:00.000Z', done: null };
    const node = { motif: 'Vote', size: 'extra_large', helpers: [world.ids.user], delivery };
    expect(answer).toMatchObject({
      data: {
        lawnSigns: {
          nodes: [3, 2].map((count) => ({ data: { ...node, count }, contact: { id: contactId } })),
          totalCount: 2,
        },
        contact: { lawnSigns: { nodes: [{ data: { count: 1 } }] } },
      },
    });
  });

  test('has its REST route with filter and sort', async () => {
    const query = new URLSearchParams([
      ['filter', '/data/size eq "extra-large" and /data/count gte 2'],
      ['sort', '/data/count'],
      ['sort', 'ASC'],
    ]);
    const response = await world.app.inject({ url: `/v2/lawn-signs?${query.toString()}`, headers: world.as('bob') });
    expect(response.statusCode).toBe(200);
    const { data } = response.json<{ data: { data: { count: number } }[] }>();
    expect(data.map((row) => row.data.count)).toEqual([...data.map((row) => row.data.count)].sort());
    expect(data.length).toBeGreaterThanOrEqual(2);
  });

  test('refuses what its declaration does not allow, naming the place', async () => {
    const payload = { contactId: world.ids.contact, motif: '', size: 'huge', count: 0, colour: 'red' };
    const response = await world.app.inject({
      method: 'POST',
      url: '/v2/lawn-signs',
      headers: world.as('alice'),
      payload,
    });
    expect(response.statusCode).toBe(400);
    const { errors } = response.json<{ errors: { pointer: string }[] }>();
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/colour', '/count', '/motif', '/size']);
  });

  test('needs a migration that only adds', async () => {
    const rulesOfOthers = makeSchemaRules(after).filter(({ name }) => !name.startsWith('lawn_sign'));
    expect(rulesOfOthers).toEqual(makeSchemaRules(before));
  });
});
