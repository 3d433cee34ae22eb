import { describe, expect, it } from 'vitest';
import { startHttp } from './start-http.ts';

const page = 'https://field.example';
const preflight = { 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'authorization, etag' };

/** The headers that a browser would look at. */
const corsOf = ({ headers }: Response): Readonly<Record<string, string>> =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'));

const ask = (url: string, method: string, headers: Record<string, string>) =>
  fetch(url, { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) });

describe('a page of another site', () => {
  it('is told nothing unless somebody allowed it', async () => {
    const { url } = await startHttp({ compression: 'off' });
    expect(corsOf(await ask(`${url}/things`, 'GET', { origin: page }))).toEqual({});
    const answer = await ask(`${url}/things/7`, 'OPTIONS', { origin: page, ...preflight });
    expect([answer.status, answer.headers.get('allow'), corsOf(answer)]).toEqual([204, 'DELETE, PATCH', {}]);
  });

  it('may read answers and what their headers say when its origin is listed', async () => {
    const { url } = await startHttp({ compression: 'off', corsOrigins: ['https://other.example', page] });
    const answer = await ask(`${url}/things`, 'GET', { origin: page });
    expect(answer.status).toBe(200);
    expect(corsOf(answer)).toEqual({
      'access-control-allow-origin': page,
      'access-control-expose-headers':
        'etag, link, location, ratelimit, ratelimit-policy, retry-after, www-authenticate, x-request-id',
      vary: 'origin',
    });
  });

  it.each(['https://field.example.evil.example', 'http://field.example', 'https://field.example:8443', 'null'])(
    'may not when it is %s',
    async (origin) => {
      const { url } = await startHttp({ compression: 'off', corsOrigins: [page] });
      expect(corsOf(await ask(`${url}/things`, 'GET', { origin }))).toEqual({ vary: 'origin' });
      const refused = await ask(`${url}/things/7`, 'OPTIONS', { origin, ...preflight });
      expect(corsOf(refused)).toEqual({ vary: 'origin' });
    },
  );

  it('may read refusals, of whatever kind', async () => {
    const { url } = await startHttp({ corsOrigins: [page] }, (app) => {
      const onRequest = async () => Promise.reject(new Error('no'));
      app.get('/closed', { onRequest }, async () => ({}));
    });
    for (const [path, status] of [
      ['/nowhere', 404],
      ['/stale', 412],
      ['/closed', 500],
    ] as const) {
      const answer = await ask(`${url}${path}`, 'GET', { origin: page });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([status, page]);
    }
  });

  it('may be any when the list is a star, and answers then do not depend on it', async () => {
    const { url } = await startHttp({ compression: 'off', corsOrigins: '*' });
    expect(corsOf(await ask(`${url}/things`, 'GET', { origin: 'capacitor://localhost' }))).toMatchObject({
      'access-control-allow-origin': '*',
    });
    for (const headers of [{ origin: page }, {}] as Record<string, string>[]) {
      const answer = await ask(`${url}/things`, 'GET', headers);
      expect([answer.headers.get('access-control-allow-origin'), answer.headers.has('vary')]).toEqual(['*', false]);
    }
  });
});

describe('a preflight', () => {
  it('is answered without a token, for the headers and methods of the house, for two hours', async () => {
    const { url } = await startHttp({ compression: 'off', corsOrigins: [page] });
    const answer = await ask(`${url}/things/7`, 'OPTIONS', { origin: page, ...preflight });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(corsOf(answer)).toEqual({
      'access-control-allow-origin': page,
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers':
        'authorization, content-type, etag, if-match, if-none-match, apollo-require-preflight, x-request-id',
      'access-control-max-age': '7200',
      vary: 'origin',
    });
  });

  it('is answered for an address that does not exist, so that the page can read its 404', async () => {
    const { url } = await startHttp({ corsOrigins: [page] });
    const answer = await ask(`${url}/nowhere`, 'OPTIONS', { origin: page, ...preflight });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, page]);
  });

  it('is not an OPTIONS that asks for the methods of an address', async () => {
    const { url } = await startHttp({ corsOrigins: [page] });
    const answer = await ask(`${url}/things`, 'OPTIONS', { origin: page });
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST']);
    expect((await ask(`${url}/nowhere`, 'OPTIONS', {})).status).toBe(404);
  });

  it('counts for no limit', async () => {
    const { url } = await startHttp({ corsOrigins: [page], rateLimit: 1 });
    for (let count = 0; count < 3; count += 1) {
      expect((await ask(`${url}/things`, 'OPTIONS', { origin: page, ...preflight })).status).toBe(204);
    }
    expect((await ask(`${url}/things`, 'GET', { origin: page })).status).toBe(200);
    const refused = await ask(`${url}/things`, 'GET', { origin: page });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([429, page]);
  });
});
