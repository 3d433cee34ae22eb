/** The tenant. Its row is its own customer, so that it is read and scoped like every other. */
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';

export const customer = defineResource({
  name: 'customer',
  plural: 'customers',
  route: '/v1/customers',
  scope: 'own',
  description: 'An organization that pays for its own, separate data.',
  required: ['name'],
  readOnly: true,
  fields: { name: text('What it is called.', { minLength: 1, maxLength: 256 }) },
  example: { name: 'Riverbend Neighbors' },
});
