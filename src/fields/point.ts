/** A place on Earth in degrees (WGS 84). `confidence` is whatever the source of the coordinates says of its quality. */
import { decimal } from './decimal.ts';
import type { GroupField } from './field.ts';

export function point(description: string): GroupField {
  return {
    storage: 'group',
    kind: 'point',
    description,
    members: {
      lat: decimal('Degrees north.', { minimum: -90, maximum: 90 }),
      lng: decimal('Degrees east.', { minimum: -180, maximum: 180 }),
      confidence: decimal('Quality of the coordinates, as their source measures it.'),
    },
    required: ['lat', 'lng'],
  };
}
