/** The stops of those walks: each is a row of its own, so that two devices can change two of them. */
import type { CollectionDeclaration } from '../collection.ts';

export const walklistItem: CollectionDeclaration = {
  name: 'walklistItem',
  description: 'A stop of a walk.',
  path: [{ table: 'walklist.stops', on: { walklistId: 'walklist.id' } }],
  fields: {
    walklistId: '/walklistId',
    position: '/position',
    householdId: '/householdId',
    contactHouseholdIds: '/contactHouseholdIds',
    progress: '/progress',
    remark: '/remark',
  },
};
