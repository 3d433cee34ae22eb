/**
 * Wherever a request may name a row, a row of another group or customer is answered like one that is not there: by the
 * same status, in the same words, after the same statements. Tried for every operation that the description has, at
 * every place of its address and body that holds an id.
 */
import fc from 'fast-check';
import pg from 'pg';
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, describe, expect, type MockInstance, test, vi } from 'vitest';
import type { Json } from '../../src/json.ts';
import { type Answer, printRequest, type Request } from '../contract/request.ts';
import { type Contract, makeContract, namesOf, patience } from '../contract/set-up.ts';
import { type ForeignRows, makeForeignRows } from './foreign-rows.ts';

let contract: Contract;
let owners: ReadonlyMap<'chelsea' | 'dora', ForeignRows>;
let queries: MockInstance;
/** Which resource an id of the world belongs to. */
const resourceOf = new Map<string, string>();

beforeAll(async () => {
  contract = await makeContract();
  const { world } = contract;
  owners = new Map([
    ['chelsea', await makeForeignRows(world, 'chelsea')],
    ['dora', await makeForeignRows(world, 'dora')],
  ]);
  queries = vi.spyOn(pg.Client.prototype, 'query');
});
afterAll(async () => {
  queries.mockRestore();
  await contract.world.close();
});

/** What alice sees of the whole customer is nothing foreign to her. */
function isForeign(owner: 'chelsea' | 'dora', resource: string): boolean {
  const { scope } = contract.world.model.get(resource).declaration;
  return owner === 'dora' || scope === 'group' || scope === 'group-and-above';
}

interface Place {
  readonly id: string;
  readonly with: (id: string) => Request;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Everywhere that the request names a row. */
function placesOf(request: Request): readonly Place[] {
  const inPath = Object.entries(request.path).map(([name, id]): Place => {
    return { id, with: (other) => ({ ...request, path: { ...request.path, [name]: other } }) };
  });
  const inBody = leavesOf(request.body ?? null).map(({ id, put }): Place => {
    return { id, with: (other) => ({ ...request, body: put(other) }) };
  });
  return [...inPath, ...inBody];
}

interface Leaf {
  readonly id: string;
  readonly put: (id: string) => Json;
}

function leavesOf(value: Json): readonly Leaf[] {
  if (typeof value === 'string') return uuid.test(value) ? [{ id: value, put: (id) => id }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: readonly [string, Json]) =>
    leavesOf(inner).map(({ id, put }): Leaf => {
      const putInside = (other: string): Json => {
        if (!Array.isArray(value)) return { ...value, [key]: put(other) };
        return (value as readonly Json[]).map((item, index) => (String(index) === key ? put(other) : item));
      };
      return { id, put: putInside };
    }),
  );
}

async function learnIds(): Promise<void> {
  const { model, rows } = contract.world;
  for (const { name } of model.resources) {
    for (const { id } of await rows<{ id: string }>(name)) resourceOf.set(id, name);
  }
}

/** The answer and what PostgreSQL was asked for it, with `id` made unrecognisable. */
async function observe(request: Request, id: string): Promise<{ readonly status: number; readonly text: string }> {
  queries.mockClear();
  const { status, headers, body } = await contract.send(request);
  const database = new URL(contract.world.url).pathname.slice(1);
  const statements = queries.mock.calls.flatMap(([sent]: readonly unknown[], index) => {
    const { database: of, connectionParameters } = queries.mock.contexts[index] as Client;
    const text = typeof sent === 'string' ? sent : (sent as { readonly text: string }).text;
    const isOurs = of === database && connectionParameters.application_name !== 'doorstep administration';
    return isOurs && !text.startsWith('SET timezone') ? [text] : [];
  });
  return { status, text: mask({ status, headers, body }, statements, id) };
}

interface Client {
  readonly database?: string;
  readonly connectionParameters: { readonly application_name?: string };
}

function mask({ status, headers, body }: Omit<Answer, 'mediaType'>, statements: readonly string[], id: string): string {
  const { 'x-request-id': requestId = '', date: _, 'content-length': __, ...others } = headers;
  const text = JSON.stringify({ status, others, body, statements }, null, 1);
  return text.replaceAll(requestId, 'REQUEST').replaceAll(id, 'ID').replaceAll(id.toUpperCase(), 'ID');
}

describe('a foreign row is answered like none', { timeout: patience * 3 }, () => {
  let places = 0;
  afterAll(() => expect(places).toBeGreaterThan(150));

  test.each(namesOf(({ method, path, body }) => path.includes('{') || (method !== 'GET' && body !== null)))(
    '%s',
    async (name) => {
      const { find, makeRequest } = contract;
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (g) => {
          const request = await makeRequest(find(name), g);
          await learnIds();
          for (const place of placesOf(request)) {
            const resource = resourceOf.get(place.id);
            if (resource === undefined || resource === 'customer') continue;
            for (const [owner, foreign] of owners) {
              if (!isForeign(owner, resource)) continue;
              places += 1;
              const [theirs, nobodys] = [foreign.get(resource)!, makeId()];
              const absent = await observe(place.with(nobodys), nobodys);
              const seen = await observe(place.with(theirs), theirs);
              const what = `${owner}'s ${resource} in ${printRequest(place.with(theirs))}`;
              // What a place that is passed over holds makes no difference, but the second request finds the first's row.
              if (absent.status < 400) expect(seen.status, what).toBe(absent.status);
              else expect(seen.text, what).toBe(absent.text);
            }
          }
        }),
        { numRuns: 1, endOnFailure: true },
      );
    },
  );
});

/**
 * The one thing that a stranger of the same customer can learn: that an id is taken, because a customer's rows share one
 * space of ids (SECURITY.md). Of another customer's ids nobody learns even that.
 */
test('an id of another customer is free to choose, and one of another group is taken without a word about it', async () => {
  const { world } = contract;
  const make = (id: string) =>
    world.app.inject({
      ...{ method: 'POST', url: '/v2/notes', headers: world.as('alice') },
      payload: { id, data: { contactId: world.ids.contact, text: 'Mine' } },
    });
  const [ours, theirs] = [owners.get('chelsea')!.get('note')!, owners.get('dora')!.get('note')!];
  expect((await make(theirs)).statusCode).toBe(201);
  const taken = await make(ours);
  expect(taken.statusCode).toBe(409);
  expect(taken.json<{ detail: string }>().detail).toBe(
    `The id ${ours} belongs to something that was created from another body.`,
  );
});
