/** A contact at a household, on a list. */
import { point } from '../fields/point.ts';
import { reference } from '../fields/reference.ts';
import { defineResource } from '../resource.ts';
import { copyCoords } from './rules/household-coords.ts';

export const contactHouseholdList = defineResource({
  name: 'contactHouseholdList',
  plural: 'contactHouseholdLists',
  route: '/v1/contact-household-lists',
  addresses: {
    row: '/v1/lists/{listId}/contacts/{contactId}/households/{householdId}',
    list: { route: '/v1/lists/{listId}/contact-households', showsReferences: true },
    bulk: { route: '/v1/lists/{listId}/contact-households', takes: ['put'] },
  },
  scope: 'group',
  personal: true,
  // Nobody is sent to the door of somebody who is forgotten.
  erasure: {
    along: ['contactHouseholdId', 'contactId'],
    keeps: ['listId', 'contactHouseholdId'],
    ends: true,
  },
  description: 'A contact at a household, on a list.',
  required: ['listId', 'contactHouseholdId'],
  link: ['listId', 'contactHouseholdId'],
  groupFrom: 'contactHouseholdId',
  readOnly: ['coords'],
  fields: {
    listId: reference('list', 'The list.'),
    contactHouseholdId: reference('contactHousehold', 'Who, and where.'),
    coords: point('Where the household was when it was put on the list.'),
  },
  unique: [
    {
      within: 'customer',
      of: ['listId', 'contactHouseholdId'],
      onCreate: 'answer',
      message: 'The contact is on this list already.',
    },
  ],
  hooks: { complete: copyCoords },
  example: {},
});
