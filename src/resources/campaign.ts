/** What canvassers go out for. */
import { choice } from '../fields/choice.ts';
import { document } from '../fields/document.ts';
import { reference } from '../fields/reference.ts';
import { rows } from '../fields/rows.ts';
import { arrayOf } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { timestamp } from '../fields/timestamp.ts';
import { isTimeZone } from '../time-zone.ts';
import { defineResource } from '../resource.ts';
import { listType } from './rules/list-type.ts';

const field = (path: string) => ({ type: 'field', path });
const space = { type: 'separator', value: ' ' };

/** What a canvasser sees of a contact when the campaign says nothing else. */
const defaultLines = [
  [
    field('/data/profile/name/anglican/title'),
    space,
    field('/data/profile/name/anglican/given'),
    space,
    field('/data/profile/name/anglican/surname'),
    space,
    field('/data/profile/name/anglican/suffix'),
  ],
  [field('/data/profile/age'), space, field('/data/profile/gender')],
  [field('/data/notes')],
];

const linePart = {
  type: 'object',
  required: ['type'],
  properties: { type: { enum: ['field', 'separator'] }, path: { type: 'string' }, value: { type: 'string' } },
  additionalProperties: false,
  if: { properties: { type: { const: 'field' } } },
  then: { required: ['path'] },
  else: { required: ['value'] },
};

export const campaign = defineResource({
  name: 'campaign',
  plural: 'campaigns',
  route: '/v1/campaigns',
  scope: 'group-and-above',
  description: 'What canvassers go out for.',
  required: ['name', 'organizationId', 'status'],
  fields: {
    name: text('What it is called.', { minLength: 1, maxLength: 256 }),
    organizationId: reference('organization', 'Who runs it.'),
    status: choice(['pending', 'started', 'complete'], 'Where it stands.'),
    description: text('What it is about.'),
    ended: timestamp('When it ended.'),
    timeZone: text('IANA name of the time zone in which its days begin.', {
      default: 'UTC',
      format: 'time-zone',
      maxLength: 64,
    }),
    lists: rows(
      'The lists whose doors are knocked on.',
      { listId: reference('list', 'The list.', { inverse: null }), type: listType('How its doors are treated.') },
      { key: 'listId', default: [] },
    ),
    fields: document(arrayOf(arrayOf(linePart)), 'Lines of contact attributes that a canvasser sees.', {
      default: defaultLines,
    }),
  },
  hooks: {
    validate: (after) =>
      isTimeZone(String(after['timeZone']))
        ? []
        : [{ pointer: '/timeZone', message: 'must be an IANA time zone such as America/New_York' }],
  },
  example: { name: 'Keep the branch library open', status: 'started', timeZone: 'America/New_York' },
});
