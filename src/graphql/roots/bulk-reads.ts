/** The read log, as REST has it at /v1/audit/reads. */
import { GraphQLID, GraphQLInt, GraphQLString } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { listReads } from '../../audit/read-log.ts';
import { pageLimits } from '../page-limits.ts';
import type { RootField } from '../root-field.ts';
import { checkGivenId } from '../selection/check-given-id.ts';
import { checkPage } from '../selection/check-page.ts';

interface Given {
  readonly limit?: number | null;
  readonly after?: string | null;
  readonly userId?: string | null;
  readonly resource?: string | null;
}

export const bulkReads: RootField = {
  name: 'bulkReads',
  operation: 'query',
  describe(book) {
    book.object('BulkRead', 'Somebody has read personal data in bulk.', [
      { name: 'id', type: GraphQLID, description: 'Also the cursor, for `after`.' },
      { name: 'at', type: GraphQLDateTimeISO, description: 'When.' },
      { name: 'userId', type: GraphQLID, nullable: true, description: 'Who; null for the system.' },
      { name: 'client', type: GraphQLString, nullable: true, description: 'The application.' },
      { name: 'requestId', type: GraphQLString, nullable: true, description: 'The request.' },
      { name: 'transport', type: GraphQLString, description: 'rest, graphql, sync, feed or export.' },
      { name: 'resource', type: GraphQLString, description: 'What was read; several with commas between.' },
      { name: 'filter', type: GraphQLString, nullable: true, description: 'Which rows; null for all.' },
      { name: 'rows', type: GraphQLInt, description: 'How many.' },
    ]);
    return {
      type: 'BulkRead',
      list: true,
      description: 'Who read personal data in bulk, newest first. It takes the permission read@audit.',
      arguments: [
        {
          name: 'limit',
          type: GraphQLInt,
          nullable: true,
          description: `How many entries at most: ${pageLimits.unasked} unless asked, ${pageLimits.largest} at the most.`,
        },
        { name: 'after', type: GraphQLString, nullable: true, description: 'The id of the entry to begin behind.' },
        { name: 'userId', type: GraphQLID, nullable: true, description: 'Only what this user has read.' },
        { name: 'resource', type: GraphQLString, nullable: true, description: 'Only reads of this: `contacts`.' },
      ],
    };
  },
  makeAnswer:
    ({ database }) =>
    (given, { viewer, charge }, { fieldNodes: [node] }) => {
      const { limit: asked = null, after = null, userId = null, resource = null } = given as Given;
      const { limit } = checkPage({ skip: null, limit: asked, after });
      charge(limit);
      if (userId !== null) checkGivenId(userId, 'userId', node!);
      return listReads(database, viewer, { limit, after, userId, resource });
    },
};
