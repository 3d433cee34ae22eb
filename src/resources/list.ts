/** Contacts at their households, put together for a purpose. */
import { document } from '../fields/document.ts';
import { reference } from '../fields/reference.ts';
import { arrayOf } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';

export const list = defineResource({
  name: 'list',
  plural: 'lists',
  route: '/v1/lists',
  shows: {
    '/contactsCount': {
      kind: 'count',
      along: ['contactHouseholds', 'contact'],
      description: 'How many contacts are on it, of those that you may see.',
    },
  },
  scope: 'group-and-above',
  description: 'Contacts at their households, put together for a purpose.',
  required: ['name', 'organizationId'],
  fields: {
    name: text('What it is called.', { minLength: 1, maxLength: 256 }),
    organizationId: reference('organization', 'Who keeps it.'),
    description: text('What it is for.'),
    required: document(arrayOf({ type: 'string' }), 'Attributes that each of its contacts must have.', { default: [] }),
    integrations: document(arrayOf({ type: ['string', 'object'] }), 'Where its contacts are sent.', { default: [] }),
  },
  indexes: [['name']],
  example: { name: 'Likely supporters, ward 3', required: [] },
});
