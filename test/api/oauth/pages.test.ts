/** The pages of signing in, as honest people, guessers and forgers of forms meet them. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from './browser.ts';
import { type Office, openOffice, password } from './sign-in.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const alice = 'alice@doorstep.example';
const begin = async (browser = office.browser()) => ({
  browser,
  page: await browser.get(office.authorizeUrl(office.app1)),
});
const alertOf = ({ text }: Page): string => /role="alert">\s*([^<]+?)\s*</.exec(text)?.[1] ?? '';

test('pages load nothing from elsewhere, are in nobody’s frame, and are not kept', async () => {
  const { browser, page } = await begin();
  const policy = page.headers['content-security-policy'];
  for (const part of [
    "default-src 'none'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "form-action 'self' https://app.example",
  ]) {
    expect(policy).toContain(part);
  }
  expect(page.headers).toMatchObject({
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  });
  expect(page.text).not.toMatch(/<script|style=/);
  expect(page.text).toContain('Field &lt;app&gt;');
  for (const { attributes } of browser.cookies)
    expect(attributes).toMatch(/samesite=lax.*httponly|httponly.*samesite=lax/i);
  expect((await browser.get('/oauth/style.css')).headers['content-type']).toContain('text/css');
});

test('over https cookies are for https alone, and browsers are told to stay there', async () => {
  const secure = await openOffice({ PUBLIC_URL: 'https://data.example' });
  try {
    const browser = secure.browser();
    const page = await secure.signIn(browser, secure.authorizeUrl(secure.app1));
    expect(page.headers['strict-transport-security']).toBe('max-age=31536000');
    const names = browser.cookies.map(({ name, attributes }) => [
      name.replace(/\.sig$/, ''),
      /secure/i.test(attributes),
    ]);
    expect(names).toContainEqual(['__Host-doorstep-session', true]);
    expect(names).toContainEqual(['__Secure-doorstep-sign-in', true]);
    expect(names.every(([name, isSecure]) => isSecure && /^__(Host|Secure)-/.test(String(name)))).toBe(true);
    const at = await secure.authorize(secure.app1);
    expect(at.searchParams.get('iss')).toBe('https://data.example/oauth');
    expect((await secure.redeem(secure.app1, at)).status).toBe(200);
  } finally {
    await secure.close();
  }
});

test('a wrong password and an unknown e-mail are told alike', async () => {
  const { browser, page } = await begin();
  const wrong = await browser.submit(page, { email: alice, password: 'wrong' });
  const unknown = await browser.submit(page, { email: 'nobody@doorstep.example', password });
  expect([wrong.status, alertOf(wrong)]).toEqual([400, 'The e-mail or the password is not right.']);
  expect([unknown.status, alertOf(unknown)]).toEqual([400, alertOf(wrong)]);
  expect(wrong.text).toContain(`value="${alice}"`);
  expect(wrong.text).not.toContain('value="wrong"');
  const script = await browser.submit(page, { email: '"><script>alert(1)</script>', password });
  expect(script.text).not.toContain('<script>');
});

test('who guesses is stopped, also with the right password, and others are not', async () => {
  const { browser, page } = await begin();
  const email = 'erin@doorstep.example';
  const guesses = await Promise.all(
    Array.from({ length: 10 }, (_, index) => browser.submit(page, { email, password: `guess ${index}` })),
  );
  expect(guesses.map(({ status }) => status)).toEqual(Array<number>(10).fill(400));
  const right = await browser.submit(page, { email: email.toUpperCase(), password });
  expect([right.status, alertOf(right)]).toEqual([429, expect.stringContaining('too many attempts')]);
  expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
  expect((await browser.submit(page, { email: 'bob@doorstep.example', password })).text).toContain(
    'bob@doorstep.example',
  );
  const kept = await office.database.query<{ row: string }>({
    text: 'SELECT a::text AS row FROM sign_in_attempts a',
    values: [],
  });
  expect(kept.map(({ row }) => row).join()).not.toContain('erin');
});

test('a form that did not come from the page of this sign-in changes nothing', async () => {
  const { browser, page } = await begin();
  const other = await begin();
  const foreignCode = /name="csrf" value="([^"]+)"/.exec(other.page.text)![1]!;
  const credentials = { email: alice, password };
  const forged = [
    await browser.submit(page, { ...credentials, csrf: '' }),
    await browser.submit(page, { ...credentials, csrf: foreignCode }),
    await browser.submit(page, credentials, { origin: 'https://evil.example' }),
    await browser.submit(page, credentials, { origin: 'null' }),
    await browser.submit(page, credentials, { 'sec-fetch-site': 'cross-site' }),
  ];
  expect(forged.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  // A browser that never began has no cookie of it, whatever it sends.
  const stranger = await office.browser().submit(page, credentials);
  expect([stranger.status, stranger.text]).toEqual([400, expect.stringContaining('This sign-in has ended')]);
  const mixed = await browser.submit({ ...page, text: other.page.text }, credentials);
  expect(mixed.status).toBe(400);
  const own = { origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' };
  expect((await browser.submit(page, credentials, { ...own, origin: 'http://127.0.0.1:4000' })).status).toBe(200);
});

test('a field that comes twice, and a body that is no form, are refused', async () => {
  const { browser, page } = await begin();
  const action = /action="([^"]+)"/.exec(page.text)![1]!;
  const cookie = browser.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const send = (payload: string, type: string) =>
    office.app.inject({ method: 'POST', url: action, payload, headers: { 'content-type': type, cookie } });
  expect((await send('email=a&email=b', 'application/x-www-form-urlencoded')).statusCode).toBe(400);
  expect((await send('{"email":"a"}', 'application/json')).statusCode).toBe(400);
  expect((await send('x'.repeat(70_000), 'application/x-www-form-urlencoded')).statusCode).toBe(413);
  expect((await send('email=a', 'text/plain')).statusCode).toBe(415);
});

test('a session that somebody planted is not the one that is signed in', async () => {
  const thief = office.browser();
  await thief.get(office.authorizeUrl(office.app1));
  const victim = thief.copy();
  const before = thief.cookies.filter(({ name }) => name === 'doorstep-session').map(({ value }) => value);
  const page = await office.signIn(victim, office.authorizeUrl(office.app1));
  expect(page.text).toContain(alice);
  const after = victim.cookies.filter(({ name }) => name === 'doorstep-session').map(({ value }) => value);
  expect(after).not.toEqual(before);
  expect((await thief.get(office.authorizeUrl(office.app1))).text).toContain('id="password"');
});

test('who is signed in chooses the organization anew for each app, and says yes to each', async () => {
  const { userId } = office.people.alice;
  await office.create(null, 'membership', {
    userId,
    organizationId: office.ids.elsewhere,
    roleId: office.ids.role,
    status: 'active',
  });
  const browser = office.browser();
  const first = await office.signIn(browser, office.authorizeUrl(office.app1));
  expect(first.text).toMatch(/type="radio"[^>]*value="/);
  const { location } = await browser.submit(first, { organization: office.ids.elsewhere, decision: 'allow' });
  expect(location?.searchParams.get('organizationId')).toBe(office.ids.elsewhere);
  const second = await browser.get(office.authorizeUrl(office.partner));
  expect(second.text).toContain('Let Partner in?');
  const denied = await browser.submit(second, { decision: 'deny' });
  expect([denied.location?.searchParams.get('error'), denied.location?.searchParams.get('code')]).toEqual([
    'access_denied',
    null,
  ]);
});

test('nobody gets in for an organization in which they are no active member', async () => {
  const browser = office.browser();
  const page = await office.signIn(browser, office.authorizeUrl(office.app1), 'bob@doorstep.example');
  for (const organization of [office.ids.elsewhere, office.ids.otherOrganization, makeId(), '', "' OR true --"]) {
    const refused = await browser.submit(page, { organization, decision: 'allow' });
    expect([refused.status, refused.location]).toEqual([400, null]);
  }
});

test('an e-mail that several customers know chooses among those whose password was right', async () => {
  const email = `${makeId()}@doorstep.example`;
  const ours = await office.create('alice', 'user', { email, status: 'active' }, { params: { password } });
  const theirs = await office.create('dora', 'user', { email, status: 'active' }, { params: { password } });
  const [role] = await office.database.query<{ id: string }>({
    text: 'SELECT id FROM roles WHERE customer_id = $1 LIMIT 1',
    values: [office.ids.otherCustomer],
  });
  const { organization: organizationId, role: roleId } = office.ids;
  await office.create('alice', 'membership', { userId: ours.id, organizationId, roleId, status: 'active' });
  const there = { userId: theirs.id, organizationId: office.ids.otherOrganization, roleId: role!.id, status: 'active' };
  await office.create('dora', 'membership', there);
  const browser = office.browser();
  const page = await office.signIn(browser, office.authorizeUrl(office.app1), email);
  expect([...page.text.matchAll(/ (Ours|Theirs)<\/label/g)].map(([, name]) => name).sort()).toEqual(['Ours', 'Theirs']);
  const alices = `${office.ids.customer}.${office.ids.user}`;
  expect((await browser.submit(page, { account: alices })).status).toBe(403);
  const other = await begin();
  expect(
    (
      await other.browser.submit(other.page, {
        proof: /name="proof" value="([^"]+)"/.exec(page.text)![1]!,
        account: alices,
      })
    ).status,
  ).toBe(403);
  const consent = await browser.submit(page, { account: `${office.ids.otherCustomer}.${theirs.id}` });
  expect(consent.text).toContain('at Theirs');
});

test('somebody else can sign in on the same browser, and whoever is a member of nothing cannot', async () => {
  const browser = office.browser();
  const page = await office.signIn(browser, office.authorizeUrl(office.app1), 'bob@doorstep.example');
  const asked = await browser.submit(page, { decision: 'switch' });
  expect(asked.text).toContain('id="password"');
  expect((await browser.submit(asked, { email: alice, password })).text).toContain(alice);
  const email = `${makeId()}@doorstep.example`;
  await office.create('alice', 'user', { email, status: 'active' }, { params: { password } });
  const nobody = await office.signIn(office.browser(), office.authorizeUrl(office.app1), email);
  expect([nobody.status, alertOf(nobody)]).toEqual([403, expect.stringContaining('no organization')]);
});
