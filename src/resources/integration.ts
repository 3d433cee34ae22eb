/** Another system that rows go to. What it is signed in with is kept elsewhere, and is never read back: see credentials.ts. */
import { boolean } from '../fields/boolean.ts';
import { choice } from '../fields/choice.ts';
import { integer } from '../fields/integer.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';

const providers = ['escoware', 'nationBuilder', 'republicanNationalCommittee', 'stripe', 'crowdskout'];

export const integration = defineResource({
  name: 'integration',
  plural: 'integrations',
  route: '/v1/integrations',
  scope: 'group',
  description: 'Another system that rows go to.',
  required: [],
  fields: {
    status: choice(['active', 'paused'], 'Whether anything goes there now.', { default: 'active' }),
    accountName: text('Whose account it is.', { maxLength: 256 }),
    provider: choice(providers, 'Which system it is.'),
    slug: text('What the other system calls this one.', { maxLength: 256 }),
    interactionTypeId: integer('The kind of interaction that visits become there.'),
    pushAllInteractions: boolean('Whether all visits go there, and not only successful ones.', { default: false }),
    clientId: text('What this one is called when it signs in there; its credentials are found by it.', {
      minLength: 1,
      maxLength: 256,
    }),
  },
  unique: [
    {
      within: 'customer',
      of: ['clientId'],
      onCreate: 'refuse',
      message: 'Another integration has this clientId.',
    },
  ],
  example: {
    status: 'active',
    accountName: 'Millrace Tenants',
    provider: 'nationBuilder',
    slug: 'doorstep',
    interactionTypeId: 7,
    pushAllInteractions: false,
    clientId: 'doorstep-millrace',
  },
});
