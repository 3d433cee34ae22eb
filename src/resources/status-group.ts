/** Families of statuses, with the same ids for every customer; made together with a customer. */
import { choice } from '../fields/choice.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';
import { contactState } from './rules/contact-state.ts';

export const statusGroup = defineResource({
  name: 'statusGroup',
  plural: 'statusGroups',
  route: '/v1/status-groups',
  scope: 'customer',
  description: 'A family of statuses; the same for every customer.',
  required: ['name'],
  readOnly: true,
  fields: {
    name: text('What it is called.', { minLength: 1, maxLength: 128 }),
    icon: text('How it is drawn.', { maxLength: 128 }),
    pinColor: text('Colour of the pin.', { maxLength: 32 }),
    iconColor: text('Colour of the icon.', { maxLength: 32 }),
    statusType: choice(['successful', 'unsuccessful', 'appointment', 'unavailable', 'list'], 'What it means.'),
    contactState: contactState('The state its statuses imply.'),
  },
  example: { name: 'Not home' },
});
