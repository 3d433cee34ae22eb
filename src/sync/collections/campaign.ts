/** What the walks are for. */
import type { CollectionDeclaration } from '../collection.ts';

export const campaign: CollectionDeclaration = {
  name: 'campaign',
  description: 'A campaign that you walk for.',
  path: [{ table: 'campaign', on: { id: 'walklist.campaignId' } }],
  fields: {
    name: '/data/name',
    description: '/data/description',
    organizationId: '/data/organizationId',
    status: '/data/status',
    ended: '/data/ended',
    timeZone: '/data/timeZone',
    fields: '/data/fields',
  },
};
