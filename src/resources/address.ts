/** A place with a street and, when it is known, coordinates. One row per place and group: flats share it. */
import { addressKey, type KeyedAddress } from '../address-key.ts';
import { point } from '../fields/point.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';

const line = (description: string) => text(description, { maxLength: 256 });

export const address = defineResource({
  name: 'address',
  plural: 'addresses',
  route: null,
  scope: 'group',
  personal: true,
  description: 'A place with a street.',
  required: ['streetName', 'city'],
  fields: {
    number: text('House number.', { maxLength: 32 }),
    streetName: text('The street, with its type and directions.', { minLength: 1, maxLength: 256 }),
    city: text('The city.', { minLength: 1, maxLength: 256 }),
    country: text('ISO 3166-1 alpha-3.', { maxLength: 64 }),
    county: line('The county.'),
    neighborhood: line('The neighborhood.'),
    state: line('The state or province.'),
    postalCode: text('The postal code.', { maxLength: 32 }),
    coords: point('Where it is.'),
  },
  hidden: {
    addressKey: { sqlType: 'text', prismaType: 'String', from: (data) => addressKey(data as unknown as KeyedAddress) },
  },
  unique: [
    { within: 'group', of: ['addressKey'], onCreate: 'answer', message: 'Another address row is this same place.' },
  ],
  hooks: {
    // Existing clients send an empty text for what they do not know, such as a country; the street and city are needed.
    complete: async (candidates) =>
      candidates.map(({ after }) => ({
        data: Object.fromEntries(Object.entries(after!).map(([name, value]) => [name, value === '' ? null : value])),
      })),
  },
  example: {
    number: '12',
    streetName: 'Quarry Lane',
    city: 'Millbrook Falls',
    state: 'OH',
    country: 'USA',
    postalCode: '45999',
    coords: { lat: 40.1012, lng: -82.9981, confidence: 1 },
  },
});
