/** The doors of those stops, with the address, because nobody looks for a door without it. */
import type { CollectionDeclaration } from '../collection.ts';

export const household: CollectionDeclaration = {
  name: 'household',
  description: 'A door at which you stop.',
  path: [
    { table: 'walklist.stops', on: { walklistId: 'walklist.id' } },
    { table: 'household', on: { id: 'stops.householdId' } },
  ],
  fields: {
    unitNum: '/data/unitNum',
    externalId: '/data/externalId',
    addressId: '/data/addressId',
    number: '/data/address/data/number',
    streetName: '/data/address/data/streetName',
    city: '/data/address/data/city',
    county: '/data/address/data/county',
    neighborhood: '/data/address/data/neighborhood',
    state: '/data/address/data/state',
    postalCode: '/data/address/data/postalCode',
    country: '/data/address/data/country',
    lat: '/data/address/data/coords/lat',
    lng: '/data/address/data/coords/lng',
  },
};
