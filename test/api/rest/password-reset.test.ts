/** A new password by letter, for whoever has forgotten theirs, or from the hands of a manager. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { isPassword } from '../../../src/access/password.ts';
import { type LetterBox, openLetterBox } from '../../letter-box.ts';
import { makeWorld, type PersonName, type World } from '../../world.ts';
import { briefly, type Call, makeCall } from './call.ts';

let box: LetterBox;
let world: World;
let call: Call;
let email: string;
let userId: string;
beforeAll(async () => {
  box = await openLetterBox();
  const env = {
    SMTP_URL: box.url,
    PASSWORD_RESET_PAGE: 'https://app.example/new#{token}',
    MAIL_FROM: 'D <d@doorstep.example>',
  };
  world = await makeWorld({ env });
  call = makeCall(world);
});
afterAll(async () => {
  await world.close();
  await box.close();
});
beforeEach(async () => {
  email = `${makeId()}@doorstep.example`;
  ({ id: userId } = await world.create('alice', 'user', { email }, { params: { password: 'forgotten soon' } }));
});

const reset = (body: unknown, person: PersonName | null = null) =>
  call(person, 'POST /v1/memberships/password-reset', { body });
const confirm = (token: unknown, password: unknown = 'a new password') =>
  call(null, 'POST /v1/memberships/password-reset/confirm', { body: { token, password } });

const lettersTo = (address: string) => box.letters.filter(({ to }) => to === address);
/** Letters go out behind the answer. */
const waitForLetters = async (address: string, count: number) => {
  await vi.waitFor(() => expect(lettersTo(address)).toHaveLength(count), { timeout: 10_000 });
  return lettersTo(address);
};
const tokenOf = ({ text }: { readonly text: string }): string => /new#([\w-]+)/.exec(text)![1]!;
const isPasswordOf = async (id: string, password: string): Promise<boolean> => {
  const [row] = await world.database.query<{ password_hash: string | null }>({
    text: 'SELECT password_hash FROM users WHERE id = $1',
    values: [id],
  });
  return isPassword(password, row!.password_hash);
};

test('the answer is the same whether or not anybody has the email, and the letter lets its reader choose a password', async () => {
  const [known, unknown] = [
    await reset({ email: email.toUpperCase() }),
    await reset({ email: `${makeId()}@nowhere.example` }),
  ];
  expect([known.status, known.text]).toEqual([202, unknown.text]);
  expect(unknown.status).toBe(202);
  const [letter] = await waitForLetters(email, 1);
  expect(letter!.text).toMatch(/^From: D <d@doorstep\.example>$/m);
  expect((await confirm(tokenOf(letter!))).status).toBe(200);
  expect([await isPasswordOf(userId, 'a new password'), await isPasswordOf(userId, 'forgotten soon')]).toEqual([
    true,
    false,
  ]);
});

test('a token works once, of two who use it at the same moment for one, and only a hash of it is kept', async () => {
  await reset({ data: { email } });
  const [letter] = await waitForLetters(email, 1);
  const token = tokenOf(letter!);
  const kept = await world.database.query<{ row: string }>({
    text: 'SELECT r::text AS row FROM password_resets r',
    values: [],
  });
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.map(({ row }) => row).join()).not.toContain(Buffer.from(token).toString('hex'));
  const answers = await Promise.all([confirm(token), confirm(token), confirm(token)]);
  expect(answers.map(briefly).sort()).toEqual(['200', '400 INVALID_INPUT', '400 INVALID_INPUT']);
});

test('an expired token is none, a bad password does not use it up, and a chosen password voids the others', async () => {
  await reset({ email });
  await waitForLetters(email, 1);
  await reset({ email });
  const [first, second] = (await waitForLetters(email, 2)).map(tokenOf);
  for (const password of ['short', 12345678, null, 'x'.repeat(1025)]) {
    const { status, problem } = await confirm(first, password);
    expect([status, problem.errors?.map(({ pointer }) => pointer)]).toEqual([400, ['/password']]);
  }
  await world.database.query({
    text: "UPDATE password_resets SET expires = now() - interval '1 second' WHERE user_id = $1",
    values: [userId],
  });
  expect((await confirm(first)).problem.errors).toMatchObject([{ pointer: '/token' }]);
  await world.database.query({
    text: "UPDATE password_resets SET expires = now() + interval '1 hour' WHERE user_id = $1",
    values: [userId],
  });
  expect(briefly(await confirm(first))).toBe('200');
  expect(briefly(await confirm(second))).toBe('400 INVALID_INPUT');
  expect(briefly(await confirm('made up'))).toBe('400 INVALID_INPUT');
});

