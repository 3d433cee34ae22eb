/** What the tests of signing in have in common: a world with registered applications and people with passwords. */
import { createHash, randomBytes } from 'node:crypto';
import { makeClients } from '../../../src/sign-in/clients.ts';
import { systemClock } from '../../../src/clock.ts';
import { makeWorld, type PersonName, systemOf, type World } from '../../world.ts';
import { type Browser, openBrowser, type Page } from './browser.ts';

export const password = 'correct horse battery';
export const callback = 'https://app.example/callback';

export interface Client {
  readonly id: string;
  readonly secret: string | null;
}

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly body: {
    readonly access_token?: string;
    readonly refresh_token?: string;
    readonly token_type?: string;
    readonly expires_in?: number;
    readonly error?: string;
    readonly error_description?: string;
    readonly code?: string;
    readonly detail?: string;
  };
}

export interface Office extends World {
  /** A public one, with PKCE. */
  readonly app1: Client;
  /** One that keeps a secret and knows no PKCE, as existing clients. */
  readonly partner: Client;
  /** One that acts as frank. */
  readonly robot: Client;
  browser(): Browser;
  /** Where an app sends its person. */
  authorizeUrl(client: Client, more?: Readonly<Record<string, string>>): string;
  /** From the app's request to its callback, with alice's password and the first organization. */
  authorize(client: Client, more?: Readonly<Record<string, string>>, browser?: Browser): Promise<URL>;
  signIn(browser: Browser, url: string, email?: string): Promise<Page>;
  token(form: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<TokenAnswer>;
  redeem(client: Client, at: URL, more?: Readonly<Record<string, string>>): Promise<TokenAnswer>;
  /** The status of a question that this token asks. */
  ask(token: string): Promise<number>;
}

/** RFC 7636 §4. */
export const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

export async function openOffice(env: Readonly<Record<string, string>> = {}): Promise<Office> {
  const world = await makeWorld({ env });
  const clients = makeClients({ database: world.database, clock: systemClock });
  const people: readonly PersonName[] = ['alice', 'bob', 'dora', 'erin'];
  for (const person of people) await givePassword(world, person, password);
  const uris = { redirectUris: [callback], actsAs: null, id: null };
  const { userId, organizationId } = world.people.frank;
  const app1 = await clients.add({ ...uris, name: 'Field <app>', needsPkce: true, hasSecret: false });
  const partner = await clients.add({ ...uris, name: 'Partner', needsPkce: false, hasSecret: true });
  const actsAs = { customerId: world.ids.customer, userId, organizationId };
  const robot = await clients.add({
    id: null,
    name: 'Robot',
    redirectUris: [],
    needsPkce: true,
    hasSecret: true,
    actsAs,
  });

  const authorizeUrl: Office['authorizeUrl'] = (client, more = {}) => {
    const pkce = client === app1 ? { code_challenge: challenge, code_challenge_method: 'S256' } : {};
    const query = {
      response_type: 'code',
      client_id: client.id,
      redirect_uri: callback,
      state: 'af0ifjsldkj',
      ...pkce,
    };
    return `/oauth/authorize?${new URLSearchParams({ ...query, ...more }).toString()}`;
  };
  const office: Office = {
    ...world,
    ...{ app1, partner, robot, authorizeUrl },
    browser: () => openBrowser(world.app),
    async signIn(browser, url, email = 'alice@doorstep.example') {
      return browser.submit(await browser.get(url), { email, password });
    },
    async authorize(client, more = {}, browser = openBrowser(world.app)) {
      const page = await office.signIn(browser, authorizeUrl(client, more));
      const organization = /name="organization" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
      const { location, text } = await browser.submit(page, { organization, decision: 'allow' });
      if (location === null) throw new Error(`There is no way back: ${text}`);
      return location;
    },
    async token(form, headers = {}) {
      const response = await world.app.inject({
        method: 'POST',
        url: '/oauth/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        payload: new URLSearchParams(form).toString(),
      });
      return { status: response.statusCode, headers: response.headers, body: response.json() };
    },
    redeem: (client, at, more = {}) =>
      office.token({
        grant_type: 'authorization_code',
        client_id: client.id,
        code: at.searchParams.get('code')!,
        redirect_uri: callback,
        ...(client.secret === null ? { code_verifier: verifier } : { client_secret: client.secret }),
        ...more,
      }),
    async ask(token) {
      const headers = { authorization: `Bearer ${token}` };
      return (await world.app.inject({ url: '/v2/contacts?limit=1', headers })).statusCode;
    },
  };
  return office;
}

export async function givePassword(world: World, person: PersonName, chosen: string): Promise<void> {
  const { userId, viewer } = world.people[person];
  const change = { kind: 'patch', id: userId, etags: '*', params: { password: chosen }, operations: () => [] } as const;
  const options = { onError: 'abort', members: [], spelling: 'rest', requestId: null } as const;
  const system = systemOf(viewer.customerId, '');
  const [verdict] = await world.writer.write(system, world.model.get('user'), [change], options);
  if ('problem' in verdict!) throw verdict.problem;
}
