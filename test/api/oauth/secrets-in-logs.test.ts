/** Whoever reads the log learns no password, code, token, secret or cookie, whatever went right or wrong. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeApp } from '../../../src/app.ts';
import { systemClock } from '../../../src/clock.ts';
import { parseConfig } from '../../../src/config.ts';
import { makeLog } from '../../../src/log.ts';
import { declarations } from '../../../src/resources/index.ts';
import { openBrowser } from './browser.ts';
import { type Office, openOffice, password, verifier } from './sign-in.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

test('no secret of a sign-in is ever in the log', async () => {
  const lines: string[] = [];
  const config = parseConfig({ LOG_LEVEL: 'trace', LOG_FORMAT: 'json', RATE_LIMIT: '0', POOL_SIZE: '2' });
  const secret = 'a secret that only tests have and that is long enough';
  const log = makeLog(config, { destination: { write: (line) => void lines.push(line) } });
  const app = await makeApp({ config, declarations, databaseUrl: office.url, secret, clock: systemClock, log });
  await app.http.app.ready();
  const logged: Office = { ...office, app: app.http.app };
  try {
    const send = (url: string, payload: string, headers: Record<string, string> = {}) => {
      const type = 'application/x-www-form-urlencoded';
      return app.http.app.inject({ method: 'POST', url, payload, headers: { 'content-type': type, ...headers } });
    };
    const browser = openBrowser(logged.app);
    const first = await browser.get(office.authorizeUrl(office.app1, { state: 'state-of-the-app' }));
    const wrong = await browser.submit(first, { email: 'alice@doorstep.example', password: 'hunter2-wrong' });
    const page = await browser.submit(wrong, { email: 'alice@doorstep.example', password });
    const { location } = await browser.submit(page, { decision: 'allow' });
    const code = location!.searchParams.get('code')!;
    const form = { grant_type: 'authorization_code', client_id: office.app1.id, code, code_verifier: verifier };
    const answer = await send('/oauth/token', new URLSearchParams(form).toString());
    const tokens = answer.json<{ access_token: string; refresh_token: string }>();
    const basic = Buffer.from(`${office.robot.id}:${office.robot.secret}`).toString('base64');
    await send('/oauth/token', 'grant_type=client_credentials', { authorization: `Basic ${basic}` });
    await send('/oauth/token', `grant_type=nonsense&refresh_token=${tokens.refresh_token}`);
    await send('/oauth/revoke', `token=${tokens.access_token}&client_id=${office.app1.id}`);
    await send('/oauth/token', `%%%${password}`);
    await send('/auth/oauth2/token', `{"client_secret": "${office.robot.secret}`, {
      'content-type': 'application/json',
    });
    await app.http.app.inject({ url: '/v2/contacts', headers: { authorization: `Bearer ${tokens.access_token}` } });
    await app.http.app.inject({ url: '/v2/contacts', headers: { authorization: `Bearer ${tokens.access_token}x` } });
    // A database that is away makes the longest lines.
    await app.database.close();
    await send(
      '/oauth/token',
      `grant_type=refresh_token&client_id=${office.app1.id}&refresh_token=${tokens.refresh_token}`,
    );

    const cookies = browser.cookies.map(({ value }) => value);
    const secrets = {
      ...{ password, wrong: 'hunter2-wrong', code, verifier, basic, secret, robot: office.robot.secret! },
      ...{ access: tokens.access_token, signature: tokens.access_token.split('.')[2]!, refresh: tokens.refresh_token },
      state: 'state-of-the-app',
    };
    expect(cookies.length).toBeGreaterThan(1);
    const text = lines.join('\n');
    expect(text).toContain('/oauth/token');
    for (const [name, value] of Object.entries(secrets)) expect([name, text.includes(value)]).toEqual([name, false]);
    for (const value of cookies) expect(text).not.toContain(value);
  } finally {
    await app.close();
  }
});
