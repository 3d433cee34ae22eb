/** Who is found behind those doors. What a canvasser reads at a glance are values; the rest comes along as JSON. */
import type { CollectionDeclaration } from '../collection.ts';

export const contact: CollectionDeclaration = {
  name: 'contact',
  description: 'Somebody behind a door at which you stop.',
  path: [
    { table: 'walklist.stops', on: { walklistId: 'walklist.id' } },
    { table: 'contactHousehold', on: { householdId: 'stops.householdId' } },
    { table: 'contact', on: { id: 'contactHousehold.contactId' } },
  ],
  fields: {
    title: '/data/profile/name/anglican/title',
    given: '/data/profile/name/anglican/given',
    middlename: '/data/profile/name/anglican/middlename',
    surname: '/data/profile/name/anglican/surname',
    suffix: '/data/profile/name/anglican/suffix',
    gender: '/data/profile/gender',
    birthdate: '/data/profile/birthdate',
    age: '/data/profile/age',
    profile: '/data/profile',
    notes: '/data/notes',
    fields: '/data/fields',
    externalId: '/data/externalId',
    primaryHouseholdId: '/data/primaryHouseholdId',
    households: {
      relation: 'contactHouseholds',
      attributes: ['id', 'householdId'],
      description: 'The doors behind which this person is found, each with the id of the link that interactions name.',
    },
  },
};
