import { describe, expect, it } from 'vitest';
import { makeTokens } from '../../../src/access/tokens.ts';
import { makeSystemViewer } from '../../../src/access/viewer.ts';
import { makeAuthenticate, type Viewers } from '../../../src/http/authenticate.ts';
import { startHttp } from './start-http.ts';

const claims = {
  userId: '0190a0a0-0000-7000-8000-000000000001',
  customerId: '0190a0a0-0000-7000-8000-000000000002',
  organizationId: '0190a0a0-0000-7000-8000-000000000003',
  client: null,
};
const tokens = makeTokens({ secret: 'x'.repeat(32), clock: { now: () => new Date('2026-05-01T12:00:00Z') } });
const stranger = '0190a0a0-0000-7000-8000-000000000009';

/** A server whose only route answers with its viewer; a user is known unless it is the stranger. */
const startWithViewer = async () => {
  const asked: string[] = [];
  const viewers: Viewers = {
    find: async ({ userId, customerId }) => {
      asked.push(userId);
      return userId === stranger ? null : makeSystemViewer({ userId, customerId, organizationGroupId: 'group' });
    },
  };
  const authenticate = makeAuthenticate({ tokens, viewers });
  const http = await startHttp({}, (app) => {
    const onRequest = async (request: Parameters<typeof authenticate>[0]) => void (await authenticate(request));
    app.post('/me', { onRequest }, async (request) => ({ userId: (await authenticate(request)).userId }));
  });
  const call = async (authorization?: string, body = '{}') => {
    const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
    const response = await fetch(`${http.url}/me`, { method: 'POST', headers, body });
    const challenge = response.headers.get('www-authenticate');
    return { status: response.status, challenge, body: (await response.json()) as never };
  };
  return { call, asked };
};

describe('a bearer token', () => {
  it.each(['Bearer ', 'bearer ', 'BEARER   '])('is taken behind "%s"', async (scheme) => {
    const { call } = await startWithViewer();
    const token = await tokens.sign({ ...claims, lifetimeSeconds: 60 });
    expect(await call(scheme + token)).toMatchObject({ status: 200, body: { userId: claims.userId } });
  });

  it('leads to one look-up for each request', async () => {
    const { call, asked } = await startWithViewer();
    const token = await tokens.sign({ ...claims, lifetimeSeconds: 60 });
    await call(`Bearer ${token}`);
    expect(asked).toEqual([claims.userId]);
  });

  it('of a user who is gone is refused', async () => {
    const { call } = await startWithViewer();
    const token = await tokens.sign({ ...claims, userId: stranger, lifetimeSeconds: 60 });
    const { status, body, challenge } = await call(`Bearer ${token}`);
    expect(status).toBe(401);
    expect(body).toMatchObject({ detail: 'The bearer token was refused: its user may not sign in any more.' });
    expect(challenge).toContain('error="invalid_token"');
  });
});

describe('a caller is 401, before the body is read', () => {
  it.each([
    [undefined, 'there is none', false],
    ['Basic YWxpY2U6aHVudGVyMg==', 'got another scheme', false],
    ['Bearer', 'got no token in it', true],
    ['Bearer a b', 'got no token in it', true],
    ['Bearer "x"', 'got no token in it', true],
    ['Bearer hunter2', 'it is not a signed JWT of three parts', true],
  ])('with the header %s', async (authorization, detail, isNamed) => {
    const { call, asked } = await startWithViewer();
    const { status, challenge, body } = await call(authorization, '{ broken');
    expect(status).toBe(401);
    expect(body).toMatchObject({ code: 'UNAUTHENTICATED', detail: expect.stringContaining(detail) as string });
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(challenge).toMatch(/^Bearer realm="doorstep"/);
    expect(challenge?.includes('error="invalid_token"')).toBe(isNamed);
    expect(asked).toEqual([]);
  });
});
