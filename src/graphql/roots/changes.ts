/** The change feed over GraphQL, without waiting: see src/sync/changes.ts. Rows of all kinds come as JSON, as over REST. */
import { GraphQLBoolean, GraphQLID, GraphQLInt, GraphQLString } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import type { Json } from '../../json.ts';
import { changesLimits } from '../../sync/changes.ts';
import { recordChanges } from '../../sync/record-changes.ts';
import type { RootField } from '../root-field.ts';

interface Given {
  readonly after?: string | null;
  readonly resources?: readonly string[] | null;
  readonly limit?: number | null;
  readonly excludeOwn?: boolean | null;
}

const { unasked, largest } = changesLimits;

export const changes: RootField = {
  name: 'changes',
  operation: 'query',
  describe(book) {
    book.object('Change', 'A row as it is now, or that it is gone.', [
      { name: 'resource', type: GraphQLString, description: 'What it is, as in its REST address: `interactions`.' },
      { name: 'id', type: GraphQLID, description: 'The row.' },
      { name: 'syncSeq', type: GraphQLString, description: 'Its position, in digits.' },
      { name: 'isDeleted', type: GraphQLBoolean, description: 'Whether it is gone.' },
      {
        name: 'row',
        type: GraphQLJSON,
        nullable: true,
        description: 'Its envelope, as in REST; null where it is gone.',
      },
    ]);
    book.object('ChangePage', 'What has changed, in the order of changes.', [
      { name: 'changes', type: 'Change', list: true, description: 'The rows.' },
      { name: 'position', type: GraphQLString, description: 'Where to go on, as `after`.' },
      { name: 'isComplete', type: GraphQLBoolean, description: 'Whether there was nothing else.' },
    ]);
    const resources = 'Only of these, by their REST names: `contacts`.';
    return {
      type: 'ChangePage',
      description: 'What has changed of all that you may see since a position.',
      arguments: [
        {
          name: 'after',
          type: GraphQLString,
          nullable: true,
          description: 'The position of another page or an export.',
        },
        { name: 'resources', type: GraphQLString, list: true, nullable: true, description: resources },
        { name: 'limit', type: GraphQLInt, nullable: true, description: `1 to ${largest}; ${unasked} unless asked.` },
        {
          ...{ name: 'excludeOwn', type: GraphQLBoolean, nullable: true, default: false },
          description: 'Leaves out rows that nobody but you has written since `after`.',
        },
      ],
    };
  },
  makeAnswer({ changes: feed, bulkReads }) {
    return async (given, { viewer, requestId, signal, charge }) => {
      const { after = null, resources = null, limit, excludeOwn } = given as Given;
      const asked = { after, resources, limit: limit ?? unasked, excludeOwn: excludeOwn ?? false };
      charge(asked.limit);
      const { entries, position, isComplete } = await feed.read(viewer, { ...asked, waitMs: 0, signal });
      recordChanges(bulkReads, viewer, entries, requestId);
      return { changes: JSON.parse(`[${entries}]`) as Json, position, isComplete };
    };
  },
};
