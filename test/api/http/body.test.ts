import { describe, expect, it } from 'vitest';
import { startHttp } from './start-http.ts';

const send = async (
  body: string | Uint8Array<ArrayBuffer> | undefined,
  {
    type = 'application/json',
    method = 'POST',
    path = '/things',
  }: { type?: string | null; method?: string; path?: string } = {},
) => {
  const { url } = await startHttp();
  const headers = type === null ? {} : { 'content-type': type };
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const response = await fetch(url + path, { method, headers, ...(bytes === undefined ? {} : { body: bytes }) });
  return { status: response.status, headers: response.headers, body: (await response.json()) as never };
};

describe('a body is read', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'Application/JSON',
    'application/json-patch+json',
  ])('as %s', async (type) => {
    expect(await send('{"a":[1,"é"]}', { type })).toMatchObject({ status: 201, body: { got: { a: [1, 'é'] } } });
  });

  it('without the byte order mark in front', async () => {
    expect(await send('\uFEFF{"a":1}')).toMatchObject({ body: { got: { a: 1 } } });
  });

  it('up to the limit of its route', async () => {
    expect(await send(`"${'x'.repeat(3_998)}"`, { path: '/things/bulk' })).toMatchObject({ status: 200 });
  });

  it('when it is none and the method is DELETE, whatever the content type says', async () => {
    expect(await send(undefined, { method: 'DELETE', path: '/things/1' })).toMatchObject({ status: 200 });
  });
});

describe('a body is refused', () => {
  it('with line and column when it is not JSON', async () => {
    expect(await send('{\n  "text": "Dog",\n}')).toMatchObject({
      status: 400,
      body: {
        code: 'MALFORMED_JSON',
        detail: 'The body is not valid JSON at line 3, column 1: expected a key in double quotes, got "}".',
      },
    });
  });

  it.each([undefined, '', ' \n'])('when it is empty: %j', async (body) => {
    const { status, body: problem } = await send(body);
    expect(status).toBe(400);
    expect(problem).toMatchObject({ code: 'MALFORMED_JSON', detail: 'The body is empty; expected a JSON document.' });
  });

  it('when it is missing and the content type too', async () => {
    expect(await send(undefined, { type: null })).toMatchObject({ status: 400, body: { code: 'MALFORMED_JSON' } });
  });

  it('when its bytes are not UTF-8', async () => {
    expect(await send(new Uint8Array([0x22, 0xc3, 0x28, 0x22]))).toMatchObject({
      status: 400,
      body: { code: 'MALFORMED_JSON', detail: 'The body has to be UTF-8, and holds bytes that are not.' },
    });
  });

  it('when it nests ten thousand deep', async () => {
    const { status, body } = await send('['.repeat(1_900) + ']'.repeat(1_900), { path: '/things/bulk' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it.each([
    '{"__proto__":{"admin":true}}',
    '{"a":"\\u0000"}',
    '{"a":"\\ud800"}',
    '{"a":9007199254740993}',
    '{"a":1e999}',
  ])('when it holds %s', async (body) => {
    expect(await send(body)).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT', errors: [{}] } });
  });

  it('when it is larger than the route takes, and the limit is named', async () => {
    expect(await send(`"${'x'.repeat(1_000)}"`)).toMatchObject({
      status: 413,
      body: { code: 'BODY_TOO_LARGE', detail: 'The body may have 1000 bytes at this address.' },
    });
    expect(await send(`"${'x'.repeat(4_000)}"`, { path: '/things/bulk' })).toMatchObject({
      body: { detail: 'The body may have 4000 bytes at this address.' },
    });
  });

  it('with an answer that arrives, even while megabytes are still being sent', async () => {
    expect(await send(new Uint8Array(20_000_000))).toMatchObject({ status: 413 });
  });

  it('when it comes in pieces that add up to too much', async () => {
    const { exchange } = await startHttp();
    const head = 'POST /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n';
    const chunk = `200\r\n${'1'.repeat(0x200)}\r\n`;
    const answer = await exchange(`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk, chunk, '0\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  it.each([
    ['text/plain', 'got text/plain'],
    ['application/x-www-form-urlencoded', 'got application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x', 'got multipart/form-data; boundary=x'],
    ['nonsense', 'got nonsense'],
  ])('as %s, with what would be taken', async (type, detail) => {
    const { status, headers, body } = await send('{}', { type });
    expect(status).toBe(415);
    expect(headers.get('accept')).toBe('application/json, application/json-patch+json');
    expect(body).toMatchObject({
      code: 'UNSUPPORTED_MEDIA_TYPE',
      detail: `The body has to be application/json or application/json-patch+json; ${detail}.`,
    });
  });

  it('without a content type', async () => {
    const { body } = await send('{}', { type: null });
    expect(body).toMatchObject({ detail: expect.stringContaining('the Content-Type is missing') as string });
  });

  it('in another charset', async () => {
    const { status, headers, body } = await send('[]', {
      type: 'application/json-patch+json; charset=latin1',
      method: 'PATCH',
      path: '/things/1',
    });
    expect(status).toBe(415);
    expect(headers.get('accept-patch')).toBe('application/json, application/json-patch+json');
    expect(body).toMatchObject({ detail: 'The body has to be UTF-8 (RFC 8259 §8.1), not latin1.' });
  });
});
