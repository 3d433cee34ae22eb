/** Integrations are rows like others; what they sign in with goes in and never comes out. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeCredentials } from '../../../src/accounts/credentials.ts';
import { systemClock } from '../../../src/clock.ts';
import { makeLog } from '../../../src/log.ts';
import { makePrisma } from '../../../src/store/administration.ts';
import type { PrismaClient } from '../../../src/store/prisma/client.ts';
import { makeWorld, type PersonName, type Row, type World } from '../../world.ts';
import { makeAsk } from '../graphql/ask.ts';
import { briefly, type Call, makeCall } from './call.ts';

let world: World;
let call: Call;
let prisma: PrismaClient;
let clientId: string;
let integration: Row;
beforeAll(async () => {
  world = await makeWorld();
  call = makeCall(world);
  prisma = makePrisma({ url: world.url, poolSize: 1, log: makeLog({ logLevel: 'fatal', logFormat: 'json' }) });
});
afterAll(async () => {
  await prisma.$disconnect();
  await world.close();
});
beforeEach(async () => {
  clientId = makeId();
  integration = await world.create('alice', 'integration', { clientId });
});

const accessToken = 'sesame-open-0815';
type Method = 'POST' | 'DELETE';
const credentials = (person: PersonName | null, method: Method, data: object) =>
  call(person, `${method} /v1/integrations/credentials`, { body: { data } });
const set = (person: PersonName | null, more: object = {}) =>
  credentials(person, 'POST', { clientId, customerId: world.ids.customer, accessToken, ...more });
const keptBy = (secret: string) => makeCredentials({ prisma, clock: systemClock, secret });
const secretOfTests = 'a secret that only tests have and that is long enough';
const owner = () => ({ customerId: world.ids.customer, integrationId: integration.id });

test('an integration is active unless told, knows its providers, and pushes successful visits only', async () => {
  const { row, status } = await call('alice', 'POST /v1/integrations', { body: { data: { provider: 'crowdskout' } } });
  expect([status, row.data]).toEqual([201, { status: 'active', provider: 'crowdskout', pushAllInteractions: false }]);
  const unknown = await call('alice', 'POST /v1/integrations', { body: { data: { provider: 'pigeon' } } });
  expect(unknown.problem.errors).toMatchObject([{ pointer: '/data/provider' }]);
});

test('two integrations of a customer do not share a clientId; another customer’s may have the same', async () => {
  const again = (person: PersonName) => call(person, 'POST /v1/integrations', { body: { data: { clientId } } });
  expect([briefly(await again('bob')), briefly(await again('dora'))]).toEqual(['409 DUPLICATE', '201']);
});

test('credentials go in with 201 and are shown by nothing that answers', async () => {
  const answer = await set('alice');
  expect([answer.status, answer.text]).toEqual([201, '{"data":{},"meta":{}}']);
  const texts = [
    await call('alice', `GET /v1/integrations/${integration.id}`),
    await call('alice', 'GET /v1/integrations?deleted=include'),
    await call('alice', 'GET /v1/integrations/credentials'),
    await makeAsk(world)('alice', '{ integrations { nodes { id data { clientId slug accountName } } } }'),
  ].map(({ text }) => text);
  expect(texts.join()).not.toContain(accessToken);
  expect(await keptBy(secretOfTests).open(owner())).toBe(accessToken);
});

test('what the database holds of them is sealed, and belongs to one row', async () => {
  await set('alice');
  const dump = async (): Promise<string> => {
    const tables = ['integration_credentials', 'integrations', 'change_log'];
    const texts = tables.map((table) =>
      world.database.query<{ t: string }>({ text: `SELECT r::text AS t FROM ${table} r`, values: [] }),
    );
    return (await Promise.all(texts))
      .flat()
      .map(({ t }) => t)
      .join('\n');
  };
  const held = await dump();
  expect(held).not.toContain(accessToken);
  expect(held).not.toContain(Buffer.from(accessToken).toString('hex'));
  await expect(keptBy(`${secretOfTests}!`).open(owner())).rejects.toThrow();
  const other = await world.create('alice', 'integration', { clientId: makeId() });
  await world.database.query({
    text: 'UPDATE integration_credentials SET integration_id = $1 WHERE integration_id = $2',
    values: [other.id, integration.id],
  });
  await expect(keptBy(secretOfTests).open({ ...owner(), integrationId: other.id })).rejects.toThrow();
});

test('setting them again replaces them, and deleting forgets them', async () => {
  await set('alice');
  expect((await set('bob', { accessToken: 'another' })).status).toBe(201);
  expect(await keptBy(secretOfTests).open(owner())).toBe('another');
  const remove = () => credentials('alice', 'DELETE', { clientId, customerId: world.ids.customer });
  expect([briefly(await remove()), briefly(await remove())]).toEqual(['200', '404 NOT_FOUND']);
  expect(await keptBy(secretOfTests).open(owner())).toBeNull();
});

test('nobody sets or deletes those of an integration that they may not change', async () => {
  await set('alice');
  const cases = [
    ['frank', {}, '403 FORBIDDEN'],
    ['chelsea', {}, '404 NOT_FOUND'],
    ['erin', {}, '404 NOT_FOUND'],
    ['dora', {}, '403 FORBIDDEN'],
    ['dora', { customerId: null }, '404 NOT_FOUND'],
    ['alice', { clientId: 'nobody' }, '404 NOT_FOUND'],
    ['alice', { customerId: world.ids.otherCustomer }, '403 FORBIDDEN'],
    ['alice', { clientId: '' }, '400 INVALID_INPUT'],
    ['alice', { accessToken: '' }, '400 INVALID_INPUT'],
    ['alice', { accessToken: 5 }, '400 INVALID_INPUT'],
    ['alice', { refreshToken: 'x' }, '400 INVALID_INPUT'],
    [null, {}, '401 UNAUTHENTICATED'],
  ] as const;
  for (const [person, more, expected] of cases) {
    expect([person, more, briefly(await set(person, more))]).toEqual([person, more, expected]);
  }
  for (const [person, expected] of [
    ['frank', '403 FORBIDDEN'],
    ['chelsea', '404 NOT_FOUND'],
  ] as const) {
    expect(briefly(await credentials(person, 'DELETE', { clientId }))).toBe(expected);
  }
  expect(briefly(await call('alice', 'DELETE /v1/integrations/credentials'))).toBe('400 INVALID_INPUT');
  expect(await keptBy(secretOfTests).open(owner())).toBe(accessToken);
});

test('a refused token is not repeated in the refusal', async () => {
  const { text } = await set('alice', { accessToken: [accessToken] });
  expect(text).not.toContain(accessToken);
});
