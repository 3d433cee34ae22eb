import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '../../../src/problem.ts';
import { makeWorld, type World } from '../../world.ts';
import { type Ask, makeAsk, makeTwin } from './ask.ts';

let world: World;
let ask: Ask;

beforeAll(async () => {
  world = await makeWorld();
  ask = makeAsk(world);
});
afterAll(() => world.close());

test('a filter that cannot be read is pointed at: path, place in the operation, line with a caret', async () => {
  const { status, data, errors } = await ask('alice', '{\n  notes(where: "/data/text eq") { totalCount }\n}');
  expect({ status, data }).toEqual({ status: 200, data: null });
  expect(errors).toHaveLength(1);
  const [error] = errors!;
  expect(error).toMatchObject({ path: ['notes'], locations: [{ line: 2, column: 3 }] });
  expect(error!.extensions).toMatchObject({ code: 'INVALID_FILTER', status: 400, detail: error!.message });
  expect(error!.extensions.requestId).toBeTruthy();
  expect(error!.message).toContain('Line 1, column 14');
  expect(error!.message).toMatch(/\n\/data\/text eq\n {13}\^$/);
});

test('a fault in a list inside a list has the place of that list', async () => {
  const { errors } = await ask('alice', '{ contacts { nodes {\n notes(where: "/data/tex eq 1") { totalCount } } } }');
  expect(errors).toMatchObject([{ path: ['contacts'], locations: [{ line: 2, column: 2 }] }]);
  expect(errors![0]!.message).toContain('did you mean /data/text?');
});

test('what a typed filter cannot mean is refused, never passed over', async () => {
  const message = async (filter: string): Promise<string> => {
    const { errors } = await ask('alice', `{ notes(filter: ${filter}) { totalCount } }`);
    expect(errors?.[0]?.extensions.code).toBe('INVALID_FILTER');
    return errors![0]!.message;
  };
  expect(await message('{ contactId: null }')).toContain('filter.contactId: expected a condition, found null');
  expect(await message('{ or: [{ contact: { notes: { some: null } } }] }')).toContain('filter.or.0.contact.notes.some');
  expect(await message('{ contactId: { eq: "7" } }')).toContain('/data/contactId: expected a UUID');
  expect(await message('{ text: { gt: null } }')).toContain('needs something with an order');
  expect(await message('{ contact: { externalId: { in: null } } }')).toContain('/data/externalId');
  expect(await message('{ created: { between: ["2026-05-01T00:00:00Z"] } }')).toContain('between takes a pair');
});

test('an item of a sort has exactly one key', async () => {
  const refused = async (sort: string): Promise<string> => {
    const { errors } = await ask('alice', `{ notes(sort: ${sort}) { totalCount } }`);
    expect(errors?.[0]?.extensions.code).toBe('INVALID_SORT');
    return errors![0]!.message;
  };
  expect(await refused('[{ text: ASC }, { text: ASC, id: DESC }]')).toContain('Item 1 of sort: expected exactly one');
  expect(await refused('[{}]')).toContain('Item 0 of sort: expected exactly one attribute, found none');
  expect(await refused('[{ text: null }]')).toContain('ASC or DESC');
  expect(await refused('[{ by: { pointer: "/data/nothing" } }]')).toContain('There is no attribute /data/nothing');
});

test('a page is refused, not cut, and a cursor belongs to its list', async () => {
  const refused = async (given: string): Promise<string> => {
    const { errors } = await ask('alice', `{ notes(${given}) { nodes { id } } }`);
    expect(errors?.[0]?.extensions.code).toBe('INVALID_PAGE');
    return errors![0]!.message;
  };
  expect(await refused('limit: 1001')).toContain('expected 0 to 1000, found 1001');
  expect(await refused('skip: -1')).toContain('expected 0 or more, found -1');
  expect(await refused('after: "nonsense"')).toContain('not one of ours');
});

test('one root that is refused leaves the answers of the others, where null is allowed', async () => {
  const query = 'query ($id: ID!) { bad: contact(id: "7") { id } good: contact(id: $id) { id } }';
  const { data, errors } = await ask('alice', query, { id: world.ids.contact });
  expect(data).toEqual({ bad: null, good: { id: world.ids.contact } });
  expect(errors).toMatchObject([{ path: ['bad'], extensions: { code: 'INVALID_INPUT', status: 400 } }]);
});

test('a request without a valid token is refused before Apollo sees it, introspection included', async () => {
  for (const authorization of [undefined, 'Bearer forged']) {
    const headers = authorization === undefined ? {} : { authorization };
    const payload = { query: '{ __schema { queryType { name } } }' };
    const response = await world.app.inject({ method: 'POST', url: '/graphql', headers, payload });
    expect(response.statusCode).toBe(401);
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  }
});

