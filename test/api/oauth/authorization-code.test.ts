/** From an application's request to its tokens: a code, once, for whoever began. */
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callback, type Office, openOffice, verifier } from './sign-in.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

test('a person signs in, lets an app in for an organization, and its token is theirs', async () => {
  const at = await office.authorize(office.app1);
  expect(`${at.origin}${at.pathname}`).toBe(callback);
  expect(at.searchParams.get('state')).toBe('af0ifjsldkj');
  expect(at.searchParams.get('organizationId')).toBe(office.ids.organization);
  const { status, headers, body } = await office.redeem(office.app1, at);
  expect([status, headers['cache-control'], body.token_type]).toEqual([200, 'no-store', 'Bearer']);
  expect(await office.ask(body.access_token!)).toBe(200);
  expect(decodeProtectedHeader(body.access_token!)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  const claims = decodeJwt(body.access_token!);
  expect(claims).toMatchObject({
    iss: 'http://127.0.0.1:4000/oauth',
    aud: 'doorstep',
    sub: office.ids.user,
    client_id: office.app1.id,
    customerId: office.ids.customer,
    organizationId: office.ids.organization,
  });
  expect(verifier).toHaveLength(43);
});
