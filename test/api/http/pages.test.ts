/** What strangers and browsers get: the description of the API, its reference, GraphiQL. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readVersion } from '../../../src/cli/project-root.ts';
import { makeWorld, type World } from '../../world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  world.app.inject({ method: 'GET', url, headers });

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8' };

it('a stranger reads the description, and is not sent it again while it is the same', async () => {
  const first = await get('/openapi.json');
  expect(first.statusCode).toBe(200);
  expect(first.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(first.json()).toMatchObject({ openapi: '3.1.1', info: { version: readVersion() } });

  const again = await get('/openapi.json', { 'if-none-match': String(first.headers.etag) });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});

it('a page loads nothing that is not ours, and everything that it loads is there', async () => {
  for (const [url, headers] of [['/docs', {}] as const, ['/graphql', browser] as const]) {
    const page = await get(url, headers);
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    const parts = [...page.body.matchAll(/(?:src|href)="(?!data:)([^"]*)"/g)].map(([, address]) => address!);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) {
      const answer = await get(part);
      expect([part, answer.statusCode]).toEqual([part, 200]);
      expect(answer.headers['content-type']).toMatch(part.endsWith('.css') ? /^text\/css/ : /^text\/javascript/);
    }
    expect(page.body).not.toMatch(/<script>|<style>|\son\w+=/);
  }
});

it('who does not ask for a page at /graphql gets GraphQL', async () => {
  const url = `/graphql?query=${encodeURIComponent('{ campaigns { totalCount } }')}`;
  for (const accept of [
    'application/json',
    'application/graphql-response+json',
    '*/*',
    'application/json, text/html',
  ]) {
    const stranger = await get(url, { accept });
    expect([accept, stranger.statusCode]).toEqual([accept, 401]);
    const member = await get(url, { accept, 'apollo-require-preflight': 'yes', ...world.as('alice') });
    expect([accept, member.json()]).toMatchObject([accept, { data: { campaigns: { totalCount: 1 } } }]);
  }
  const posted = await world.app.inject({ method: 'POST', url: '/graphql', headers: browser, payload: {} });
  expect(posted.statusCode).toBe(401);
});