test('an email that several customers know gets a letter for each, and each sets its own password', async () => {
  const theirs = await world.create('dora', 'user', { email });
  await reset({ email });
  const letters = await waitForLetters(email, 2);
  const ours = letters.find(({ text }) => text.includes('at Ours'))!;
  expect(letters.filter(({ text }) => text.includes('at Theirs'))).toHaveLength(1);
  expect((await confirm(tokenOf(ours))).status).toBe(200);
  expect([await isPasswordOf(userId, 'a new password'), await isPasswordOf(theirs.id, 'a new password')]).toEqual([
    true,
    false,
  ]);
});

test('nobody’s letter box is filled by strangers, and who may not sign in gets no letter', async () => {
  for (let time = 0; time < 6; time += 1) await reset({ email });
  const inactive = `${makeId()}@doorstep.example`;
  await world.create('alice', 'user', { email: inactive, status: 'inactive' });
  await reset({ email: inactive });
  await waitForLetters(email, 3);
  // A letter of later proves that those of before would have come.
  const later = `${makeId()}@doorstep.example`;
  await world.create('alice', 'user', { email: later });
  await reset({ email: later });
  await waitForLetters(later, 1);
  expect(lettersTo(inactive)).toEqual([]);
});

test('the change is logged as the person’s own, without the password', async () => {
  await reset({ email });
  await confirm(tokenOf((await waitForLetters(email, 1))[0]!), 'nothing to read');
  const logged = await world.database.query<{ entry: string; changed_by: string }>({
    text: "SELECT l::text AS entry, changed_by FROM change_log l WHERE row_id = $1 AND verb = 'patch'",
    values: [userId],
  });
  expect(logged.map((row) => row.changed_by)).toEqual([userId]);
  expect(logged[0]!.entry).not.toMatch(/nothing to read|scrypt/);
});

test('a body that is neither form is refused, and the form of managers needs a token', async () => {
  for (const body of [{}, { email: 5 }, { email: '' }, { data: {} }, [], { email, password: 'x' }]) {
    expect([body, briefly(await reset(body))]).toEqual([body, '400 INVALID_INPUT']);
  }
  const body = { data: { membershipId: makeId() }, params: { password: 'a new password', contextPassword: 'mine' } };
  expect(briefly(await reset(body))).toBe('401 UNAUTHENTICATED');
});

async function membershipOf(roleId: string, organizationId: string): Promise<string> {
  return (await world.create(null, 'membership', { userId, organizationId, roleId, status: 'active' })).id;
}

async function givePassword(person: PersonName, password: string): Promise<void> {
  await world.change(null, 'user', {
    ...{ kind: 'patch', id: world.people[person].userId, etags: '*', params: { password } },
    operations: () => [],
  });
}

test('a manager sets the password of a member, and says their own', async () => {
  await givePassword('alice', 'alice herself');
  const canvasser = await world.create('alice', 'role', { permissions: ['read@contacts'] });
  const membershipId = await membershipOf(canvasser.id, world.ids.chapter);
  const bodyOf = (contextPassword: string, password = 'from the manager') => ({
    data: { membershipId },
    params: { password, contextPassword },
  });
  expect(briefly(await reset(bodyOf('wrong'), 'alice'))).toBe('403 FORBIDDEN');
  expect(briefly(await reset(bodyOf('alice herself', 'short'), 'alice'))).toBe('400 INVALID_INPUT');
  expect(briefly(await reset(bodyOf('alice herself'), 'alice'))).toBe('200');
  expect(await isPasswordOf(userId, 'from the manager')).toBe(true);
  // Bob has no password, chelsea manages elsewhere, frank manages nobody, and dora does not know of it.
  const others = ['bob', 'chelsea', 'frank', 'dora'] as const;
  const answers = await Promise.all(others.map((person) => reset(bodyOf('alice herself'), person)));
  expect(answers.map(briefly)).toEqual(['403 FORBIDDEN', '403 FORBIDDEN', '403 FORBIDDEN', '404 NOT_FOUND']);
  const nobody = { ...bodyOf('alice herself'), data: { membershipId: makeId() } };
  expect(briefly(await reset(nobody, 'alice'))).toBe('404 NOT_FOUND');
});

test('nobody takes over the account of somebody who can do more, wherever that is', async () => {
  await givePassword('alice', 'alice herself');
  const membershipId = await membershipOf(world.ids.role, world.ids.elsewhere);
  const here = await membershipOf(
    (await world.create('alice', 'role', { permissions: [] })).id,
    world.ids.organization,
  );
  const bodyOf = (id: string) => ({
    data: { membershipId: id },
    params: { password: 'from the manager', contextPassword: 'alice herself' },
  });
  expect(briefly(await reset(bodyOf(membershipId), 'alice'))).toBe('403 FORBIDDEN');
  expect(briefly(await reset(bodyOf(here), 'alice'))).toBe('403 FORBIDDEN');
  expect(await isPasswordOf(userId, 'forgotten soon')).toBe(true);
});
