/** Tokens after the first: each refresh token works once, and what ends a sign-in ends all of them within seconds. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Client, givePassword, type Office, openOffice, password, type TokenAnswer } from './sign-in.ts';

let office: Office;
let got: TokenAnswer['body'];
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  ({ body: got } = await office.redeem(office.app1, await office.authorize(office.app1)));
});

const refresh = (refresh_token: string, client: Client = office.app1) =>
  office.token({
    ...{ grant_type: 'refresh_token', client_id: client.id, refresh_token },
    ...(client.secret === null ? {} : { client_secret: client.secret }),
  });

const revoke = async (token: string, client: Client = office.app1, headers = {}) => {
  const form = { token, client_id: client.id, ...(client.secret === null ? {} : { client_secret: client.secret }) };
  const response = await office.app.inject({
    method: 'POST',
    url: '/oauth/revoke',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  });
  return response.statusCode;
};

test('a refresh token gives new tokens, and another refresh token', async () => {
  const { status, body } = await refresh(got.refresh_token!);
  expect(status).toBe(200);
  expect(body.refresh_token).not.toBe(got.refresh_token);
  expect(await office.ask(body.access_token!)).toBe(200);
  expect((await refresh(body.refresh_token!)).status).toBe(200);
});

test('a refresh token that comes again ends the whole family, access tokens included', async () => {
  const { body: next } = await refresh(got.refresh_token!);
  expect(await office.ask(next.access_token!)).toBe(200);
  const again = await refresh(got.refresh_token!);
  expect([again.status, again.body.error]).toEqual([400, 'invalid_grant']);
  expect((await refresh(next.refresh_token!)).body.error).toBe('invalid_grant');
  expect([await office.ask(got.access_token!), await office.ask(next.access_token!)]).toEqual([401, 401]);
});

test('of several who come with a refresh token at the same moment, none keeps a token', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => refresh(got.refresh_token!)));
  const given = answers.flatMap(({ body }) => body.refresh_token ?? []);
  expect(given.length).toBeLessThan(2);
  for (const one of given) expect((await refresh(one)).status).toBe(400);
});

test('a refresh token is worth nothing to another client, and is not used up by it', async () => {
  expect((await refresh(got.refresh_token!, office.partner)).body.error).toBe('invalid_grant');
  expect((await refresh('made-up')).body.error).toBe('invalid_grant');
  expect((await refresh(got.refresh_token!)).status).toBe(200);
});

test('a revoked refresh token takes its access tokens along', async () => {
  expect(await office.ask(got.access_token!)).toBe(200);
  expect(await revoke(got.refresh_token!)).toBe(200);
  expect(await office.ask(got.access_token!)).toBe(401);
  expect((await refresh(got.refresh_token!)).body.error).toBe('invalid_grant');
});

test('a revoked access token is refused at once, and takes its refresh token along', async () => {
  expect(await revoke(got.access_token!)).toBe(200);
  expect(await office.ask(got.access_token!)).toBe(401);
  expect((await refresh(got.refresh_token!)).body.error).toBe('invalid_grant');
});

test('nobody revokes the tokens of another client, and what is no token is no error', async () => {
  expect([await revoke(got.access_token!, office.partner), await revoke(got.refresh_token!, office.partner)]).toEqual([
    200, 200,
  ]);
  expect(await revoke(got.access_token!, { id: office.partner.id, secret: 'guessed' })).toBe(401);
  expect(await revoke(got.access_token!, { id: 'nobody', secret: null })).toBe(401);
  expect(await revoke('made-up')).toBe(200);
  expect(await revoke(`${got.access_token}x`)).toBe(200);
  expect(await office.ask(got.access_token!)).toBe(200);
  expect((await refresh(got.refresh_token!)).status).toBe(200);
});

test('a new password ends sessions, refresh tokens and access tokens, in the same transaction', async () => {
  const browser = office.browser();
  const page = await office.signIn(browser, office.authorizeUrl(office.app1));
  expect(page.text).toContain('Let Field &lt;app&gt; in?');
  await givePassword(office, 'alice', 'another battery');
  expect(await office.ask(got.access_token!)).toBe(401);
  expect((await refresh(got.refresh_token!)).body.error).toBe('invalid_grant');
  expect((await browser.get(office.authorizeUrl(office.app1))).text).toContain('id="password"');
  await givePassword(office, 'alice', password);
});

test('whoever is disabled, or no member any more, gets no new tokens, and the old ones fall', async () => {
  const { userId } = office.people.alice;
  const set = (status: string) =>
    office.change(null, 'user', {
      ...{ kind: 'patch', id: userId, etags: '*', params: {} },
      operations: () => [{ op: 'replace', path: '/status', value: status }],
    });
  await set('inactive');
  expect(await office.ask(got.access_token!)).toBe(401);
  expect((await refresh(got.refresh_token!)).body.error).toBe('invalid_grant');
  await set('active');
  expect(await office.ask(got.access_token!)).toBe(401);
});
