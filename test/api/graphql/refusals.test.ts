/** What is refused at /graphql before Apollo sees it looks to a client like every other refusal of GraphQL. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWorld, type World } from '../../world.ts';

const typename = JSON.stringify({ query: '{ __typename }' });
const json = { 'content-type': 'application/json' };

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string;
}

const strangers: Readonly<Record<string, Refused>> = {
  'no token': { status: 401, code: 'UNAUTHENTICATED', headers: json, payload: typename },
  'a forged token': {
    ...{ status: 401, code: 'UNAUTHENTICATED', payload: typename },
    headers: { ...json, authorization: 'Bearer forged' },
  },
};
const bodies: Readonly<Record<string, Refused>> = {
  'a body that is no JSON': { status: 400, code: 'MALFORMED_JSON', headers: json, payload: '{ "query": ' },
  'a number that is infinite': { status: 400, code: 'INVALID_INPUT', headers: json, payload: '{ "variables": 1e999 }' },
  'an empty body': { status: 400, code: 'MALFORMED_JSON', headers: json },
  'no body and no media type': { status: 400, code: 'MALFORMED_JSON' },
  'another media type': {
    ...{ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', payload: 'x' },
    headers: { 'content-type': 'text/plain' },
  },
  'a body that is too large': { status: 413, code: 'BODY_TOO_LARGE', headers: json, payload: `"${'x'.repeat(2_000)}"` },
};

const answerTypes = [
  ['*/*', 'application/json; charset=utf-8'],
  ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
] as const;

describe.each(['on', 'off'])('with the short way %s', (shortWay) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld({ env: { SHORT_WAY: shortWay, BULK_BODY_LIMIT: '2000' } });
  });
  afterAll(() => world.close());

  const post = (headers: Readonly<Record<string, string>>, payload?: string) =>
    world.app.inject({ method: 'POST', url: '/graphql', headers, ...(payload === undefined ? {} : { payload }) });

  test.each(Object.entries({ ...strangers, ...bodies }))('%s is refused as GraphQL refuses', async (name, refused) => {
    const { status, code, headers = {}, payload } = refused;
    const authorized = name in strangers ? headers : { ...headers, ...world.as('alice') };
    for (const [accept, type] of answerTypes) {
      const response = await post({ ...authorized, accept, 'x-request-id': 'mine' }, payload);
      expect(response.statusCode).toBe(status);
      expect(response.headers).toMatchObject({
        ...{ 'content-type': type, 'cache-control': 'no-store', 'x-request-id': 'mine' },
        ...(status === 401 ? { 'www-authenticate': expect.stringContaining('Bearer') } : {}),
      });
      const { errors, ...rest } = response.json<{ errors: readonly [{ message: string }] }>();
      const facts = { code, status, title: expect.any(String), detail: errors[0].message, requestId: 'mine' };
      expect(errors).toMatchObject([{ extensions: facts }]);
      expect(rest).toEqual({});
    }
  });

  test.each([
    '',
    'application/json',
    'application/graphql-response+json, application/json;q=0.9',
    'application/json, application/graphql-response+json',
    'application/graphql-response+json;q=0.5, application/*;q=0.8',
    'application/json;q=0, */*',
    'Application/GraphQL-Response+JSON; charset=utf-8',
    'text/html, application/*;q=0.1',
    'application/json;q=0.2, application/graphql-response+json; q=0.2001',
  ])('a refusal has the media type of an answer to Accept: %s', async (accept) => {
    const answered = await post({ ...json, ...world.as('alice'), accept }, typename);
    const refused = await post({ ...json, accept }, typename);
    expect([answered.statusCode, refused.statusCode]).toEqual([200, 401]);
    expect(refused.headers['content-type']).toBe(answered.headers['content-type']);
  });

  test('who takes neither media type is refused as JSON', async () => {
    const { statusCode, headers } = await post({ ...json, accept: 'text/html' }, typename);
    expect(statusCode).toBe(401);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });
});
