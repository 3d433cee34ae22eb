/** Who is found behind which door. A person can have several doors. */
import { reference } from '../fields/reference.ts';
import { defineResource } from '../resource.ts';

export const contactHousehold = defineResource({
  name: 'contactHousehold',
  plural: 'contactHouseholds',
  route: '/v2/contact-households',
  addresses: {
    row: '/v2/contacts/{contactId}/households/{householdId}',
    list: { route: '/v2/contacts/{contactId}/households' },
    bulk: { route: '/v2/contacts/households/bulk', takes: ['put'] },
  },
  scope: 'group',
  personal: true,
  // Counts of a campaign's doors go through it, and it says nothing but that somebody lived there.
  erasure: { along: ['contactId'], keeps: ['contactId', 'householdId'], ends: false },
  description: 'A contact at a household.',
  required: ['contactId', 'householdId'],
  link: ['contactId', 'householdId'],
  groupFrom: 'contactId',
  fields: {
    contactId: reference('contact', 'Who.'),
    householdId: reference('household', 'Where.'),
  },
  unique: [
    {
      within: 'customer',
      of: ['contactId', 'householdId'],
      onCreate: 'answer',
      message: 'The contact is linked to this household already.',
    },
  ],
  example: {},
});
