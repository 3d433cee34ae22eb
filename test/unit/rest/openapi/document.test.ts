import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/json.ts';
import { text } from '../../../../src/fields/text.ts';
import { makeModel } from '../../../../src/model.ts';
import { defineResource } from '../../../../src/resource.ts';
import { declarations } from '../../../../src/resources/index.ts';
import { makeActions } from '../../../../src/rest/actions/add-actions.ts';
import { makeOpenapi } from '../../../../src/rest/openapi/document.ts';
import { makeRoutes } from '../../../../src/rest/route-table.ts';
import { readDescription, type Schema } from '../../../contract/description.ts';

const model = makeModel(declarations);
const document = makeOpenapi(model, { version: '1.2.3' });
const { operations, faultsOf, follow } = readDescription(document);

/** Every schema that carries examples, wherever it stands. */
function* schemasWithExamples(place: Json): Generator<readonly [JsonObject, readonly Json[]]> {
  if (typeof place !== 'object' || place === null) return;
  const { examples } = place as JsonObject;
  if (Array.isArray(examples)) yield [place as JsonObject, examples as readonly Json[]];
  for (const inner of Object.values(place)) yield* schemasWithExamples(inner);
}

it('a public validator takes it for OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  expect({ valid, errors, version: validator.version }).toEqual({ valid: true, errors: undefined, version: '3.1' });
});

it('every route of the table is described, each under a name of its own', () => {
  const described = operations.map(({ method, path }) => `${method} ${path}`);
  const routes = [...makeRoutes(model), ...makeActions(model)].map(
    ({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`,
  );
  expect(described.toSorted()).toEqual(routes.toSorted());
  const names = operations.map(({ operationId }) => operationId);
  expect(names).toEqual([...new Set(names)]);
});

it('every example of a body or an answer satisfies its schema', () => {
  const examples = operations.flatMap(({ body, responses }) =>
    [body ?? {}, ...Object.values(responses).map(({ content = {} }) => content)]
      .flatMap((content) => Object.values(content))
      .flatMap(({ schema, example, examples = {} }) =>
        [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)].map(
          (value) => [schema, value] as const,
        ),
      ),
  );
  expect(examples.length).toBeGreaterThan(operations.length);
  for (const [schema, value] of examples) expect(faultsOf(schema, value), JSON.stringify(value)).toEqual([]);
});

it('every row has an example that satisfies its schema', () => {
  const found = [...schemasWithExamples((document['components'] as JsonObject)['schemas']!)];
  expect(found.length).toBeGreaterThanOrEqual(declarations.length);
  for (const [schema, values] of found) for (const value of values) expect(faultsOf(schema, value)).toEqual([]);
});

it('objects are closed: what nobody declared satisfies no schema', () => {
  const creates = operations.filter(({ body }) => body?.['application/json']?.examples?.['flat'] !== undefined);
  expect(creates.length).toBeGreaterThan(10);
  for (const { operationId, body } of creates) {
    const { schema, examples } = body!['application/json']!;
    const { wrapped, flat } = examples!;
    const data = { ...((wrapped!.value as JsonObject)['data'] as JsonObject), nickname: 'Bo' };
    const broken: readonly Json[] = [{ data }, { ...(flat!.value as JsonObject), nickname: 'Bo' }];
    for (const value of broken) expect(faultsOf(schema, value), operationId).not.toEqual([]);
  }
});

it('a reference says whose id it is', () => {
  const { properties } = follow<Schema>({ $ref: '#/components/schemas/NoteInput' }) as JsonObject;
  expect((properties as JsonObject)['contactId']).toMatchObject({ 'x-reference': 'contact', format: 'uuid' });
});

it('a resource that somebody declares is described by that alone', async () => {
  const lamp = defineResource({
    name: 'lamp',
    plural: 'lamps',
    route: '/v3/lamps',
    scope: 'group',
    description: 'A lamp.',
    required: ['colour'],
    fields: { colour: text('Its colour.', { maxLength: 16 }) },
    example: { colour: 'red' },
  });
  const lit = makeOpenapi(makeModel([...declarations, lamp]), { version: '' });
  const names = readDescription(lit).operations.flatMap(({ operationId, path }) =>
    path.startsWith('/v3/lamps') ? [operationId] : [],
  );
  expect(names).toEqual([
    'listLamps',
    'createLamp',
    'getLamp',
    'patchLamp',
    'deleteLamp',
    'listLampHistory',
    'exportLamps',
  ]);
  expect((await new Validator().validate(structuredClone(lit))).valid).toBe(true);
});
