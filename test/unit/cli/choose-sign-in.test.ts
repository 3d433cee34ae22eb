import { expect, test } from 'vitest';
import { type Choice, chooseSignIn } from '../../../src/cli/token/choose-sign-in.ts';
import type { SignIn } from '../../../src/store/sign-ins.ts';

const at = (customerId: string, organizationId: string): SignIn => ({
  userId: `user of ${customerId}`,
  customerId,
  customerName: `Customer ${customerId}`,
  organizationId,
  organizationName: `Organization ${organizationId}`,
});
const one = at('a', '1');
const choose = (signIns: readonly SignIn[] | null, choice: Choice = {}) =>
  chooseSignIn('al@example.org', signIns, choice);

test('somebody with one membership need not choose', () => {
  expect(choose([one])).toBe(one);
});

test('a choice takes the one it names', () => {
  const several = [one, at('a', '2'), at('b', '3')];
  expect(choose(several, { organization: '2' })).toBe(several[1]);
  expect(choose(several, { customer: 'b' })).toBe(several[2]);
});

test.each([
  ['an unknown email', null, {}, 'Nobody here has the email al@example.org.'],
  ['a person who may not sign in', [], {}, 'may not sign in'],
  [
    'several organizations',
    [one, at('a', '2')],
    {},
    'Organization 1 (1), Organization 2 (2). Choose with --organization.',
  ],
  ['several customers', [one, at('b', '3')], {}, 'Customer a (a), Customer b (b). Choose with --customer.'],
  ['one organization id at two customers', [one, at('b', '1')], { organization: '1' }, 'Choose with --customer.'],
  ['an organization of others', [one], { organization: '9' }, 'no active member of 9, but of Organization 1 (1)'],
  ['a customer of others', [one], { customer: 'c' }, 'not known to the customer c, but to Customer a (a)'],
])('%s is explained', (_, signIns, choice, message) => {
  expect(() => choose(signIns, choice)).toThrow(message);
});
