/** Somebody else's issuer: its tokens open what its people may see here, and nothing that it cannot vouch for. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { briefly, type Call, makeCall } from '../rest/call.ts';
import { makeTestApp, makeWorld, type World } from '../../world.ts';

interface Key {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

const makeKey = async (id: string): Promise<Key> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  return { id, privateKey, jwk: { ...(await exportJWK(publicKey)), kid: id, alg: 'RS256', use: 'sig' } };
};

let server: Server;
let issuer: string;
let published: JWK[];
let fetched = 0;
let key: Key;
let world: World;
let call: Call;
beforeAll(async () => {
  key = await makeKey('one');
  published = [key.jwk];
  server = createServer((request, response) => {
    const document = { issuer, jwks_uri: `${issuer}/keys` };
    const isKeys = request.url === '/keys';
    if (isKeys) fetched += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(isKeys ? { keys: published } : document));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world = await makeWorld({ env: { OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'https://data.example' } });
  call = makeCall(world);
});
afterAll(async () => {
  await world.close();
  server.close();
});

const bob = { sub: 'auth0|bob', email: 'bob@doorstep.example', email_verified: true, azp: 'their-app' };
const sign = (claims: object, { with: by = key, kid = by.id }: { with?: Key; kid?: string } = {}): Promise<string> =>
  new SignJWT({ iss: issuer, aud: 'https://data.example', ...claims })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(by.privateKey);
const ask = async (token: string) =>
  call(null, 'GET /v2/contacts?limit=1', { headers: { authorization: `Bearer ${token}` } });
const askAs = async (claims: object): Promise<string> => {
  const answer = await ask(await sign(claims));
  return answer.status === 200 ? '200' : `${briefly(answer)} ${answer.problem.detail}`;
};

test('a verified e-mail, or the id of a user with its customer, says who it is', async () => {
  expect(await askAs(bob)).toBe('200');
  expect(await askAs({ ...bob, email: 'BOB@doorstep.example' })).toBe('200');
  const { userId } = world.people.bob;
  expect(await askAs({ sub: userId, customerId: world.ids.customer })).toBe('200');
  const answer = await call(null, 'POST /v2/notes', {
    headers: { authorization: `Bearer ${await sign(bob)}` },
    body: { contactId: world.ids.contact, text: 'Ring twice.' },
  });
  const [entry] = await world.database.query<{ client: string; changed_by: string }>({
    text: 'SELECT client, changed_by FROM change_log WHERE row_id = $1',
    values: [answer.row.id],
  });
  expect(entry).toEqual({ client: 'their-app', changed_by: userId });
});

test('keys are fetched once, and again when a token names a new one', async () => {
  await Promise.all([ask(await sign(bob)), ask(await sign({ ...bob, nonce: 1 }))]);
  expect(fetched).toBe(1);
  const next = await makeKey('two');
  published = [next.jwk];
  // As after the half minute that the library waits before it asks again.
  const other = await makeTestApp(world.url, { env: { OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'https://data.example' } });
  try {
    const token = await sign(bob, { with: next });
    expect((await other.tokens.verify(token)).userId).toBe(world.people.bob.userId);
    await expect(other.tokens.verify(await sign(bob))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  } finally {
    await other.close();
  }
});

test('whom the issuer cannot vouch for is refused', async () => {
  expect(await askAs({ ...bob, email_verified: false })).toContain('has not verified its e-mail');
  expect(await askAs({ ...bob, email_verified: 'true' })).toContain('has not verified its e-mail');
  expect(await askAs({ sub: world.people.bob.userId })).toContain('no claim "email"');
  expect(await askAs({ sub: world.people.bob.userId, customerId: world.ids.otherCustomer })).toContain(
    'no claim "email"',
  );
  expect(await askAs({ ...bob, email: 'nobody@doorstep.example' })).toContain('nobody who may sign in here');
  expect(await askAs({ ...bob, customerId: world.ids.otherCustomer })).toContain('nobody who may sign in here');
  expect(await askAs({ ...bob, organizationId: world.ids.elsewhere })).toContain('nobody who may sign in here');
  expect(await askAs({ ...bob, email: { $ne: '' } })).toContain('no claim "email"');
});

test('an e-mail that several customers know needs a claim that chooses', async () => {
  const theirs = await world.create('dora', 'user', { email: bob.email, status: 'active' });
  const [role] = await world.database.query<{ id: string }>({
    text: 'SELECT id FROM roles WHERE customer_id = $1 LIMIT 1',
    values: [world.ids.otherCustomer],
  });
  const organizationId = world.ids.otherOrganization;
  await world.create('dora', 'membership', { userId: theirs.id, organizationId, roleId: role!.id, status: 'active' });
  expect(await askAs({ ...bob, again: 1 })).toContain('no claim "customerId"');
  expect(await askAs({ ...bob, customerId: world.ids.customer })).toBe('200');
});

test('forged, stale and foreign tokens are refused', async () => {
  const forger = await makeKey('one');
  const past = Math.floor(Date.now() / 1000) - 60;
  const unsigned = new UnsecuredJWT({ iss: issuer, aud: 'https://data.example', ...bob })
    .setExpirationTime('5m')
    .encode();
  const stale = await new SignJWT({ iss: issuer, aud: 'https://data.example', ...bob, exp: past })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .sign(key.privateKey);
  const asSecret = await new SignJWT({ iss: issuer, aud: 'https://data.example', ...bob })
    .setProtectedHeader({ alg: 'HS256', kid: 'one' })
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(JSON.stringify(key.jwk)));
  const tokens = [
    await sign(bob, { with: forger }),
    await sign({ ...bob, aud: 'https://other.example' }),
    await sign({ ...bob, iss: 'doorstep', aud: 'doorstep' }),
    await sign({ ...bob, iss: `${issuer}/` }),
    ...[unsigned, stale, asSecret],
  ];
  for (const token of tokens) expect(briefly(await ask(token))).toBe('401 UNAUTHENTICATED');
});

test('an issuer that cannot be reached is told, and asked again', async () => {
  const env = { OIDC_ISSUER: 'http://127.0.0.1:9' };
  const other = await makeTestApp(world.url, { env });
  try {
    const token = await sign({ ...bob, iss: env.OIDC_ISSUER, aud: 'doorstep' });
    await expect(other.tokens.verify(token)).rejects.toMatchObject({ code: 'ISSUER_UNAVAILABLE', status: 503 });
  } finally {
    await other.close();
  }
});
