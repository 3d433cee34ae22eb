/** Both transports behind one face: what a person gets when trying a verb on a row. */
import type { LightMyRequestResponse } from 'fastify';
import { choiceName } from '../../src/fields/choice.ts';
import type { Field, LeafField } from '../../src/fields/field.ts';
import { isJsonObject, type Json, type JsonObject } from '../../src/json.ts';
import type { Resource } from '../../src/model.ts';
import type { PersonName, World } from '../world.ts';

/** `ok`, or the code of the problem. A list says whether the row is in it. */
export type Answer = string;

export interface Target {
  readonly id: string;
  readonly etag: string;
}

export interface Client {
  readonly name: 'GraphQL' | 'REST';
  /** Whether the transport reaches the resource at all. */
  reaches(resource: Resource): boolean;
  get(person: PersonName, resource: Resource, row: Target): Promise<Answer>;
  list(person: PersonName, resource: Resource, row: Target): Promise<Answer>;
  create(person: PersonName, resource: Resource, body: JsonObject): Promise<Answer>;
  patch(person: PersonName, resource: Resource, row: Target, operation: JsonObject): Promise<Answer>;
  remove(person: PersonName, resource: Resource, row: Target): Promise<Answer>;
}

export function makeClients(world: World): readonly Client[] {
  return [makeGraphqlClient(world), makeRestClient(world)];
}

function makeRestClient(world: World): Client {
  const send = async (
    person: PersonName,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    etag?: string,
    payload?: Json,
  ) => {
    const headers = { ...world.as(person), ...(etag === undefined ? {} : { etag }) };
    return world.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload: payload as object }) });
  };
  const answer = (response: LightMyRequestResponse): Answer =>
    response.statusCode < 300 ? 'ok' : response.json<{ code: string }>().code;
  const one = ({ declaration }: Resource, { id }: Target): string => `${declaration.route}/${id}`;
  return {
    name: 'REST',
    reaches: ({ declaration }) => declaration.route !== null,
    get: async (person, resource, row) => answer(await send(person, 'GET', one(resource, row))),
    async list(person, { declaration }, { id }) {
      const filter = encodeURIComponent(`/id eq "${id}"`);
      const response = await send(person, 'GET', `${declaration.route}?filter=${filter}`);
      const { data } = response.json<{ data: readonly unknown[] }>();
      return data.length === 1 ? 'ok' : 'NOT_FOUND';
    },
    create: async (person, { declaration }, body) =>
      answer(await send(person, 'POST', declaration.route!, undefined, { data: body })),
    patch: async (person, resource, row, operation) =>
      answer(await send(person, 'PATCH', one(resource, row), row.etag, { data: [operation] })),
    remove: async (person, resource, row) => answer(await send(person, 'DELETE', one(resource, row), row.etag)),
  };
}

interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

function makeGraphqlClient(world: World): Client {
  const send = async (person: PersonName, query: string, variables: object): Promise<GraphqlAnswer> => {
    const payload = { query, variables };
    return (await world.app.inject({ method: 'POST', url: '/graphql', headers: world.as(person), payload })).json();
  };
  const answer = ({ errors, data }: GraphqlAnswer): Answer => {
    if (errors !== undefined) return errors[0]!.extensions.code;
    return Object.values(data ?? {})[0] === null ? 'NOT_FOUND' : 'ok';
  };
  return {
    name: 'GraphQL',
    reaches: () => true,
    get: async (person, { name }, { id }) =>
      answer(await send(person, `query ($id: ID!) { ${name}(id: $id) { id meta { etag } } }`, { id })),
    async list(person, { plural }, { id }) {
      const query = `query ($where: String) { list: ${plural}(where: $where) { nodes { id } totalCount } }`;
      const { data, errors } = await send(person, query, { where: `/id eq "${id}"` });
      if (errors !== undefined) return errors[0]!.extensions.code;
      const { nodes, totalCount } = data!['list'] as { nodes: readonly unknown[]; totalCount: number };
      // A count that disagrees with the rows would tell that something is hidden.
      return nodes.length === totalCount ? (totalCount === 1 ? 'ok' : 'NOT_FOUND') : 'LEAK';
    },
    create: async (person, resource, body) => {
      const { typeName } = resource;
      const query = `mutation ($input: ${typeName}Input!) { create${typeName}(input: $input) { id } }`;
      return answer(await send(person, query, { input: toGraphql(resource, body) }));
    },
    patch: async (person, { typeName }, { id, etag }, operation) => {
      const query = `mutation ($id: ID!, $etag: String!, $patch: [JsonPatchOperation!]!) {
        patch${typeName}(id: $id, etag: $etag, patch: $patch) { id } }`;
      return answer(await send(person, query, { id, etag, patch: [operation] }));
    },
    remove: async (person, { typeName }, { id, etag }) => {
      const query = `mutation ($id: ID!, $etag: String!) { delete${typeName}(id: $id, etag: $etag) { id } }`;
      return answer(await send(person, query, { id, etag }));
    },
  };
}

/** The body as GraphQL wants it: choices by their names, and nothing that the server sets. */
export function toGraphql({ declaration }: Resource, body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      const field = declaration.fields[name];
      return field === undefined || value === null ? [] : [[name, spell(field, value)]];
    }),
  );
}

function spell(field: Field, value: Json): Json {
  if (field.storage === 'column') return spellLeaf(field, value);
  const members = (item: Json): Json =>
    isJsonObject(item)
      ? Object.fromEntries(Object.entries(item).map(([name, inner]) => [name, spellLeaf(field.members[name]!, inner)]))
      : item;
  return Array.isArray(value) ? value.map(members) : members(value);
}

function spellLeaf(field: LeafField, value: Json): Json {
  return field.kind === 'choice' && typeof value === 'string' ? choiceName(value) : value;
}
