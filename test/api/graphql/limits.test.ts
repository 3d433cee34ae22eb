/** What is too large is refused before anybody reads a row for it: nothing here may reach the reader. */
import type { FastifyInstance } from 'fastify';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Reader } from '../../../src/read/reader.ts';
import { makeWorld, type World } from '../../world.ts';
import { type Ask, makeAsk, makeTwin } from './ask.ts';

let world: World;
let app: FastifyInstance;
let ask: Ask;
let reads = 0;

/** The reader, and a count of what is asked of it. */
function counted(reader: Reader): Reader {
  return new Proxy(reader, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member === 'function') reads += 1;
      return member;
    },
  });
}

beforeAll(async () => {
  world = await makeWorld();
  app = await makeTwin(world, { passThrough: true, reader: counted(world.reader) });
  ask = makeAsk({ app, as: world.as });
});
beforeEach(() => void (reads = 0));
afterAll(async () => {
  await app?.close();
  await world.close();
});

const repeat = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const inside = (selections: string): string => `{ contacts { nodes { data { ${selections} } } } }`;

test.each([
  ['aliases', inside(repeat(101, (i) => `f${i}: notes`)), 'may have 100 aliases, this one has 101'],
  ['directives', inside(repeat(101, () => 'notes @include(if: true)')), 'may have 100 directives, this one has 101'],
  ['ten thousand aliases', inside(repeat(10_000, (i) => `f${i}: notes`)), 'more that 10000 tokens'],
  ['one directive at one place', inside('notes @skip(if: true) @skip(if: false)'), 'can only be used once'],
  [
    'fragments in a circle',
    '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
    'Cannot spread fragment "a" within itself via "b"',
  ],
  [
    'root fields',
    `{ ${repeat(51, (i) => `n${i}: notes { totalCount }`)} }`,
    'may have 50 root fields, this one has 51',
  ],
])('too many %s are a 400 before any row is read', async (_, query, message) => {
  const { status, errors } = await ask('alice', query);
  expect(status).toBe(400);
  expect(errors![0]!.extensions.status).toBe(400);
  expect(errors![0]!.message).toContain(message);
  expect(reads).toBe(0);
});

test('the row that tells of another page costs what is read below it', async () => {
  const below = 'nodes { contacts(limit: 1000) { nodes { notes(limit: 1000) { nodes { id } } } } }';
  expect((await ask('alice', `{ households(limit: 0) { ${below} } }`)).errors).toBeUndefined();
  const reading = reads;
  const { errors } = await ask('alice', `{ households(limit: 0) { ${below} pageInfo { hasNextPage } } }`);
  expect(errors![0]!.extensions).toMatchObject({ code: 'TOO_COSTLY', status: 400 });
  expect(reads).toBe(reading);
});

test.each(['limit: 1001', 'limit: -1', 'skip: -1'])(
  'a page with %s is refused before any row is read',
  async (page) => {
    const { data, errors } = await ask('alice', `{ notes(${page}) { nodes { id } } }`);
    expect(data).toBeNull();
    expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_PAGE', status: 400 });
    expect(reads).toBe(0);
  },
);

test('the introspection of every tool passes the limits', async () => {
  const everything = {
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
  };
  for (const query of [getIntrospectionQuery(), getIntrospectionQuery(everything)]) {
    const { status, errors, data } = await ask('alice', query);
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(data).toHaveProperty('__schema');
  }
});

test('what is within the limits is read', async () => {
  const { errors } = await ask('alice', inside(repeat(100, (i) => `f${i}: notes @include(if: true)`)));
  expect(errors).toBeUndefined();
  expect(reads).toBeGreaterThan(0);
});
