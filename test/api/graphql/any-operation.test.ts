/**
 * Random operations over the whole schema, answered the short way, by Apollo with one statement, and by graphql-js field
 * by field: the same JSON, keys in the same order, and the same errors. OPERATIONS=20000 asks for more than a run of
 * all tests has time for.
 */
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeGraphqlSchema } from '../../../src/graphql/schema/schema.ts';
import { freshBody, freshRow } from '../../conformance/fresh-body.ts';
import { makeWorld, type World } from '../../world.ts';
import { makeAsk, makeTwin } from './ask.ts';
import { anyOperation, type AnyOperation } from './operation-arbitrary.ts';
import { type Samples, takeSamples } from './sample-values.ts';

/** Each is asked with several sets of variables, one after the other. */
const times = 3;
const operations = Math.ceil(Number(process.env['OPERATIONS'] ?? 2_000) / times);
const patience = Math.max(120_000, operations * times * 100);

let world: World;
let samples: Samples;
let ways: readonly FastifyInstance[];

beforeAll(async () => {
  world = await makeWorld({ env: { STATEMENT_TIMEOUT_MS: '60000' } });
  await fill(world);
  ways = [
    await makeTwin(world, { passThrough: true, shortWay: true }),
    await makeTwin(world, { passThrough: true, shortWay: false }),
    await makeTwin(world, { passThrough: false, shortWay: false }),
  ];
  samples = await takeSamples(world, makeAsk(world));
});
afterAll(async () => {
  await Promise.all(ways.map((app) => app.close()));
  await world.close();
});

/** Rows of every resource, some with all their references, some deleted, some of others. */
async function fill({ model, ids, change, create }: World): Promise<void> {
  for (const { name, declaration } of model.resources) {
    if (declaration.scope === 'own') continue;
    await freshRow(world, name);
    const references = Object.entries(declaration.fields).flatMap(([attribute, field]) => {
      const to = field.storage === 'column' ? field.reference?.to : undefined;
      const id = to === undefined ? undefined : (ids as Readonly<Record<string, string>>)[to];
      return id === undefined ? [] : [[attribute, id] as const];
    });
    const data = { ...(await freshBody(world, name)), ...Object.fromEntries(references) };
    // Some of these are refused, because rules of their own say which references go together.
    for (const person of ['alice', 'chelsea', 'erin'] as const) {
      await change(person, name, { kind: 'create', id: null, securityGroupId: null, data, params: {} });
    }
    if (declaration.readOnly === true) continue;
    const { id, etag } = await freshRow(world, name);
    await change('alice', name, { kind: 'remove', id, etags: [etag] });
  }
  for (const text of ['one', 'two "quoted"', 'drei\n\\ \u2028 ü 🚪']) await create('alice', 'note', { text });
}

async function answer(app: FastifyInstance, operation: AnyOperation, variables: JsonObject): Promise<string> {
  const { person, query, operationName } = operation;
  const payload = { query, variables, ...(operationName === undefined ? {} : { operationName }) };
  const response = await app.inject({ method: 'POST', url: '/graphql', headers: world.as(person), payload });
  const body: unknown = JSON.parse(response.body, (key, value: unknown) => (key === 'requestId' ? undefined : value));
  return `${response.statusCode} ${JSON.stringify(body)}`;
}

test('whatever is asked, all ways answer alike', { timeout: patience + 20_000 }, async () => {
  const told = { answered: 0, refused: 0 };
  const words = new Set<string>();
  const schema = makeGraphqlSchema(world.model);
  const asked = anyOperation({ schema, samples, times });
  const property = fc.asyncProperty(asked, async (operation) => {
    for (const [word] of operation.query.matchAll(/\w+/g)) words.add(word);
    for (const variables of operation.variables) {
      const [one, ...others] = await Promise.all(ways.map((app) => answer(app, operation, variables)));
      for (const other of others) expect(one).toBe(other);
      expect(one).not.toMatch(/"code":"INTERNAL"/);
      told[one!.includes('"errors":') ? 'refused' : 'answered'] += 1;
    }
  });
  await fc.assert(property, { numRuns: operations, interruptAfterTimeLimit: patience, verbose: 0, endOnFailure: true });
  // Most of them find something, and every resource is asked for, or they would prove nothing.
  expect(told.answered).toBeGreaterThan(told.refused);
  const unasked = Object.values(schema.getQueryType()!.getFields())
    .filter(({ name, extensions }) => extensions.means?.kind !== 'answer' && !words.has(name))
    .map(({ name }) => name);
  if (operations >= 500) expect(unasked).toEqual([]);
});
