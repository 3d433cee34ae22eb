import { describe, expect, it } from 'vitest';
import type { FindCaller } from '../../../src/http/find-caller.ts';
import { startHttp } from './start-http.ts';

/** In these tests people are who their token says they are; one that begins with "new" was never verified. */
const findCaller: FindCaller = ({ headers: { authorization = '' } }) => {
  const [, token = ''] = authorization.split(' ');
  return token === '' || token.startsWith('new') ? null : token;
};

const startLimited = async (rateLimit: number, more: { readonly trustProxy?: boolean } = {}) => {
  let verified = 0;
  const http = await startHttp(
    { rateLimit, ...more },
    (app) => {
      const onRequest = async () => void (verified += 1);
      app.get('/mine', { onRequest }, async () => ({}));
    },
    findCaller,
  );
  const call = async (token: string | null, path = '/mine', headers: Record<string, string> = {}) => {
    const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
    const answer = await fetch(http.url + path, { headers: { ...authorization, ...headers } });
    const limits = ['ratelimit', 'ratelimit-policy', 'retry-after'].map((name) => answer.headers.get(name));
    return { status: answer.status, limits, body: (await answer.json()) as Readonly<Record<string, unknown>> };
  };
  return { ...http, call, verified: () => verified };
};

describe('the rate limit', () => {
  it('tells in every answer what is left and for how long', async () => {
    const { call, clock } = await startLimited(3);
    expect(await call('alice')).toMatchObject({ limits: ['"default";r=2;t=60', '"default";q=3;w=60', null] });
    clock.moveOn(20.5);
    expect(await call('alice')).toMatchObject({ limits: ['"default";r=1;t=40', '"default";q=3;w=60', null] });
    expect((await call('alice', '/nowhere')).limits[0]).toBe('"default";r=0;t=40');
  });

  it('refuses with a problem what is more, until the minute is over', async () => {
    const { call, clock } = await startLimited(2);
    await call('alice');
    await call('alice');
    clock.moveOn(18);
    const { status, limits, body } = await call('alice');
    expect([status, limits]).toEqual([429, ['"default";r=0;t=42', '"default";q=2;w=60', '42']]);
    expect(body).toMatchObject({ type: '/problems/RATE_LIMITED', code: 'RATE_LIMITED', status: 429 });
    clock.moveOn(41);
    expect((await call('alice')).status).toBe(429);
    clock.moveOn(1);
    expect(await call('alice')).toMatchObject({
      status: 200,
      limits: ['"default";r=1;t=60', expect.any(String), null],
    });
  });

  it('is each caller’s own, wherever that caller is', async () => {
    const { call } = await startLimited(1, { trustProxy: true });
    expect((await call('alice')).status).toBe(200);
    expect((await call('bob')).status).toBe(200);
    expect((await call('alice', '/mine', { 'x-forwarded-for': '198.51.100.7' })).status).toBe(429);
  });

  it('stops who guesses tokens before the next one is verified, and not those who share the network', async () => {
    const { call, verified } = await startLimited(2);
    expect((await call('new-1')).status).toBe(200);
    expect((await call('new-2')).status).toBe(200);
    expect((await call('new-3')).status).toBe(429);
    expect((await call(null)).status).toBe(429);
    expect(verified()).toBe(2);
    expect((await call('alice')).status).toBe(200);
  });

  it('counts strangers by their network', async () => {
    const { call } = await startLimited(1, { trustProxy: true });
    const from = async (address: string) => (await call(null, '/mine', { 'x-forwarded-for': address })).status;
    expect([await from('198.51.100.7'), await from('198.51.100.8')]).toEqual([200, 200]);
    expect([await from('2001:db8:1:2::7'), await from('2001:db8:1:2:ffff::1')]).toEqual([200, 429]);
    expect(await from('2001:db8:1:3::7')).toBe(200);
  });

  it('does not count the probes of a supervisor', async () => {
    const { call } = await startLimited(1);
    for (let count = 0; count < 3; count += 1) {
      expect(await call(null, '/health/live')).toMatchObject({ status: 200, limits: [null, null, null] });
    }
    expect((await call(null)).status).toBe(200);
  });

  it('is off at 0', async () => {
    const { call } = await startLimited(0);
    expect(await call('alice')).toMatchObject({ status: 200, limits: [null, null, null] });
  });
});
