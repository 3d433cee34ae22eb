/** What forgers try with the tokens of our own authorization server. */
import { createHmac, createPublicKey } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeTokens, type Tokens } from '../../../src/access/tokens.ts';
import { makeOwnIssuer } from '../../../src/sign-in/own-issuer.ts';

const issuer = 'https://data.example/oauth';
const secret = 'a secret of the tests, long enough for HS256';
const now = Date.parse('2026-05-01T12:00:00Z');
const clock = { now: () => new Date(now) };
const ids = {
  sub: '0190a0a0-0000-7000-8000-000000000001',
  customerId: '0190a0a0-0000-7000-8000-000000000002',
  organizationId: '0190a0a0-0000-7000-8000-000000000003',
  grantId: '0190a0a0-0000-7000-8000-000000000004',
};
const payload = { ...ids, iss: issuer, aud: 'doorstep', client_id: 'field-app', exp: now / 1000 + 60, nbf: now / 1000 };
const header = { alg: 'ES256', typ: 'at+jwt', kid: 'first' };

let tokens: Tokens;
let [first, second]: JWK[] = [];
beforeAll(async () => {
  const makeKey = async () => exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey);
  [first, second] = [await makeKey(), await makeKey()];
  const known = new Map([
    ['first', publicOf(first)],
    ['second', publicOf(second)],
  ]);
  const keys = { findPublic: async (id: string) => known.get(id) ?? null };
  tokens = makeTokens({ secret, clock, issuers: [makeOwnIssuer({ issuer, keys, clock })] });
});

const publicOf = ({ d: _, ...jwk }: JWK): JWK => jwk;
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const sign = async (changes: object = {}, headers: object = {}, key: JWK = first!): Promise<string> =>
  new SignJWT({ ...payload, ...changes })
    .setProtectedHeader({ ...header, ...headers })
    .sign(await importJWK(key, 'ES256'));

/** As somebody who takes the public key for a secret. */
const hmac = (changes: object, key: string | Buffer, headers: object = {}): string => {
  const signed = `${encode({ ...header, alg: 'HS256', ...headers })}.${encode({ ...payload, ...changes })}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
};

const refusal = async (token: string): Promise<string> =>
  tokens.verify(token).then(
    () => 'accepted',
    (error: Error & { code?: string }) => `${error.code} ${error.message}`,
  );

describe('an access token', () => {
  it('says who asks, through what, and what it stands on', async () => {
    expect(await tokens.verify(await sign())).toEqual({
      ...{ userId: ids.sub, customerId: ids.customerId, organizationId: ids.organizationId, client: 'field-app' },
      grant: { clientId: 'field-app', id: ids.grantId },
    });
    const { grantId: _, ...own } = payload;
    const robot = await new SignJWT(own).setProtectedHeader(header).sign(await importJWK(first!, 'ES256'));
    expect(await tokens.verify(robot)).toMatchObject({ grant: { clientId: 'field-app', id: null } });
    expect(tokens.find(robot)).toMatchObject({ grant: { id: null } });
  });

  it('is still verified by the key before the present one', async () => {
    expect(await refusal(await sign({}, { kid: 'second' }, second))).toBe('accepted');
  });
});

describe('an access token is refused', () => {
  const cases: Record<string, { readonly make: () => string | Promise<string>; readonly reason: string }> = {
    'when it has expired': { make: () => sign({ exp: now / 1000 - 1 }), reason: 'it expired at 2026-05-01T11:59:59' },
    'before its time': { make: () => sign({ nbf: now / 1000 + 30 }), reason: 'it is not valid before' },
    'without an expiry': { make: () => sign({ exp: undefined }), reason: 'claim "exp" is missing' },
    'for another audience': {
      make: () => sign({ aud: 'https://other.example' }),
      reason: 'audience is not "doorstep"',
    },
    'without an audience': { make: () => sign({ aud: undefined }), reason: 'claim "aud" is missing' },
    'of an issuer that nobody knows': {
      make: () => sign({ iss: 'https://evil.example' }),
      reason: 'algorithm is not HS256',
    },
    'in the name of the command line': { make: () => sign({ iss: 'doorstep' }), reason: 'algorithm is not HS256' },
    'with the kid of another key': { make: () => sign({}, { kid: 'second' }), reason: 'signature does not match' },
    'with a kid that nobody has': { make: () => sign({}, { kid: '../../first' }), reason: 'no such key' },
    'without a kid': { make: () => sign({}, { kid: undefined }), reason: 'no such key' },
    'with a key that it brings along': {
      make: () => sign({}, { kid: 'third', jwk: publicOf(second!), jku: 'https://evil.example/jwks' }, second),
      reason: 'no such key',
    },
    'signed by somebody else': {
      make: async () =>
        sign({}, {}, await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey)),
      reason: 'signature does not match',
    },
    'with the algorithm none': {
      make: () => `${encode({ ...header, alg: 'none' })}.${encode(payload)}.`,
      reason: 'algorithm is not ES256',
    },
    'signed with the public key as a secret': {
      make: () => hmac({}, JSON.stringify(publicOf(first!))),
      reason: 'algorithm is not ES256',
    },
    'signed with the public key in PEM as a secret': {
      make: () =>
        hmac({}, createPublicKey({ key: publicOf(first!), format: 'jwk' }).export({ type: 'spki', format: 'pem' })),
      reason: 'algorithm is not ES256',
    },
    'signed with the secret of the command line': { make: () => hmac({}, secret), reason: 'algorithm is not ES256' },
    'that is another kind of token': { make: () => sign({}, { typ: 'JWT' }), reason: 'claim "typ" is not valid' },
    'without a client': { make: () => sign({ client_id: undefined }), reason: 'claim "client_id" is missing' },
    'with a grant that is none': { make: () => sign({ grantId: 7 }), reason: 'claim "grantId"' },
    'with a customer that is none': { make: () => sign({ customerId: '*' }), reason: 'claim "customerId"' },
    'changed after signing': {
      make: async () => (await sign()).replace(/\.[^.]+\./, `.${encode({ ...payload, sub: ids.customerId })}.`),
      reason: 'signature does not match',
    },
  };

  it.each(Object.entries(cases))('%s', async (_, { make, reason }) => {
    const token = await make();
    const said = await refusal(token);
    expect(said).toMatch(/^UNAUTHENTICATED /);
    expect(said).toContain(reason);
    expect(tokens.find(token)).toBeNull();
  });
});
