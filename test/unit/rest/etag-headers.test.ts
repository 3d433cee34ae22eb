import { expect, it } from 'vitest';
import { readEtags } from '../../../src/rest/etag-headers.ts';

it.each([
  [{}, null],
  [{ etag: '' }, null],
  [{ etag: 'a' }, ['a']],
  [{ etag: '"a"' }, ['a']],
  [{ 'if-match': '"a", W/"b"' }, ['a', 'b']],
  [{ 'if-match': '*' }, '*'],
  [{ etag: 'a', 'if-match': '*' }, ['a']],
  [{ etag: 'a', 'if-match': '"b", "a"' }, ['a']],
  [{ etag: 'a', 'if-match': '"b"' }, []],
])('%j accepts %j', (headers, etags) => {
  expect(readEtags(headers)).toEqual({ etags, fault: null });
});

it.each([{ etag: '"a' }, { etag: 'a, b' }, { etag: '*' }, { 'if-match': 'a b' }, { etag: 'a', 'if-match': '"b' }])(
  '%j counts as none, with the fault beside it',
  (headers) => {
    expect(readEtags(headers)).toMatchObject({ etags: null, fault: { code: 'MALFORMED_REQUEST' } });
  },
);
