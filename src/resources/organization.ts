/** A chapter, a local, a region: organizations form a tree, and members of one may act in those below it. */
import { boolean } from '../fields/boolean.ts';
import { reference } from '../fields/reference.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';
import { giveOwnGroup, makeOwnGroup, permitOrganization } from './rules/organization-group.ts';

export const organization = defineResource({
  name: 'organization',
  plural: 'organizations',
  route: '/v1/organizations',
  scope: 'customer',
  description: 'A chapter, a local, a region; organizations form a tree.',
  required: ['name', 'discoverable'],
  groupFrom: 'parentId',
  readOnly: ['token'],
  fields: {
    name: text('What it is called.', { minLength: 1, maxLength: 256 }),
    description: text('What it does.'),
    discoverable: boolean('Whether anybody may find it.', { default: false }),
    editOldTurfs: boolean('Whether turfs of the past may be changed.', { default: true }),
    viewUnassignedData: boolean('Whether members see doors nobody gave them.', { default: true }),
    parentId: reference('organization', 'The organization above it.', { inverse: 'children' }),
    token: text('The code with which people join.', { maxLength: 64 }),
    requireSignUpConfirmation: boolean('Whether somebody confirms those who join.', { default: true }),
    joinRoleId: reference('role', 'What those who join may do; as the role Canvasser says where none is named.', {
      inverse: null,
    }),
  },
  hooks: { permit: permitOrganization, complete: makeOwnGroup, afterWrite: giveOwnGroup },
  example: { name: 'Riverbend North', discoverable: false },
});
