/** From an application's request to its tokens: a code, once, for whoever began, and back to nowhere else. */
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callback, type Office, openOffice } from './sign-in.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

test('a person signs in, lets an app in for an organization, and its token is theirs', async () => {
  const at = await office.authorize(office.app1);
  expect(`${at.origin}${at.pathname}`).toBe(callback);
  expect(at.searchParams.get('state')).toBe('af0ifjsldkj');
  expect(at.searchParams.get('organizationId')).toBe(office.ids.organization);
  expect(at.searchParams.get('iss')).toBe('http://127.0.0.1:4000/oauth');
  const { status, headers, body } = await office.redeem(office.app1, at);
  expect([status, headers['cache-control'], body.token_type, body.expires_in]).toEqual([
    200,
    'no-store',
    'Bearer',
    3600,
  ]);
  expect(await office.ask(body.access_token!)).toBe(200);
  expect(decodeProtectedHeader(body.access_token!)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  const claims = decodeJwt(body.access_token!);
  expect(claims).toMatchObject({
    ...{ iss: 'http://127.0.0.1:4000/oauth', aud: 'doorstep', sub: office.ids.user, client_id: office.app1.id },
    ...{ customerId: office.ids.customer, organizationId: office.ids.organization },
  });
  expect(Object.keys(claims)).not.toContain('permissions');
});

test('an existing client sends JSON without a redirect_uri, and reads "bearer"', async () => {
  const at = await office.authorize(office.partner, { redirect_uri: callback });
  const { id: client_id, secret: client_secret } = office.partner;
  const payload = { client_id, client_secret, code: at.searchParams.get('code'), grant_type: 'authorization_code' };
  const response = await office.app.inject({ method: 'POST', url: '/auth/oauth2/token', payload });
  expect(response.json()).toMatchObject({ token_type: 'bearer', access_token: expect.any(String) as string });
  expect(await office.ask(response.json<{ access_token: string }>().access_token)).toBe(200);
  const broken = { ...payload, code: 7 };
  const refused = await office.app.inject({ method: 'POST', url: '/auth/oauth2/token', payload: broken });
  expect(refused.json()).toMatchObject({ status: 400, errors: [{ pointer: '/code' }] });
});

test('a code works once, and whoever comes with it again ends what the first one got', async () => {
  const at = await office.authorize(office.app1);
  const first = await office.redeem(office.app1, at);
  expect(await office.ask(first.body.access_token!)).toBe(200);
  const again = await office.redeem(office.app1, at);
  expect([again.status, again.body.error]).toEqual([400, 'invalid_grant']);
  expect(await office.ask(first.body.access_token!)).toBe(401);
  const refresh = { grant_type: 'refresh_token', client_id: office.app1.id, refresh_token: first.body.refresh_token! };
  expect((await office.token(refresh)).body.error).toBe('invalid_grant');
});

test('of two who come with a code at the same moment, none keeps a token', async () => {
  const at = await office.authorize(office.app1);
  const answers = await Promise.all([office.redeem(office.app1, at), office.redeem(office.app1, at)]);
  const tokens = answers.flatMap(({ body }) => body.access_token ?? []);
  expect(tokens.length).toBeLessThan(2);
  expect(answers.filter(({ status }) => status === 400).length).toBeGreaterThan(0);
});

test('a code is worth nothing without its verifier, or to another client', async () => {
  const at = await office.authorize(office.app1);
  const code = at.searchParams.get('code')!;
  const wrong = [
    await office.redeem(office.app1, at, { code_verifier: 'x'.repeat(43) }),
    await office.redeem(office.app1, at, { code_verifier: '' }),
    await office.redeem(office.app1, at, { redirect_uri: 'https://evil.example/callback' }),
    await office.redeem(office.partner, at, { code }),
    await office.redeem({ ...office.partner, secret: 'guessed' }, at),
    await office.redeem({ id: 'nobody', secret: null }, at),
  ];
  expect(wrong.map(({ status, body }) => [status, body.error])).toEqual([
    [400, 'invalid_grant'],
    [400, 'invalid_grant'],
    [400, 'invalid_grant'],
    [400, 'invalid_grant'],
    [401, 'invalid_client'],
    [401, 'invalid_client'],
  ]);
  expect((await office.redeem(office.app1, at)).status).toBe(200);
});

test('an app without a secret has to send a challenge, and no plain one', async () => {
  for (const more of [
    { code_challenge: '', code_challenge_method: '' },
    { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' },
  ]) {
    const { location } = await office.browser().get(office.authorizeUrl(office.app1, more));
    expect(location?.origin).toBe('https://app.example');
    expect(location?.searchParams.get('error')).toBe('invalid_request');
  }
});

test('nobody is sent to an address that is not registered, letter by letter', async () => {
  const addresses = [
    'https://evil.example/callback',
    'https://app.example/callback/',
    'https://app.example/callback?next=https://evil.example',
    'https://app.example/callback#',
    'https://app.example/callback/../evil',
    'https://app.example@evil.example/callback',
    'https://app.example.evil.example/callback',
    'https://APP.example/callback',
    'http://app.example/callback',
    'https://app.example:8443/callback',
    'https://app.example\\@evil.example/callback',
    'javascript:alert(1)',
    '//evil.example/callback',
  ];
  for (const redirect_uri of addresses) {
    const page = await office.browser().get(office.authorizeUrl(office.app1, { redirect_uri }));
    expect([redirect_uri, page.status, page.location]).toEqual([redirect_uri, 400, null]);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  }
  const twice = `${office.authorizeUrl(office.app1)}&redirect_uri=https%3A%2F%2Fevil.example`;
  expect((await office.browser().get(twice)).location?.origin).toBe('https://app.example');
  const unknown = await office.browser().get(office.authorizeUrl({ id: '<b>nobody</b>', secret: null }));
  expect([unknown.status, unknown.text.includes('<b>')]).toEqual([400, false]);
});

test('what is refused goes back to the app with its state, and only codes in a query are given', async () => {
  const refused = async (more: Readonly<Record<string, string>>) => {
    const { location } = await office.browser().get(office.authorizeUrl(office.app1, more));
    const answer = new URLSearchParams(location!.search || location!.hash.slice(1));
    expect(answer.get('state')).toBe('af0ifjsldkj');
    return answer.get('error');
  };
  expect(await refused({ response_type: 'token' })).toBe('invalid_request');
  expect(await refused({ prompt: 'none' })).toBe('login_required');
  expect(await refused({ resource: 'https://elsewhere.example/' })).toBe('invalid_target');
  const formPost = await office.browser().get(office.authorizeUrl(office.app1, { response_mode: 'form_post' }));
  expect([formPost.status, formPost.text.includes('invalid_request')]).toEqual([400, true]);
});

test('the discovery document names this issuer and where everything is', async () => {
  const urls = ['/.well-known/oauth-authorization-server/oauth', '/oauth/.well-known/openid-configuration'];
  for (const url of urls) {
    const response = await office.app.inject({ url, headers: { host: 'evil.example' } });
    expect(response.json()).toMatchObject({
      issuer: 'http://127.0.0.1:4000/oauth',
      authorization_endpoint: 'http://127.0.0.1:4000/oauth/authorize',
      token_endpoint: 'http://127.0.0.1:4000/oauth/token',
      revocation_endpoint: 'http://127.0.0.1:4000/oauth/revoke',
      jwks_uri: 'http://127.0.0.1:4000/oauth/jwks',
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
    });
  }
  const { keys } = (await office.app.inject('/oauth/jwks')).json<{ keys: Record<string, unknown>[] }>();
  expect(keys).toHaveLength(1);
  expect(Object.keys(keys[0]!)).not.toContain('d');
});
