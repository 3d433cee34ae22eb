/** The rows that requests are about: some that belong together, by place, and fresh ones for what changes or deletes. */
import { v7 as makeId } from 'uuid';
import { freshRow } from '../conformance/fresh-body.ts';
import { pascalCase } from '../../src/names.ts';
import type { World } from '../world.ts';
import type { Description, Schema } from './description.ts';
import type { Fixtures } from './generate-value.ts';

export interface WorldFixtures extends Fixtures {
  /** Of one row that nothing else refers to. */
  fresh(resource: string): Promise<string>;
  /** The next rows of what may not be said twice. */
  renew(): Promise<void>;
}

const places = [0, 1, 2];
/** Behind those that the items of arrays get. */
export const placeOfLinks = places.length;

export async function makeFixtures(world: World, description: Description): Promise<WorldFixtures> {
  const { ids, create } = world;
  const pools = new Map<string, readonly string[]>([
    ...Object.entries(ids).map(([name, id]) => [name, [id]] as const),
    ['securityGroup', [ids.group]],
  ]);
  const add = async (resource: string, make: (place: number) => Promise<{ readonly id: string }>): Promise<void> => {
    const rows = [];
    for (const place of places) rows.push(await make(place));
    pools.set(resource, [...(pools.get(resource) ?? []), ...rows.map(({ id }) => id)]);
  };
  const at = (resource: string, place: number): string => {
    const pool = pools.get(resource) ?? [];
    return pool[place % pool.length]!;
  };
  await add('contact', () => create('alice', 'contact', { externalId: makeId() }));
  await add('household', () => create('alice', 'household', { unitNum: makeId() }));
  await add('contactHousehold', (place) => {
    const [contactId, householdId] = [at('contact', place + 1), at('household', place + 1)];
    return create('alice', 'contactHousehold', { contactId, householdId });
  });
  const everybody = { filter: 'any', clauses: [{ source: '1', operator: 'eq', value: '1' }] };
  await add('segment', (precedence) => create('alice', 'segment', { precedence, criteria: everybody }));
  const integration = await create('alice', 'integration', { clientId: 'contract' });
  pools.set('integration', [integration.id]);
  pools.set('interaction', [(await freshRow(world, 'interaction')).id]);
  pools.set('syncRejection', [(await freshRow(world, 'syncRejection')).id]);
  return {
    pointers: (resource) => pointersIn(description, { $ref: `#/components/schemas/${pascalCase(resource)}` }),
    reference(resource, place) {
      if (!pools.has(resource)) throw new Error(`Nobody has made a ${resource}`);
      return at(resource, place);
    },
    async fresh(resource) {
      return resource === 'customer' ? ids.customer : (await freshRow(world, resource)).id;
    },
    async renew() {
      pools.set('user', [(await freshRow(world, 'user')).id]);
    },
  };
}

/** Every attribute that a row of that schema may show. */
function pointersIn(description: Description, schema: Schema): readonly string[] {
  const { properties } = description.follow<Schema>(schema) as {
    readonly properties?: Readonly<Record<string, Schema>>;
  };
  if (properties === undefined) return [''];
  return Object.entries(properties).flatMap(([name, inner]) =>
    pointersIn(description, inner).map((rest) => `/${name}${rest}`),
  );
}
