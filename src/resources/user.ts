/** A person who signs in. The password arrives in `params.password` and never leaves. */
import { findPasswordFault, hashPassword } from '../access/password.ts';
import { choice } from '../fields/choice.ts';
import { document } from '../fields/document.ts';
import { arrayOf, objectOf, words } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';
import { endSignIns } from './rules/end-sign-ins.ts';
import { permitAccount } from './rules/account-owner.ts';

const name = objectOf({
  anglican: objectOf({
    title: { type: 'string' },
    given: { type: 'string' },
    middlename: { type: 'string' },
    surname: { type: 'string' },
    suffix: { type: 'string' },
  }),
});

export const user = defineResource({
  name: 'user',
  plural: 'users',
  route: '/v1/users',
  scope: 'customer',
  description: 'A person who signs in.',
  required: ['email'],
  params: { password: text('With which the person signs in; it is never shown.', { minLength: 8 }) },
  fields: {
    email: text('Where the person is reached; unique within the customer.', { format: 'email', maxLength: 254 }),
    status: choice(['active', 'pending', 'inactive'], 'Whether the person may sign in.', { default: 'pending' }),
    profile: document(
      objectOf({
        name,
        phone: arrayOf({ type: ['string', 'object'] }),
        gender: { type: 'string', maxLength: 16 },
        languages: arrayOf({ type: 'string', maxLength: 16 }),
        birthdate: { type: 'string', format: 'date' },
      }),
      'Who the person is.',
    ),
    privacy: document(
      objectOf({ publicInfo: arrayOf(words('email', 'phone', 'name', 'birthdate', 'gender', 'languages')) }),
      'What other members may see.',
      { default: { publicInfo: ['email'] } },
    ),
  },
  hidden: {
    emailKey: { sqlType: 'text', prismaType: 'String', from: (data) => String(data['email']).toLowerCase() },
    passwordHash: { sqlType: 'text', prismaType: 'String' },
  },
  unique: [
    {
      within: 'customer',
      of: ['emailKey'],
      onCreate: 'refuse',
      message: 'Another user has this email.',
    },
  ],
  personal: true,
  hooks: {
    afterWrite: endSignIns,
    permit: permitAccount,
    complete: async (candidates) =>
      Promise.all(
        candidates.map(async ({ after, params }) => {
          const { password } = params;
          if (password === undefined || password === null) return { data: after! };
          const message = findPasswordFault(password);
          if (message !== null) return { faults: [{ pointer: '/params/password', message }] };
          return { data: after!, hidden: { passwordHash: await hashPassword(password as string) } };
        }),
      ),
  },
  example: {
    email: 'sam@doorstep.example',
    status: 'active',
    profile: { name: { anglican: { given: 'Sam', surname: 'Okafor' } }, languages: ['en'] },
  },
});
