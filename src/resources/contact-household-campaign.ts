/**
 * What a campaign knows about a contact at a household. Mostly derived: interactions rewrite it by their event time,
 * and a status set by hand counts as an event at the moment it is set (see door-state.ts).
 */
import { boolean } from '../fields/boolean.ts';
import { group } from '../fields/group.ts';
import { reference } from '../fields/reference.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';
import { contactState } from './rules/contact-state.ts';
import { applyStatus, deriveAfterHand } from './rules/door-state.ts';
import { listType } from './rules/list-type.ts';
import { reserved } from './rules/reserved.ts';

export const contactHouseholdCampaign = defineResource({
  name: 'contactHouseholdCampaign',
  plural: 'contactHouseholdCampaigns',
  route: '/v1/contact-household-campaigns',
  addresses: {
    row: '/v1/campaigns/{campaignId}/contacts/{contactId}/households/{householdId}/status',
    bulk: { route: '/v1/campaigns/contact-households/bulk', takes: ['put'], same: 'campaignId' },
  },
  scope: 'group',
  description: 'What a campaign knows about a contact at a household.',
  required: ['campaignId', 'contactHouseholdId'],
  link: ['campaignId', 'contactHouseholdId'],
  groupFrom: 'contactHouseholdId',
  personal: true,
  erasure: {
    along: ['contactHouseholdId', 'contactId'],
    keeps: [
      ...['campaignId', 'contactHouseholdId', 'contacted', 'successful', 'state', 'statusId', 'type'],
      ...['availability.available', 'reservation.reserved', 'reservation.walklistId'],
    ],
    words: { 'availability.unavailableReason': ['not home', 'come back'] },
    ends: false,
  },
  fields: {
    campaignId: reference('campaign', 'The campaign.'),
    contactHouseholdId: reference('contactHousehold', 'Who, and where.'),
    contacted: boolean('Whether somebody was at the door and knocked.'),
    successful: boolean('Whether the last visit was a success.'),
    state: contactState('Where the campaign stands with the contact.'),
    statusId: reference('status', "The campaign's own word for it; its contactState equals the state."),
    type: listType('How the door is treated.'),
    availability: group('Whether the contact was met.', {
      available: boolean('Met at the last visit.'),
      unavailableReason: text('Why not.', { maxLength: 256 }),
    }),
    reservation: group(
      'Whether somebody is on the way to the door.',
      {
        reserved: reserved('Reserved on a walklist; until its lease ends, where it is checked out.'),
        walklistId: reference('walklist', 'Which walklist.'),
      },
      { required: ['reserved'] },
    ),
  },
  hidden: {
    handEvent: { sqlType: 'jsonb', prismaType: 'Json' },
    handTime: { sqlType: 'timestamptz(3)', prismaType: 'DateTime @db.Timestamptz(3)' },
  },
  unique: [
    {
      within: 'customer',
      of: ['campaignId', 'contactHouseholdId'],
      onCreate: 'answer',
      message: 'The campaign knows this contact at this household already.',
    },
  ],
  indexes: [['campaignId', 'state']],
  sorts: ['modified'],
  hooks: { complete: applyStatus, afterWrite: deriveAfterHand },
  example: { type: 'normal', state: 'not-contacted-normal' },
});
