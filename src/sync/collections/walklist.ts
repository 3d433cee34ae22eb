/** The walks that somebody was given and has not finished. */
import type { CollectionDeclaration } from '../collection.ts';

export const walklist: CollectionDeclaration = {
  name: 'walklist',
  description: 'A walk that you were given.',
  path: [],
  fields: {
    name: '/data/name',
    campaignId: '/data/campaignId',
    turfId: '/data/turfId',
    userId: '/data/userId',
    status: '/data/status',
    expires: '/data/expires',
  },
};
