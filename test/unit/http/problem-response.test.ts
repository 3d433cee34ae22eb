import { describe, expect, it } from 'vitest';
import { makeProblemResponse } from '../../../src/http/problem-response.ts';
import { catalogue, Problem, type ProblemCode } from '../../../src/problem.ts';

const codes = Object.keys(catalogue) as ProblemCode[];
const requestId = 'r1';

describe('a problem over HTTP', () => {
  it.each(codes)('%s has its status, a type to look up, a title, the detail, the code and the request id', (code) => {
    const { status, headers, body } = makeProblemResponse(new Problem(code, 'What came.'), { requestId });
    const { title } = catalogue[code];
    expect(status).toBe(catalogue[code].status);
    expect(JSON.parse(body)).toEqual({
      type: `/problems/${code}`,
      title,
      status,
      detail: 'What came.',
      code,
      requestId,
    });
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json', 'x-request-id': 'r1' });
  });

  it('carries the faults of the input and the current etag', () => {
    const errors = [{ pointer: '/data/text', message: 'is required' }];
    const invalid = makeProblemResponse(new Problem('INVALID_INPUT', 'No.', { errors }), { requestId });
    expect(JSON.parse(invalid.body)).toMatchObject({ errors });
    const stale = makeProblemResponse(new Problem('ETAG_STALE', 'No.', { etag: '2-abc' }), { requestId });
    expect(JSON.parse(stale.body)).toMatchObject({ etag: '2-abc' });
    expect(stale.headers).toMatchObject({ etag: '"2-abc"' });
  });

  it.each(codes.filter((code) => [429, 503].includes(catalogue[code].status)))('%s says when to try again', (code) => {
    const at = (retryAfter?: number) =>
      makeProblemResponse(new Problem(code, 'No.', retryAfter === undefined ? {} : { retryAfter }), { requestId });
    expect(at().headers).toMatchObject({ 'retry-after': '5' });
    expect(at(30).headers).toMatchObject({ 'retry-after': '30' });
  });

  it('challenges a stranger without naming an error, and a bad token by name', () => {
    const problem = new Problem('UNAUTHENTICATED', 'Its claim "sub" is für nobody.');
    const challenge = (authorization?: string) =>
      makeProblemResponse(problem, { requestId, authorization }).headers['www-authenticate'];
    expect(challenge()).toBe('Bearer realm="doorstep"');
    expect(challenge('Basic YTpi')).toBe('Bearer realm="doorstep"');
    expect(challenge('Bearer x')).toBe(
      `Bearer realm="doorstep", error="invalid_token", error_description="Its claim 'sub' is f?r nobody."`,
    );
  });

  it('names what would be accepted with a 415', () => {
    const problem = new Problem('UNSUPPORTED_MEDIA_TYPE', 'No.');
    const types = 'application/json, application/json-patch+json';
    expect(makeProblemResponse(problem, { requestId, method: 'PATCH' }).headers).toMatchObject({
      'accept-patch': types,
    });
    expect(makeProblemResponse(problem, { requestId, method: 'POST' }).headers).toMatchObject({ accept: types });
  });
});
