/**
 * Requests that the description calls valid, for any operation of it. A row that an operation changes or deletes is a
 * fresh one; where it has an address below others it is put there first, by the operation that the description has for
 * that.
 */
import fc from 'fast-check';
import { v7 as makeId } from 'uuid';
import { isJsonObject, type Json, type JsonObject } from '../../src/json.ts';
import type { Description, Operation, Parameter } from './description.ts';
import { placeOfLinks, type WorldFixtures } from './fixtures.ts';
import type { GenerateValue } from './generate-value.ts';
import { makeMakePatch } from './make-patch.ts';
import { before, bodies, leftOutForOneRow, leftOutOfQueries } from './unsayable.ts';
import type { Request, Send } from './request.ts';

export type MakeRequest = (operation: Operation, g: fc.GeneratorValue) => Promise<Request>;

export interface RequestParts {
  readonly description: Description;
  readonly fixtures: WorldFixtures;
  readonly generate: GenerateValue;
  readonly send: Send;
}

export function makeMakeRequest({ description, fixtures, generate, send }: RequestParts): MakeRequest {
  const { operations } = description;
  const makePatch = makeMakePatch(description, generate);
  const sibling = (operation: Operation, method: string): Operation | undefined =>
    operations.find((each) => each.path === operation.path && each.method === method);

  const bare = (operation: Operation, path: Request['path'] = {}): Request => {
    return { operation, path, query: [], headers: {}, mediaType: 'application/json', body: undefined };
  };

  const named = (name: string): Operation => operations.find(({ operationId }) => operationId === name)!;

  return makeRequest;

  async function makeRequest(operation: Operation, g: fc.GeneratorValue): Promise<Request> {
    const first = before[operation.operationId];
    if (first !== undefined) await send(await makeRequest(named(first), g));
    const [get, put] = [sibling(operation, 'GET'), sibling(operation, 'PUT')];
    const isPlaced = operation.path.includes('{') && get !== undefined && put !== undefined;
    // What comes and goes at an address is nothing that bodies refer to.
    const path = await choosePath(operation, isPlaced ? placeOfLinks : 0);
    if (isPlaced && operation !== put) await send(bare(put, path));
    const isOneRow = isPlaced || path['id'] !== undefined;
    const row = isOneRow && get !== undefined && operation !== put ? await send(bare(get, path)) : null;
    return {
      ...bare(operation, path),
      query: operation.parameters.flatMap((each) => (each.in === 'query' ? chooseQuery(isOneRow, each, g) : [])),
      headers: chooseHeaders(operation, row?.headers['etag'], g),
      mediaType: operation.body === null ? '' : g(fc.constantFrom, ...Object.keys(operation.body)),
      body: bodies[operation.operationId] ?? (await chooseBody(operation, row?.body, g)),
    };
  }

  async function choosePath({ parameters }: Operation, at: number): Promise<Record<string, string>> {
    const chosen: Record<string, string> = {};
    for (const { name, in: place, schema } of parameters) {
      if (place !== 'path') continue;
      const resource = schema['x-reference'] as string | undefined;
      // What is no row is nobody's.
      if (resource === undefined) chosen[name] = makeId();
      else chosen[name] = name === 'id' ? await fixtures.fresh(resource) : fixtures.reference(resource, at);
    }
    return chosen;
  }

  function chooseQuery(
    isOneRow: boolean,
    { name, schema, example, explode = true }: Parameter,
    g: fc.GeneratorValue,
  ): Request['query'] {
    if (isOneRow && leftOutForOneRow.includes(name)) return [];
    // A cursor is made by the server, and is tried by following its links.
    if (name === 'after' || leftOutOfQueries.includes(name) || !g(fc.boolean)) return [];
    // A filter has a grammar, which a schema does not say.
    const value = example !== undefined && schema['type'] === 'string' ? example : generate(schema, g);
    const items = [value].flat().map(String);
    return (explode ? items : [items.join(',')]).map((each) => [name, each] as const);
  }

  function chooseHeaders(
    { method, parameters }: Operation,
    etag: string | undefined,
    g: fc.GeneratorValue,
  ): Record<string, string> {
    const names = parameters.flatMap(({ in: place, name }) => (place === 'header' ? [name] : []));
    if (names.length === 0 || etag === undefined) return {};
    return method !== 'GET' || g(fc.boolean) ? { [g(fc.constantFrom, ...names)]: etag } : {};
  }

  async function chooseBody(
    operation: Operation,
    row: Json | undefined,
    g: fc.GeneratorValue,
  ): Promise<Json | undefined> {
    const media = operation.body?.['application/json'];
    if (media === undefined) return undefined;
    // Nobody joins an organization twice.
    if (JSON.stringify(description.follow(media.schema)).includes('"x-reference":"user"')) await fixtures.renew();
    if (operation.method === 'PATCH' && isJsonObject(row)) {
      const patch = makePatch(operation, row, g);
      return g(fc.boolean) ? patch : { data: patch };
    }
    return withRows(operation, generate(media.schema, g), g);
  }

  /** Items that name a row and its etag get those of the row as it is, and a patch that fits it. */
  async function withRows(operation: Operation, value: Json, g: fc.GeneratorValue): Promise<Json> {
    if (Array.isArray(value)) {
      const items: Json[] = [];
      for (const item of value as readonly Json[]) items.push(await withRows(operation, item, g));
      return items;
    }
    if (!isJsonObject(value)) return value;
    const { id, etag, data } = value;
    // Where the etag is missing the answer is 428, so that a schema cannot ask for it.
    if (typeof id === 'string' && (etag !== undefined || operation.responses['428'] !== undefined)) {
      const row = await readRow(operation, id);
      return { ...value, etag: row.etag, ...(data === undefined ? {} : { data: makePatch(operation, row.body, g) }) };
    }
    const members: [string, Json][] = [];
    for (const [name, inner] of Object.entries(value)) members.push([name, await withRows(operation, inner, g)]);
    return Object.fromEntries(members);
  }

  /** The row of that id among those that the operation belongs to. */
  async function readRow(
    { path }: Operation,
    id: string,
  ): Promise<{ readonly etag: string; readonly body: JsonObject }> {
    const get = operations.find((each) => each.method === 'GET' && each.path === path.replace(/[^/]*$/, '{id}'))!;
    const { headers, body } = await send(bare(get, { id }));
    return { etag: headers['etag']!, body: body as JsonObject };
  }
}
