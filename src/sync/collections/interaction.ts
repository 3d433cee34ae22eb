/** One's own visits at those doors, for those campaigns: what others heard there is not for a phone that may be lost. */
import type { CollectionDeclaration } from '../collection.ts';

export const interaction: CollectionDeclaration = {
  name: 'interaction',
  description: 'A visit of yours at a door at which you stop.',
  path: [
    { table: 'walklist.stops', on: { walklistId: 'walklist.id' } },
    { table: 'interaction', on: { householdId: 'stops.householdId', campaignId: 'walklist.campaignId' } },
  ],
  own: 'createdBy',
  fields: {
    campaignId: '/data/campaignId',
    contactId: '/data/contactId',
    householdId: '/data/householdId',
    contactHouseholdId: '/data/contactHouseholdId',
    timestamp: '/data/timestamp',
    surveyId: '/data/survey/surveyId',
    responses: '/data/survey/responses',
    lat: '/data/location/lat',
    lng: '/data/location/lng',
    confidence: '/data/location/confidence',
    successful: '/data/successful',
    unavailable: '/data/unavailable',
    unavailableReason: '/data/unavailableReason',
    distance: '/data/distance',
    statusId: '/data/statusId',
    walklistId: '/data/walklistId',
    turfId: '/data/turfId',
  },
};
