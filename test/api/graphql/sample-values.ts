/** Values that rows of a world have, and some that none has, so that random filters find something and miss something. */
import type { Json } from '../../../src/json.ts';
import type { Resource } from '../../../src/model.ts';
import type { World } from '../../world.ts';
import type { Ask } from './ask.ts';

export interface Place {
  readonly resource: Resource;
  /** The sort and the cursor as an operation would write them. */
  readonly sort: Json;
  readonly cursor: string;
}

export interface Samples {
  /** By resource. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  readonly allIds: readonly string[];
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
  readonly days: readonly string[];
  readonly moments: readonly string[];
  /** Of leaves, documents' own included, by resource. */
  readonly pointers: ReadonlyMap<string, readonly string[]>;
  readonly places: readonly Place[];
}

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

export async function takeSamples(world: World, ask: Ask): Promise<Samples> {
  const ids = new Map<string, string[]>();
  const pointers = new Map<string, readonly string[]>();
  const texts = new Set(['', '*', 'a*', '*e*', 'nothing like it', 'two "quoted"\n\\ ü 🚪']);
  const numbers = new Set([0, 1, 2, -1, 2.5, 40, 65]);
  const days = new Set(['1970-01-01', '2026-10-31']);
  const moments = new Set(['2026-05-01T08:00:00.000Z', '2026-05-01T10:00:00+02:00']);
  const places: Place[] = [];
  const take = (value: unknown): void => {
    if (typeof value === 'number') numbers.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(take);
    else if (typeof value !== 'string' || uuid.test(value) || value.length > 60) return;
    else if (/^\d{4}-\d\d-\d\d$/.test(value)) days.add(value);
    else if (/^\d{4}-\d\d-\d\d \d\d:/.test(value)) moments.add(new Date(value).toISOString());
    else texts.add(value);
  };
  for (const resource of world.model.resources) {
    const rows = await world.rows<Record<string, unknown>>(resource.name);
    rows.forEach(take);
    ids.set(
      resource.name,
      rows.map(({ id }) => String(id)),
    );
    pointers.set(resource.name, pointersOf(resource, rows));
    places.push(...(await takePlaces(resource, ask)));
  }
  return {
    ids,
    allIds: [...ids.values()].flat(),
    ...{ texts: [...texts], numbers: [...numbers], days: [...days], moments: [...moments] },
    pointers,
    places,
  };
}

function pointersOf(resource: Resource, rows: readonly Record<string, unknown>[]): readonly string[] {
  const { envelope, attributes, rows: arrays } = resource;
  const inside = attributes
    .filter(({ field }) => field.kind === 'document')
    .flatMap(({ path, column }) => rows.flatMap((row) => leavesOf(row[column], `/${path.join('/')}`)));
  const own = [...envelope, ...attributes, ...arrays].map(({ path }) => `/${path.join('/')}`);
  return [...new Set([...own, ...inside, '/meta/resource', '/data/id'])];
}

function leavesOf(value: unknown, pointer: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, `${pointer}/${name}`));
}

/** Cursors of the list as it comes, and in an order of its own. */
async function takePlaces(resource: Resource, ask: Ask): Promise<readonly Place[]> {
  const orders = [[], [{ created: 'DESC' }], [{ by: { pointer: '/data', order: 'ASC' } }, { id: 'DESC' }]];
  const [attribute] = resource.attributes;
  if (attribute !== undefined) orders[2] = [{ by: { pointer: `/${attribute.path.join('/')}`, order: 'ASC' } }];
  const { typeName, plural } = resource;
  const query = `query ($sort: [${typeName}Sort!]) { page: ${plural}(sort: $sort, limit: 3) { edges { cursor } } }`;
  const places = orders.map(async (sort): Promise<readonly Place[]> => {
    const { data } = await ask('alice', query, { sort });
    const page = data?.['page'] as { readonly edges: readonly { readonly cursor: string }[] } | undefined;
    return (page?.edges ?? []).map(({ cursor }) => ({ resource, sort, cursor }));
  });
  return (await Promise.all(places)).flat();
}
