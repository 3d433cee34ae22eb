/** A browser of the tests: it keeps cookies by their paths, follows redirects inside the server, and reads forms. */
import type { FastifyInstance } from 'fastify';

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly attributes: string;
}

export interface Page {
  readonly status: number;
  readonly url: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  /** Where a redirect led out of the server; null on a page. */
  readonly location: URL | null;
}

export interface Browser {
  readonly cookies: readonly Cookie[];
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<Page>;
  /** Sends the form of the page with these fields in it. */
  submit(
    page: Page,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Page>;
  /** As a thief of the cookie jar would. */
  copy(): Browser;
}

export function openBrowser(app: FastifyInstance, jar: Cookie[] = []): Browser {
  const keep = (lines: readonly string[]): void => {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(/; */);
      const name = pair.slice(0, pair.indexOf('='));
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      const index = jar.findIndex((cookie) => cookie.name === name && cookie.path === path);
      if (index >= 0) jar.splice(index, 1);
      const isGone = /expires=Thu, 01 Jan 1970/i.test(line);
      if (!isGone) jar.push({ name, value: pair.slice(name.length + 1), path, attributes: attributes.join('; ') });
    }
  };
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    headers: Readonly<Record<string, string>>,
    payload?: string,
  ): Promise<Page> => {
    const path = url.split('?')[0]!;
    const cookie = jar
      .filter((one) => path === one.path || path.startsWith(one.path.replace(/\/?$/, '/')))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const response = await app.inject({
      method,
      url,
      headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    keep([response.headers['set-cookie'] ?? []].flat());
    const { location } = response.headers;
    if (response.statusCode >= 300 && response.statusCode < 400 && typeof location === 'string') {
      if (location.startsWith('/')) return send('GET', location, {});
      return { status: response.statusCode, url, text: '', headers: response.headers, location: new URL(location) };
    }
    return { status: response.statusCode, url, text: response.body, headers: response.headers, location: null };
  };
  return {
    cookies: jar,
    get: (url, headers = {}) => send('GET', url, headers),
    submit(page, fields, headers = {}) {
      const hidden = [...page.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
      const kept = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
      const form = { ...kept, ...fields };
      const action = /<form method="post" action="([^"]+)"/.exec(page.text)?.[1];
      if (action === undefined) throw new Error(`There is no form in: ${page.text}`);
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      return send('POST', action, { ...type, ...headers }, new URLSearchParams(form).toString());
    },
    copy: () => openBrowser(app, [...jar]),
  };
}
