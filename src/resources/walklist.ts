/** Doors in the order in which one person walks them. */
import { choice } from '../fields/choice.ts';
import { document } from '../fields/document.ts';
import { reference } from '../fields/reference.ts';
import { rows } from '../fields/rows.ts';
import { arrayOf } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { timestamp } from '../fields/timestamp.ts';
import { defineResource } from '../resource.ts';

export const walklist = defineResource({
  name: 'walklist',
  plural: 'walklists',
  route: '/v1/walklists',
  scope: 'group',
  description: 'Doors in the order in which one person walks them.',
  required: ['name', 'campaignId'],
  groupFrom: 'campaignId',
  fields: {
    name: text('What it is called.', { minLength: 1, maxLength: 256 }),
    campaignId: reference('campaign', 'The campaign.'),
    turfId: reference('turf', 'The turf it lies in.'),
    userId: reference('user', 'Who walks it.'),
    stops: rows(
      'The doors, in walking order.',
      {
        householdId: reference('household', 'The door.', { inverse: null }),
        contactHouseholdIds: document(arrayOf({ type: 'string', format: 'uuid' }), 'Whom to ask for.'),
        progress: choice(['to-do', 'done', 'skipped'], 'How far whoever walks it has come.', { default: 'to-do' }),
        remark: text('What whoever comes next should know of the way to this door.', { maxLength: 1024 }),
      },
      { key: 'householdId', default: [] },
    ),
    status: choice(['open', 'checked-out', 'done'], 'Where it stands.', { default: 'open' }),
    expires: timestamp('When the lease of whoever has it ends.'),
  },
  example: { name: 'Quarry Lane, odd side', status: 'open' },
});
