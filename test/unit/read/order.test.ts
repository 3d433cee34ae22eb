/** Whatever a list is sorted by, what comes after a cursor is the rest of the list: ties, nil and both directions. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ask, dataOf, makeAsk } from '../../api/graphql/ask.ts';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';

let world: World;
let ask: Ask;
let contacts: readonly Contact[];

interface Contact {
  readonly id: string;
  readonly meta: { readonly created: string };
  readonly data: {
    readonly notes: string | null;
    readonly externalId: string | null;
    readonly profile: { readonly age?: number };
  };
}

interface Listed {
  readonly contacts: { readonly edges: readonly { readonly cursor: string; readonly node: Contact }[] };
}

const query = `query ($sort: [ContactSort!], $after: String) {
  contacts(sort: $sort, after: $after) {
    edges { cursor node { id meta { created } data { notes externalId profile } } }
  } }`;

const list = async (sort: readonly JsonObject[], after: string | null = null): Promise<Listed['contacts']['edges']> =>
  (await dataOf<Listed>(ask('alice', query, { sort, after }))).contacts.edges;

beforeAll(async () => {
  world = await makeWorld();
  ask = makeAsk(world);
  await world.change('alice', 'contact', { kind: 'remove', id: world.ids.contact, etags: '*' });
  const make = (index: number) => ({
    kind: 'create' as const,
    id: null,
    securityGroupId: null,
    data: world.body('contact', {
      primaryHouseholdId: null,
      notes: [null, 'a', 'b', 'a'][index % 4]!,
      externalId: index % 3 === 0 ? null : `voter-${index}`,
      profile: {
        name: { anglican: { given: 'A', surname: 'B' } },
        ...(index % 2 === 0 ? {} : { age: 40 + (index % 5) }),
      },
    }),
    params: {},
  });
  // Those of one batch were made at the same moment.
  await world.changeAll('alice', 'contact', [0, 1, 2, 3, 4, 5].map(make));
  await world.changeAll('alice', 'contact', [6, 7, 8, 9, 10, 11].map(make));
  contacts = (await list([])).map(({ node }) => node);
});
afterAll(() => world.close());

/** What to sort by, as GraphQL says it and as JavaScript finds it. */
const keys = [
  [(order: string): JsonObject => ({ created: order }), ({ meta }: Contact) => meta.created],
  [(order: string): JsonObject => ({ notes: order }), ({ data }: Contact) => data.notes],
  [(order: string): JsonObject => ({ externalId: order }), ({ data }: Contact) => data.externalId],
  [
    (order: string): JsonObject => ({ by: { pointer: '/data/profile/age', order } }),
    ({ data }: Contact) => data.profile.age ?? null,
  ],
] as const;
const directed = keys.flatMap((key) => ['ASC', 'DESC'].map((order) => ({ key, order })));
const sorts = [
  ...directed.map((one) => [one]),
  ...directed.flatMap((one) => directed.filter(({ key }) => key !== one.key).map((other) => [one, other])),
];

/** Nil is greater than everything. */
function compare(left: string | number | null, right: string | number | null): number {
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? 1 : -1;
  return left < right ? -1 : 1;
}

test.each(sorts.map((sort) => [sort.map(({ key, order }) => JSON.stringify(key[0](order))).join(', then '), sort]))(
  'every cursor into a list by %s is followed by its rest',
  async (_, sort) => {
    const asked = sort.map(({ key, order }) => key[0](order));
    const steps = [
      ...sort.map(({ key, order }) => [key[1], order] as const),
      [(row: Contact) => row.id, sort.at(-1)!.order] as const,
    ];
    const expected = [...contacts].sort((left, right) => {
      for (const [valueOf, order] of steps) {
        const difference = compare(valueOf(left), valueOf(right));
        if (difference !== 0) return order === 'ASC' ? difference : -difference;
      }
      return 0;
    });
    const ids = expected.map(({ id }) => id);
    const edges = await list(asked);
    expect(edges.map(({ node }) => node.id)).toEqual(ids);
    const rests = await Promise.all(edges.map(({ cursor }) => list(asked, cursor)));
    expect(rests.map((rest) => rest.map(({ node }) => node.id))).toEqual(ids.map((_id, index) => ids.slice(index + 1)));
  },
);
