/** Integrations: an application that acts for itself is the user that it was registered with, and no more. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClients } from '../../../src/sign-in/clients.ts';
import { systemClock } from '../../../src/clock.ts';
import { type Office, openOffice } from './sign-in.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const grant = { grant_type: 'client_credentials' };
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

test('an integration is its user, with that user’s rights, and gets no refresh token', async () => {
  const { id, secret } = office.robot;
  const { status, body } = await office.token(grant, basic(id, secret!));
  expect([status, body.refresh_token]).toEqual([200, undefined]);
  const { userId, organizationId } = office.people.frank;
  expect(decodeJwt(body.access_token!)).toMatchObject({ sub: userId, organizationId, client_id: id });
  expect(await office.ask(body.access_token!)).toBe(200);
  const headers = { authorization: `Bearer ${body.access_token}` };
  const forbidden = await office.app.inject({ method: 'POST', url: '/v2/contacts', headers, payload: { profile: {} } });
  expect(forbidden.statusCode).toBe(403);
  expect((await office.token({ ...grant, client_id: id, client_secret: secret! })).status).toBe(200);
});

test('the change log names the application', async () => {
  const { id, secret } = office.robot;
  const { body } = await office.token(grant, basic(id, secret!));
  const headers = { authorization: `Bearer ${body.access_token}` };
  const payload = { contactId: office.ids.contact, text: 'Ring twice.' };
  const made = await office.app.inject({ method: 'POST', url: '/v2/notes', headers, payload });
  const [entry] = await office.database.query<{ client: string }>({
    text: 'SELECT client FROM change_log WHERE row_id = $1',
    values: [made.json<{ id: string }>().id],
  });
  expect(entry?.client).toBe(id);
});

test('nobody acts for themselves with a wrong secret, without one, or unasked', async () => {
  const { robot, partner, app1 } = office;
  const answers = [
    await office.token(grant, basic(robot.id, 'guessed')),
    await office.token({ ...grant, client_id: robot.id }),
    await office.token(grant, { authorization: 'Basic ???' }),
    await office.token(grant, basic(partner.id, partner.secret!)),
    await office.token({ ...grant, client_id: app1.id }),
    await office.token({ grant_type: 'password', client_id: app1.id, username: 'alice', password: 'x' }),
  ];
  expect(answers.map(({ status, body }) => [status, body.error])).toEqual([
    [401, 'invalid_client'],
    [401, 'invalid_client'],
    [400, 'invalid_request'],
    [400, 'invalid_request'],
    [400, 'invalid_request'],
    [400, 'unsupported_grant_type'],
  ]);
});

test('an integration that is removed is cut off, and so is one whose user is', async () => {
  const clients = makeClients({ database: office.database, clock: systemClock });
  const { userId, organizationId } = office.people.frank;
  const actsAs = { customerId: office.ids.customer, userId, organizationId };
  const added = await clients.add({
    id: null,
    name: 'Short',
    redirectUris: [],
    needsPkce: true,
    hasSecret: true,
    actsAs,
  });
  const { body } = await office.token(grant, basic(added.id, added.secret!));
  expect(await clients.remove(added.id)).toBe(true);
  office.viewers.forget(office.ids.customer);
  expect(await office.ask(body.access_token!)).toBe(401);
  expect((await office.token(grant, basic(added.id, added.secret!))).status).toBe(401);
  expect(await clients.remove(added.id)).toBe(false);
});

test('only a hash of a secret is kept, and an application that could be misused is not registered', async () => {
  const rows = await office.database.query<{ row: string }>({
    text: 'SELECT c::text AS row FROM oauth_clients c',
    values: [],
  });
  expect(rows.map(({ row }) => row).join()).not.toContain(office.robot.secret);
  const clients = makeClients({ database: office.database, clock: systemClock });
  const bad = [
    ...[
      'http://app.example/',
      'javascript:alert(1)',
      'https://app.example/#top',
      'https://u:p@app.example/',
      'nonsense',
    ],
    ...['https://*.example/', 'https://app.example\\@evil.example/'],
  ];
  for (const uri of bad) {
    const client = { id: null, name: 'Bad', redirectUris: [uri], needsPkce: true, hasSecret: false, actsAs: null };
    await expect(clients.add(client)).rejects.toMatchObject({ facts: { errors: [{ pointer: '/redirectUris/0' }] } });
  }
  const taken = {
    id: office.app1.id,
    name: 'Again',
    redirectUris: ['app.example:/back'],
    needsPkce: true,
    hasSecret: false,
  };
  await expect(clients.add({ ...taken, actsAs: null })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
