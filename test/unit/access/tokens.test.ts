import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeTokens } from '../../../src/access/tokens.ts';

const secret = 'a secret of the tests, long enough for HS256';
const start = Date.parse('2026-05-01T12:00:00Z');
const claims = {
  userId: '0190a0a0-0000-7000-8000-000000000001',
  customerId: '0190a0a0-0000-7000-8000-000000000002',
  organizationId: '0190a0a0-0000-7000-8000-000000000003',
  client: 'field-app',
};
const payload = {
  iss: 'doorstep',
  aud: 'doorstep',
  sub: claims.userId,
  customerId: claims.customerId,
  organizationId: claims.organizationId,
  exp: start / 1000 + 60,
};

const makeTokensAt = (seconds = 0) => {
  let now = start + seconds * 1000;
  const tokens = makeTokens({ secret, clock: { now: () => new Date(now) } });
  return { ...tokens, pass: (more: number) => void (now += more * 1000) };
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token made by hand, as somebody with or without the secret would make it. */
const forge = (
  body: unknown,
  { header = { alg: 'HS256' }, key = secret, hash = 'sha256' }: { header?: object; key?: string; hash?: string } = {},
): string => {
  const signed = `${encode(header)}.${encode(body)}`;
  return `${signed}.${createHmac(hash, key).update(signed).digest('base64url')}`;
};

const reasonFor = async (token: string): Promise<unknown> =>
  makeTokensAt()
    .verify(token)
    .catch((error: unknown) => error);

describe('a token', () => {
  it('is found without being verified again, until it expires', async () => {
    const tokens = makeTokensAt();
    const token = await tokens.sign({ ...claims, lifetimeSeconds: 60 });
    expect(tokens.find(token)).toBeNull();
    await tokens.verify(token);
    expect(tokens.find(token)).toEqual(claims);
    tokens.pass(60);
    expect(tokens.find(token)).toBeNull();
  });

  it('is not found when it was refused', async () => {
    const tokens = makeTokensAt();
    const token = forge(payload, { key: 'another secret, as long as that of the tests' });
    await expect(tokens.verify(token)).rejects.toThrow();
    expect(tokens.find(token)).toBeNull();
  });

  it('gives back the claims that it was signed with', async () => {
    const tokens = makeTokensAt();
    const token = await tokens.sign({ ...claims, lifetimeSeconds: 60 });
    expect(await tokens.verify(token)).toEqual(claims);
    expect(await makeTokensAt().verify(token)).toEqual(claims);
  });

  it('needs no client', async () => {
    const tokens = makeTokensAt();
    const token = await tokens.sign({ ...claims, client: null, lifetimeSeconds: 60 });
    expect(await tokens.verify(token)).toEqual({ ...claims, client: null });
  });

  it('expires to the second, also when it was valid a moment ago', async () => {
    const tokens = makeTokensAt();
    const token = await tokens.sign({ ...claims, lifetimeSeconds: 60 });
    await tokens.verify(token);
    tokens.pass(59);
    expect(await tokens.verify(token)).toEqual(claims);
    tokens.pass(1);
    await expect(tokens.verify(token)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      detail: 'The bearer token was refused: it expired at 2026-05-01T12:01:00.000Z.',
    });
  });

  it('is valid when another maker with the secret wrote it', async () => {
    expect(await makeTokensAt().verify(forge(payload))).toEqual({ ...claims, client: null });
  });
});

describe('a token is refused', () => {
  const cases: Record<string, { token: string; reason: string }> = {
    'signed with another secret': {
      token: forge(payload, { key: 'x'.repeat(40) }),
      reason: 'signature does not match',
    },
    'changed after signing': {
      token: forge(payload).replace(/\.[^.]+\./, `.${encode({ ...payload, customerId: claims.userId })}.`),
      reason: 'signature does not match',
    },
    'with the algorithm none': {
      token: `${encode({ alg: 'none' })}.${encode(payload)}.`,
      reason: 'algorithm is not HS256',
    },
    'with a longer hash of the same secret': {
      token: forge(payload, { header: { alg: 'HS512' }, hash: 'sha512' }),
      reason: 'algorithm is not HS256',
    },
    'with a critical extension that nobody knows': {
      token: forge(payload, { header: { alg: 'HS256', crit: ['b64'], b64: false } }),
      reason: 'not a signed JWT',
    },
    'without an expiry': { token: forge({ ...payload, exp: undefined }), reason: 'claim "exp" is missing' },
    'with an expiry that is text': { token: forge({ ...payload, exp: 'never' }), reason: 'claim "exp" is not valid' },
    'with an expiry before the calendar': {
      token: forge({ ...payload, exp: -1e300 }),
      reason: 'expired at second -1e+300',
    },
    'before its time': {
      token: forge({ ...payload, nbf: start / 1000 + 30 }),
      reason: 'not valid before 2026-05-01T12:00:30.000Z',
    },
    'of another issuer': { token: forge({ ...payload, iss: 'elsewhere' }), reason: 'issuer is not "doorstep"' },
    'for another audience': { token: forge({ ...payload, aud: ['elsewhere'] }), reason: 'audience is not "doorstep"' },
    'without a user': { token: forge({ ...payload, sub: undefined }), reason: 'claim "sub" is not a lower-case UUID' },
    'with a customer that is no id': {
      token: forge({ ...payload, customerId: "' OR true --" }),
      reason: 'claim "customerId" is not a lower-case UUID',
    },
    'with a client that is no text': { token: forge({ ...payload, client: 7 }), reason: 'claim "client" is not text' },
    'whose body is a list': { token: forge([1]), reason: 'not a signed JWT' },
    'that is any text': { token: 'hunter2', reason: 'not a signed JWT of three parts' },
    'that is empty': { token: '', reason: 'not a signed JWT of three parts' },
    'with dots alone': { token: '..', reason: 'not a signed JWT of three parts' },
    'outside base64': { token: 'é.é.é', reason: 'not a signed JWT of three parts' },
  };

  it.each(Object.entries(cases))('%s', async (_, { token, reason }) => {
    expect(await reasonFor(token)).toMatchObject({
      code: 'UNAUTHENTICATED',
      detail: expect.stringContaining(reason) as string,
    });
  });
});

it('a short secret is refused at the start', () => {
  expect(() => makeTokens({ secret: 'hunter2', clock: { now: () => new Date(start) } })).toThrow(
    /32 bytes or more, got 7/,
  );
});
