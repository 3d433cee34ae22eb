/** A piece of town that is given to people. */
import { document } from '../fields/document.ts';
import { reference } from '../fields/reference.ts';
import { rows } from '../fields/rows.ts';
import { arrayOf } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';

const position = { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 3 };
/** RFC 7946 §3.1.6: a linear ring is closed and has four or more positions. */
const ring = { ...arrayOf(position, { minItems: 4 }), maxItems: 10_000 };
const polygon = {
  type: 'object',
  required: ['type', 'coordinates'],
  properties: {
    type: { const: 'Polygon' },
    coordinates: arrayOf(ring, { minItems: 1 }),
    bbox: { type: 'array', items: { type: 'number' } },
  },
  additionalProperties: false,
};

export const turf = defineResource({
  name: 'turf',
  plural: 'turfs',
  route: '/v1/turfs',
  scope: 'group',
  description: 'A piece of town that is given to people.',
  required: ['name', 'campaignId', 'boundary'],
  groupFrom: 'campaignId',
  fields: {
    name: text('What it is called.', { minLength: 1, maxLength: 256 }),
    campaignId: reference('campaign', 'The campaign.'),
    boundary: document(polygon, 'A GeoJSON polygon (RFC 7946).'),
    assignedUserIds: rows(
      'Who works it.',
      { userId: reference('user', 'The person.', { inverse: null }) },
      { key: 'userId', bare: true, default: [] },
    ),
  },
  example: {
    name: 'North of the river',
    boundary: {
      type: 'Polygon',
      coordinates: [
        [
          [-83.0, 40.1],
          [-82.9, 40.1],
          [-82.9, 40.2],
          [-83.0, 40.1],
        ],
      ],
    },
  },
});
