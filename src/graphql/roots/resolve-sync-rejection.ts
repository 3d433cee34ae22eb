/** What a person at the office decides about something that a phone sent and that could not be taken. */
import { GraphQLID, GraphQLString } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import type { Json } from '../../json.ts';
import type { Decision } from '../../sync/resolve-rejection.ts';
import { readEtag } from '../make-change.ts';
import type { RootField } from '../root-field.ts';
import { toWire } from '../selection/wire-value.ts';

export const resolveSyncRejection: RootField = {
  name: 'resolveSyncRejection',
  operation: 'mutation',
  describe(book) {
    book.words('SyncDecision', 'KEEP what is here, FORCE what was sent over it, or MERGE the two.', {
      ...{ KEEP: 'keep', FORCE: 'force', MERGE: 'merge' },
    });
    return {
      ...{ type: GraphQLID, description: 'Settles an open rejection, and answers with its id.' },
      arguments: [
        { name: 'id', type: GraphQLID, description: 'The rejection.' },
        { name: 'etag', type: GraphQLString, description: 'Its current etag.' },
        { name: 'decision', type: 'SyncDecision', description: 'What becomes of what was sent.' },
        {
          name: 'merged',
          type: GraphQLJSON,
          nullable: true,
          description: 'With MERGE: the members of the document that shall be otherwise than they were sent.',
        },
      ],
    };
  },
  makeAnswer:
    ({ devices }) =>
    async (given, { viewer, requestId, charge }) => {
      const { id, etag, decision, merged = null } = given as Readonly<Record<string, Json>>;
      charge(3);
      await devices.resolveRejection(viewer, {
        id: String(id).toLowerCase(),
        etags: readEtag(String(etag)),
        decision: decision as Decision,
        merged: toWire(merged ?? null),
        requestId,
      });
      return id;
    },
};
