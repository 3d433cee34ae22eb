/** The limits and headers of HTTP in the whole house: who a caller is, and that both transports keep to them. */
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestApp, makeWorld, type World } from '../../world.ts';

const limit = 20;
const page = 'https://field.example';
const question = { query: '{ campaigns { nodes { id } } }' };

let world: World;
let app: World['app'];
let close: () => Promise<void>;

/** Each test has a server that counted nobody yet. */
const start = async (env: Readonly<Record<string, string>>): Promise<void> => {
  const made = await makeTestApp(world.url, { env });
  app = made.http.app;
  close = () => made.close();
};

const get = async (url: string, headers: Record<string, string> = {}) => {
  const { statusCode: status, headers: answered, rawPayload } = await app.inject({ method: 'GET', url, headers });
  return { status, headers: answered, rawPayload };
};

beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

describe('a caller', () => {
  it('is a person with all tokens, in REST and in GraphQL, from the second request of a token on', async () => {
    await start({ RATE_LIMIT: String(limit) });
    const alice = world.as('alice');
    const left = async (headers: Record<string, string>, url = '/v2/notes') =>
      /r=(\d+)/.exec(String((await get(url, headers)).headers['ratelimit']))?.[1];
    expect(await left(alice)).toBe('19');
    expect(await left(alice)).toBe('19');
    const graphql = await app.inject({ method: 'POST', url: '/graphql', headers: alice, payload: question });
    expect(graphql.headers['ratelimit']).toMatch(/^"default";r=18;t=\d+$/);
    expect(graphql.headers['ratelimit-policy']).toBe(`"default";q=${limit};w=60`);
    // Strangers of this network, and every first request, have a count of their own.
    expect(await left(world.as('bob'))).toBe('18');
    expect(await left(world.as('bob'))).toBe('19');
    expect(await left({})).toBe('17');
    expect(await left({ authorization: 'Bearer a.forged.token' }, '/nowhere')).toBe('16');
    await close();
  });

  it('who guesses tokens is stopped, and people of the same network are not', async () => {
    await start({ RATE_LIMIT: String(limit) });
    expect((await get('/v2/notes', world.as('alice'))).status).toBe(200);
    const guess = async (count: number) =>
      (await get('/v2/notes', { authorization: `Bearer guess.${count}.guess` })).status;
    const statuses: number[] = [];
    for (let count = 1; count < limit + 3; count += 1) statuses.push(await guess(count));
    expect(statuses).toEqual([...Array<number>(limit - 1).fill(401), 429, 429, 429]);
    expect((await get('/v2/notes', world.as('alice'))).status).toBe(200);
    await close();
  });

  it('is refused in the words of the transport', async () => {
    await start({ RATE_LIMIT: '1', CORS_ORIGINS: page });
    const headers = { ...world.as('alice'), origin: page };
    for (let count = 0; count < 2; count += 1) expect((await get('/v2/notes', headers)).status).toBe(200);
    const rest = await get('/v2/notes', headers);
    const graphql = await app.inject({ method: 'POST', url: '/graphql', headers, payload: question });
    for (const answer of [rest, { ...graphql, status: graphql.statusCode }]) {
      expect(answer.status).toBe(429);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': page,
        'cache-control': 'no-store',
        ratelimit: expect.stringMatching(/^"default";r=0;t=\d+$/),
        'retry-after': expect.stringMatching(/^\d+$/),
      });
    }
    expect(rest.headers['content-type']).toBe('application/problem+json');
    expect(graphql.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', status: 429 } }] });
    await close();
  });
});

/** All headers save those of this one answer, and how it came (RFC 9112 §6.1: HEAD need not say that). */
const lasting = ({
  date: _,
  'x-request-id': __,
  'transfer-encoding': ___,
  ...rest
}: Readonly<Record<string, unknown>>) => rest;

describe('an answer', () => {
  it('says what it depends on, whichever part of the server is the reason', async () => {
    await start({ CORS_ORIGINS: page });
    for (const url of ['/v2/notes', '/v2/notes?limit=2000', `/v1/surveys/${world.ids.survey}`]) {
      const { headers } = await get(url, world.as('alice'));
      expect(headers.vary).toBe('authorization, origin, accept-encoding');
    }
    const graphql = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: world.as('alice'),
      payload: question,
    });
    expect(graphql.headers.vary).toBe('authorization, origin, accept-encoding');
    expect((await get('/v2/notes')).headers.vary).toBe('authorization, origin, accept-encoding');
    await close();
  });

  it('that came compressed has an etag that guards a change', async () => {
    await start({});
    const { id } = await world.create('alice', 'note', { text: 'Dog in the yard. '.repeat(100) });
    const headers = { ...world.as('alice'), 'accept-encoding': 'gzip' };
    const read = await get(`/v2/notes/${id}`, headers);
    expect(read.headers['content-encoding']).toBe('gzip');
    const { meta } = JSON.parse(gunzipSync(read.rawPayload).toString()) as { meta: { etag: string } };
    expect(read.headers.etag).toBe(`"${meta.etag}"`);
    const same = await get(`/v2/notes/${id}`, { ...headers, 'if-none-match': String(read.headers.etag) });
    expect([same.status, same.headers.etag]).toEqual([304, read.headers.etag]);
    const patched = await app.inject({
      method: 'PATCH',
      url: `/v2/notes/${id}`,
      headers: { ...headers, 'if-match': String(read.headers.etag) },
      payload: { data: [{ op: 'replace', path: '/data/text', value: 'No dog any more.' }] },
    });
    expect(patched.statusCode).toBe(200);
    await close();
  });

  it.each([{}, { 'accept-encoding': 'gzip' }])('to HEAD has the headers of GET, with %j', async (accepted) => {
    await start({});
    const headers = { ...world.as('alice'), 'apollo-require-preflight': 'yes', ...accepted };
    for (let count = 0; count < 5; count += 1) await world.create('alice', 'note', { text: 'x'.repeat(500) });
    for (const url of [
      '/v2/notes',
      '/v2/notes?limit=1500',
      `/v1/surveys/${world.ids.survey}`,
      '/v2/notes/nonsense',
      '/problems/NOT_FOUND',
      '/health/live',
      `/graphql?query=${encodeURIComponent('{ notes { nodes { id data { text } } } }')}`,
      '/graphql?query=%7B',
    ]) {
      const read = await app.inject({ method: 'GET', url, headers });
      const head = await app.inject({ method: 'HEAD', url, headers });
      expect([url, head.statusCode, lasting(head.headers)]).toEqual([url, read.statusCode, lasting(read.headers)]);
      expect(head.rawPayload.length).toBe(0);
    }
    await close();
  });
});
