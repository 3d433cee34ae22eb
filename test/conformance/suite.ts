/**
 * The one loop: every resource, verb, viewer and transport. What each viewer may do follows from the scope of the
 * declaration and from the names of the people (test/world.ts); nothing in here knows a resource.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import type { Resource } from '../../src/model.ts';
import type { Declaration, ScopeKind } from '../../src/resource.ts';
import type { PersonName, World } from '../world.ts';
import { type Client, makeClients } from './clients.ts';
import { freshBody, freshRow } from './fresh-body.ts';

const viewers: readonly PersonName[] = ['alice', 'bob', 'chelsea', 'dora', 'erin'];

/** Who sees a row of alice's group. Erin works for a chapter below it, and so sees what reaches down to her. */
const readers: Readonly<Record<ScopeKind, readonly PersonName[]>> = {
  own: ['alice', 'bob', 'chelsea', 'erin'],
  customer: ['alice', 'bob', 'chelsea', 'erin'],
  'group-and-above': ['alice', 'bob', 'erin'],
  group: ['alice', 'bob'],
};

/** What changing a row of alice's group answers. Whoever cannot see it is not told that it is there. */
function expectedOfWrite(scope: ScopeKind, person: PersonName): string {
  if (person === 'alice' || person === 'bob') return 'ok';
  return readers[scope].includes(person) ? 'FORBIDDEN' : 'NOT_FOUND';
}

/** A change that every version of the resource allows: some text of its own, else a test that holds. */
function harmlessPatch({ declaration, name }: Resource, id: string): JsonObject {
  const readOnly = Array.isArray(declaration.readOnly) ? (declaration.readOnly as readonly string[]) : [];
  const text = Object.entries(declaration.fields).find(
    ([attribute, field]) =>
      field.storage === 'column' &&
      field.kind === 'text' &&
      field.schema['format'] === undefined &&
      field.schema['pattern'] === undefined &&
      attribute !== 'timeZone' &&
      !readOnly.includes(attribute),
  );
  if (text !== undefined) return { op: 'replace', path: `/${text[0]}`, value: `${name} ${id}`.slice(0, 32) };
  const [first] = declaration.required;
  return { op: 'copy', from: `/${first}`, path: `/${first}` };
}

export function describeConformance(declaration: Declaration, getWorld: () => World): void {
  describe(declaration.name, () => {
    const { scope, readOnly } = declaration;
    const isKept = readOnly === true;
    let world: World;
    let resource: Resource;
    let clients: readonly Client[];
    let shared: { readonly id: string; readonly etag: string };
    beforeAll(async () => {
      world = getWorld();
      resource = world.model.get(declaration.name);
      clients = makeClients(world).filter((client) => client.reaches(resource));
      shared = await sharedRow(world, resource);
    });

    test.each(viewers)('what %s reads of it', async (person) => {
      const expected = readers[scope].includes(person) ? 'ok' : 'NOT_FOUND';
      for (const client of clients) {
        const seen = [await client.get(person, resource, shared), await client.list(person, resource, shared)];
        expect([client.name, ...seen]).toEqual([client.name, expected, expected]);
      }
    });

    if (isKept) {
      test('nobody writes it', async () => {
        for (const client of clients) {
          const answers = [
            await client.create('alice', resource, resource.declaration.example),
            await client.patch('alice', resource, shared, harmlessPatch(resource, shared.id)),
            await client.remove('alice', resource, shared),
          ];
          const refusal = client.name === 'REST' ? 'METHOD_NOT_ALLOWED' : 'GRAPHQL_VALIDATION_FAILED';
          expect(answers).toEqual([refusal, refusal, refusal]);
        }
      });
      return;
    }

    test.each(viewers)('what %s may change in it, and remove', async (person) => {
      const expected = expectedOfWrite(scope, person);
      for (const client of clients) {
        const row = await freshRow(world, declaration.name);
        const patched = await client.patch(person, resource, row, harmlessPatch(resource, row.id));
        const other = await freshRow(world, declaration.name);
        const removed = await client.remove(person, resource, other);
        expect([client.name, patched, removed]).toEqual([client.name, expected, expected]);
      }
    });

    test('alice makes one, and a canvasser without the permission does not', async () => {
      const free = ['interaction', 'note'].includes(declaration.name);
      for (const client of clients) {
        expect(await client.create('alice', resource, await freshBody(world, declaration.name))).toBe('ok');
        if (!free)
          expect(await client.create('erin', resource, await freshBody(world, declaration.name))).toBe('FORBIDDEN');
      }
    });

    test('a deleted row is gone for everybody, and a stale etag changes nothing', async () => {
      for (const client of clients) {
        const row = await freshRow(world, declaration.name);
        const stale = { id: row.id, etag: `0-${'A'.repeat(27)}` };
        expect(await client.remove('alice', resource, stale)).toBe('ETAG_STALE');
        expect(await client.remove('alice', resource, row)).toBe('ok');
        for (const person of viewers) {
          expect(await client.get(person, resource, row)).toBe('NOT_FOUND');
          expect(await client.list(person, resource, row)).toBe('NOT_FOUND');
        }
      }
    });
  });
}

/** A row that is read and never changed. There is one customer row, and it is there already. */
async function sharedRow(world: World, resource: Resource): Promise<{ readonly id: string; readonly etag: string }> {
  if (resource.declaration.scope !== 'own') return freshRow(world, resource.name);
  const [row] = await world.rows<{ id: string; etag: string }>(resource.name);
  return row!;
}