test("what GraphQL itself refuses keeps Apollo's code and gets our facts", async () => {
  const refused = async (query: string, variables = {}) => {
    const { status, errors } = await ask('alice', query, variables);
    const { code, requestId } = errors![0]!.extensions;
    expect(requestId).toBeTruthy();
    expect(errors![0]!.extensions.status).toBe(400);
    return { status, code };
  };
  expect(await refused('{ notes { ')).toEqual({ status: 400, code: 'GRAPHQL_PARSE_FAILED' });
  expect(await refused('{ notes { count } }')).toEqual({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
  const limited = 'query ($n: Int) { notes(limit: $n) { totalCount } }';
  expect(await refused(limited, { n: 'many' })).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
  expect(await refused('query A { __typename } query B { __typename }')).toMatchObject({
    code: 'OPERATION_RESOLUTION_FAILURE',
  });
  const omitted = 'query ($yes: Boolean = true) { notes { totalCount @include(if: $yes) } }';
  expect(await refused(omitted, { yes: null })).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('an operation that is too long, too wide or too deep is refused before it is compiled', async () => {
  const refused = async (query: string): Promise<string> => {
    const { status, errors } = await ask('alice', query);
    expect(status).toBe(400);
    return errors![0]!.message;
  };
  const many = (count: number, field: string) => Array.from({ length: count }, (_, i) => `f${i}: ${field}`).join(' ');
  expect(await refused(`{ ${many(51, 'notes { totalCount }')} }`)).toContain('50 root fields, this one has 51');
  expect(await refused(`{ notes { nodes { ${many(500, 'id')} } } }`)).toContain('too many selections');
  const circle = (depth: number): string =>
    depth === 0 ? '{ id }' : `{ contact { notes { nodes ${circle(depth - 1)} } } }`;
  expect(await refused(`{ notes { nodes ${circle(5)} } }`)).toContain('16 fields deep');
  expect(await refused(`{ notes(where: "${'a '.repeat(10)}") { ${'totalCount '.repeat(10_001)} } }`)).toContain(
    '10000 tokens',
  );
  const doubling = Array.from({ length: 30 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`);
  expect(await refused(`{ ...f0 } ${doubling.join(' ')} fragment f30 on Query { __typename }`)).toContain(
    'too many selections',
  );
});

test('an operation at the limits is answered', async () => {
  const aliases = Array.from({ length: 100 }, (_, index) => `f${index}: externalId`).join(' ');
  const { errors, data } = await ask('alice', `{ contacts { nodes { data { ${aliases} ${'notes '.repeat(390)} } } } }`);
  expect(errors).toBeUndefined();
  const { contacts } = data as { contacts: { nodes: { data: object }[] } };
  expect(Object.keys(contacts.nodes[0]!.data)).toHaveLength(101);
});

test('GET answers queries, and refuses mutations and simple requests of other sites', async () => {
  const get = (query: string, headers = {}) => {
    const url = `/graphql?query=${encodeURIComponent(query)}`;
    return world.app.inject({ method: 'GET', url, headers: { ...world.as('alice'), ...headers } });
  };
  const preflighted = { 'apollo-require-preflight': '1' };
  expect((await get('{ notes { totalCount } }', preflighted)).json()).toEqual({
    data: { notes: { totalCount: 0 } },
    extensions: { cost: 1000 },
  });
  expect((await get('{ notes { totalCount } }')).statusCode).toBe(400);
  const mutation = `mutation { deleteNote(id: "${world.ids.contact}", etag: "x") { id } }`;
  const refused = await get(mutation, preflighted);
  expect(refused.statusCode).toBe(405);
  expect(refused.headers['allow']).toBe('POST');
});

test('several operations in one body are refused', async () => {
  const payload = [{ query: '{ __typename }' }, { query: '{ __typename }' }];
  const response = await world.app.inject({ method: 'POST', url: '/graphql', headers: world.as('alice'), payload });
  expect(response.statusCode).toBe(400);
});

test('an answer has the media type that was asked for', async () => {
  const type = async (accept: string): Promise<unknown> => {
    const headers = { ...world.as('alice'), accept };
    const payload = { query: '{ notes { totalCount } }' };
    return (await world.app.inject({ method: 'POST', url: '/graphql', headers, payload })).headers['content-type'];
  };
  expect(await type('application/json')).toBe('application/json; charset=utf-8');
  expect(await type('application/graphql-response+json')).toBe('application/graphql-response+json; charset=utf-8');
});

test('a bug is masked, and a database that is away is not', async () => {
  for (const [error, code] of [
    [new Error('SELECT name FROM voters'), 'INTERNAL'],
    [new Problem('STATEMENT_TIMEOUT', 'The statement took too long.'), 'STATEMENT_TIMEOUT'],
  ] as const) {
    let statements = 0;
    const readRoots = (): Promise<Buffer> => {
      statements += 1;
      return Promise.reject(error);
    };
    const app = await makeTwin(world, { passThrough: true, reader: { ...world.reader, readRoots } });
    const { status, data, errors } = await makeAsk({ app, as: world.as })('alice', '{ notes { totalCount } }');
    expect({ status, data }).toEqual({ status: 200, data: null });
    expect(errors).toMatchObject([{ path: ['notes'], extensions: { code } }]);
    expect(JSON.stringify(errors)).not.toContain('voters');
    // What failed in the database is not tried there a second time.
    expect(statements).toBe(1);
    await app.close();
  }
});
