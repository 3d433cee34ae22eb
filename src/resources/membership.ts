/** A person's role in an organization: the source of every permission. */
import { boolean } from '../fields/boolean.ts';
import { choice } from '../fields/choice.ts';
import { group } from '../fields/group.ts';
import { reference } from '../fields/reference.ts';
import { defineResource } from '../resource.ts';
import { changeRole, permitMembership } from './rules/member-group.ts';

export const membership = defineResource({
  name: 'membership',
  plural: 'memberships',
  route: '/v1/memberships',
  shows: {
    '/data/user': { kind: 'row', reference: 'userId', as: 'data' },
    '/data/organization': { kind: 'row', reference: 'organizationId', as: 'data' },
  },
  scope: 'customer',
  description: 'A person in an organization, with a role.',
  required: ['organizationId', 'userId', 'roleId'],
  groupFrom: 'organizationId',
  fields: {
    organizationId: reference('organization', 'The organization.'),
    userId: reference('user', 'The person.'),
    roleId: reference('role', 'What the person may do there.'),
    status: choice(['active', 'disabled', 'unconfirmed', 'invited'], 'Only active members have permissions.', {
      default: 'unconfirmed',
    }),
    notifications: group('What the person wants to be told.', {
      dailySummary: boolean('A mail about each day.', { default: true }),
    }),
  },
  unique: [
    {
      within: 'customer',
      of: ['organizationId', 'userId'],
      onCreate: 'refuse',
      message: 'The person is a member of this organization already.',
    },
  ],
  actionParams: { changeRole: { roleId: reference('role', 'The role instead.') } },
  hooks: { permit: permitMembership, actions: { changeRole } },
  example: { status: 'active' },
});
