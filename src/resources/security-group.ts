/** Every row is in one; an organization has one of its own, made together with it. */
import { reference } from '../fields/reference.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';

export const securityGroup = defineResource({
  name: 'securityGroup',
  plural: 'securityGroups',
  route: '/v1/security-groups',
  scope: 'customer',
  description: 'Whose members may touch the rows that are in it.',
  required: [],
  fields: {
    name: text('What it is called.', { maxLength: 256 }),
    organizationId: reference('organization', 'The organization it belongs to.'),
  },
  example: { name: 'Phone bank' },
});
