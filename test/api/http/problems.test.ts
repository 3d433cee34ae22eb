import { describe, expect, it } from 'vitest';
import { startHttp } from './start-http.ts';

const json = { 'content-type': 'application/json' };

const send = async (url: string, init: RequestInit = {}) => {
  const response = await fetch(url, init);
  const text = await response.text();
  const type = response.headers.get('content-type');
  return {
    status: response.status,
    headers: response.headers,
    type,
    body: text === '' ? null : (JSON.parse(text) as never),
  };
};

describe('an unknown address', () => {
  it('is 404, in the same form as every problem', async () => {
    const { url } = await startHttp();
    const { status, type, body } = await send(`${url}/nowhere?token=hunter2`);
    expect({ status, type }).toEqual({ status: 404, type: 'application/problem+json' });
    expect(body).toEqual({
      type: '/problems/NOT_FOUND',
      title: 'There is nothing here for you',
      status: 404,
      detail: 'There is nothing at /nowhere.',
      code: 'NOT_FOUND',
      requestId: expect.any(String) as string,
    });
  });

  it('is 404 before its body is read', async () => {
    const { url } = await startHttp();
    const { body } = await send(`${url}/nowhere`, { method: 'POST', headers: json, body: '{' });
    expect(body).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is 405 with Allow where another method does answer', async () => {
    const { url } = await startHttp();
    const { status, headers, body } = await send(`${url}/things/7?x=1`, { method: 'PUT', headers: json, body: '{' });
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('DELETE, PATCH');
    expect(body).toMatchObject({ detail: '/things/7 takes DELETE, PATCH, not PUT.' });
  });

  it('tells the methods to OPTIONS', async () => {
    const { url } = await startHttp();
    const { status, headers } = await send(`${url}/things/`, { method: 'OPTIONS' });
    expect(status).toBe(204);
    expect(headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('tells the methods of the whole server to OPTIONS *', async () => {
    const { exchange } = await startHttp();
    const ask = (method: string) => exchange(`${method} * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(await ask('OPTIONS')).toMatch(/^HTTP\/1.1 204 [^]*allow: DELETE, GET, HEAD, PATCH, POST\r\n/);
    expect(await ask('GET')).toMatch(/^HTTP\/1.1 404 /);
  });

  it('is 400 when it cannot be decoded', async () => {
    const { exchange } = await startHttp();
    const answer = await exchange('GET /things/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toMatch(/x-request-id: [0-9a-f-]{36}/);
    expect(answer).toContain('"code":"MALFORMED_REQUEST"');
  });

  it('is 404 when one part is longer than any id', async () => {
    const { url } = await startHttp();
    const { body } = await send(`${url}/things/${'x'.repeat(200)}`, { method: 'DELETE' });
    expect(body).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is the same address with a slash at the end', async () => {
    const { url } = await startHttp();
    expect(await send(`${url}/things/`)).toMatchObject({ status: 200 });
  });
});

describe('what a handler throws', () => {
  it('reaches the caller when it is a problem, with its headers', async () => {
    const { url } = await startHttp();
    const { status, headers, body } = await send(`${url}/stale`);
    expect(status).toBe(412);
    expect(headers.get('etag')).toBe('"2-abc"');
    expect(body).toMatchObject({ code: 'ETAG_STALE', detail: 'It has changed.', etag: '2-abc' });
  });

  it('stays in the log when it is a bug, under the request id that the caller gets', async () => {
    const { url, lines } = await startHttp();
    const { status, body, headers } = await send(`${url}/broken`, { headers: { 'x-request-id': 'my.request-1' } });
    expect(status).toBe(500);
    expect(headers.get('x-request-id')).toBe('my.request-1');
    expect(body).toMatchObject({ code: 'INTERNAL', requestId: 'my.request-1' });
    expect(JSON.stringify(body)).not.toContain('voters');
    const line = lines.find(({ level }) => level === 'error');
    expect(line).toMatchObject({ requestId: 'my.request-1', err: { message: 'SELECT name FROM voters failed' } });
    expect(JSON.stringify(line)).toContain('start-http.ts');
  });
});

describe('the type of a problem', () => {
  it('can be looked up', async () => {
    const { url } = await startHttp();
    expect(await send(`${url}/problems/ETAG_STALE`)).toMatchObject({
      status: 200,
      body: { code: 'ETAG_STALE', status: 412, title: 'The row has changed since you read it' },
    });
    expect(await send(`${url}/problems/toString`)).toMatchObject({ status: 404 });
  });
});

describe('the request id', () => {
  it('is that of the caller when it is sane, and in every log line', async () => {
    const { url, lines } = await startHttp();
    const { headers } = await send(`${url}/things?filter=x`, { headers: { 'x-request-id': 'abc_DEF.1-2' } });
    expect(headers.get('x-request-id')).toBe('abc_DEF.1-2');
    await expect
      .poll(() => lines.find(({ msg }) => msg === 'answered'))
      .toMatchObject({
        requestId: 'abc_DEF.1-2',
        method: 'GET',
        path: '/things',
        status: 200,
      });
  });

  it.each(['a b', 'x'.repeat(129), 'a,b', '{"level":"fatal"}'])('is a new UUID instead of %s', async (given) => {
    const { url } = await startHttp();
    const { headers } = await send(`${url}/things`, { headers: { 'x-request-id': given } });
    expect(headers.get('x-request-id')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('comes without the query and the headers in the log', async () => {
    const { url, lines } = await startHttp();
    await send(`${url}/things?name=Ada`, { headers: { authorization: 'Bearer hunter2' } });
    await expect.poll(() => lines.some(({ msg }) => msg === 'answered')).toBe(true);
    expect(JSON.stringify(lines)).not.toMatch(/Ada|hunter2/);
  });
});

it('HEAD answers like GET, without the body', async () => {
  const { url } = await startHttp();
  const { status, headers, body } = await send(`${url}/things`, { method: 'HEAD' });
  expect({ status, length: headers.get('content-length'), body }).toEqual({ status: 200, length: '11', body: null });
});
