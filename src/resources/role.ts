/** A bundle of permissions that a membership gives to a person. */
import { document } from '../fields/document.ts';
import { arrayOf } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';
import { grantOnlyOwn } from './rules/role-permissions.ts';

export const role = defineResource({
  name: 'role',
  plural: 'roles',
  route: '/v1/roles',
  scope: 'customer',
  description: 'What members with this role may do.',
  required: ['name'],
  fields: {
    name: text('What it is called.', { minLength: 1, maxLength: 128 }),
    description: text('Who should have it.', { maxLength: 1024 }),
    permissions: document(
      arrayOf({ type: 'string', pattern: '^(read|insert|modify|destroy|\\*)@([a-z][a-z-]*|\\*)$' }),
      'Permissions, each `verb@resource`: read, insert, modify or destroy; `*` stands for all.',
      { default: [] },
    ),
  },
  hooks: { permit: grantOnlyOwn },
  example: { name: 'Street captain', permissions: ['read@contacts', 'insert@interactions'] },
});
