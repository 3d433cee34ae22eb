/** Something a canvasser wants the next visitor to know. */
import { reference } from '../fields/reference.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';

export const note = defineResource({
  name: 'note',
  plural: 'notes',
  route: '/v2/notes',
  scope: 'group',
  personal: true,
  erasure: { along: ['contactId'], keeps: ['contactId'], ends: true },
  description: 'Something a canvasser wants the next visitor to know.',
  required: ['contactId', 'text'],
  groupFrom: 'contactId',
  fields: {
    contactId: reference('contact', 'Whom the note is about.'),
    text: text('What to know.', { minLength: 1, maxLength: 2048 }),
  },
  example: { text: 'Dog in the yard. Use the side door.' },
});
