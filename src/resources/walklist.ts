/** Doors in the order in which one person walks them. */
import { choice } from '../fields/choice.ts';
import { decimal } from '../fields/decimal.ts';
import { document } from '../fields/document.ts';
import { reference } from '../fields/reference.ts';
import { rows } from '../fields/rows.ts';
import { arrayOf } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { timestamp } from '../fields/timestamp.ts';
import { defineResource } from '../resource.ts';
import { moveLeases } from './rules/held-doors.ts';
import { fewestHours, leaseActions, mostHours } from './rules/lease.ts';
import { keepLease } from './rules/lease-rules.ts';

const hours = decimal('How long the lease lasts; twelve when left out.', { minimum: fewestHours, maximum: mostHours });

/** The visits at a stop that this walklist led to. */
const visits = { resource: 'interaction', by: { walklistId: 'id', householdId: 'householdId' } };

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
  questions: {
    walklistProgress: {
      type: 'WalklistProgress',
      description: 'How far each walklist of a campaign has got.',
      within: ['campaignId'],
      may: ['turfId', 'userId'],
      items: 'stops',
      keys: { walklistId: { attribute: 'id', refersTo: 'walklist', description: 'The walklist.' } },
      measures: {
        stops: { is: 'items', description: 'Its doors.' },
        visited: { is: 'items', having: visits, description: 'Those that were knocked on along it.' },
        met: {
          ...{ is: 'items', having: { ...visits, where: '/data/unavailable eq false' } },
          description: 'Those where somebody was met along it.',
        },
        progress: { is: 'ratio', of: 'visited', to: 'stops', description: 'Which part of its doors was knocked on.' },
        lastVisit: { is: 'latestForItem', of: 'timestamp', having: visits, description: 'The last knock.' },
      },
    },
  },
  actionParams: {
    checkOut: {},
    renew: {},
    handOver: { userId: reference('user', 'Who walks on.') },
    giveBack: {},
    finish: {},
  },
  actionOptions: {
    checkOut: { hours, userId: reference('user', 'Who walks it; whoever asks when left out.') },
    renew: { hours },
    giveBack: {
      householdIds: document(
        arrayOf({ type: 'string', format: 'uuid', 'x-reference': 'household' }, { minItems: 1 }),
        'The doors that are given back, as an open walklist of their own; the whole walklist when left out.',
      ),
    },
  },
  problems: ['LEASE_HELD', 'LEASE_ENDED'],
  hooks: { complete: keepLease, actions: leaseActions, afterWrite: moveLeases },
  example: { name: 'Quarry Lane, odd side', status: 'open' },
});
