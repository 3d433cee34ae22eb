/** A campaign's own word for where it stands with a contact. */
import { boolean } from '../fields/boolean.ts';
import { reference } from '../fields/reference.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';
import { contactState } from './rules/contact-state.ts';

const color = (description: string) => text(description, { pattern: '^#([0-9a-fA-F]{3}){1,2}$' });

export const status = defineResource({
  name: 'status',
  plural: 'statuses',
  route: '/v1/statuses',
  scope: 'customer',
  description: "A campaign's own word for where it stands with a contact.",
  required: ['name', 'icon', 'iconColor', 'pinColor', 'statusGroupId', 'contactState'],
  fields: {
    name: text('What it is called.', { minLength: 1, maxLength: 128 }),
    icon: text('`faPascalCase:style`, or the name of a built-in icon.', {
      pattern: '^(fa[A-Z][A-Za-z0-9]*:[a-z]+|[a-z][A-Za-z0-9-]*)$',
      maxLength: 128,
    }),
    iconColor: color('Colour of the icon, as hex.'),
    pinColor: color('Colour of the pin, as hex.'),
    statusGroupId: reference('statusGroup', 'Its family.'),
    contactState: contactState('The state it stands for.'),
    defaultStatus: boolean('Whether it comes with Doorstep.', { default: false }),
    defaultStatusId: reference('status', 'The built-in status that it replaces.', { inverse: null }),
  },
  example: {
    name: 'Wants a lawn sign',
    icon: 'faSign:solid',
    iconColor: '#ffffff',
    pinColor: '#1b7f3b',
    contactState: 'contacted-available-successful',
  },
});
