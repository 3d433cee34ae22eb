/** What became of visits that a device sent. */
import { GraphQLID, GraphQLString } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { invalidInput } from '../../problem.ts';
import type { RootField } from '../root-field.ts';

const most = 1_000;

export const syncReceipts: RootField = {
  name: 'syncReceipts',
  operation: 'query',
  describe(book) {
    const verdicts = { ACCEPTED: 'accepted', REJECTED: 'rejected', UNKNOWN: 'unknown' };
    book.words('SyncVerdict', 'What became of a visit. UNKNOWN: nothing of yours has arrived under the id.', verdicts);
    book.object('SyncReceipt', 'What became of a visit that your device sent, for good.', [
      { name: 'id', type: GraphQLID, description: 'The visit.' },
      { name: 'verdict', type: 'SyncVerdict', description: 'What became of it.' },
      { name: 'received', type: GraphQLDateTimeISO, nullable: true, description: 'When it arrived first.' },
      {
        name: 'code',
        type: GraphQLString,
        nullable: true,
        description: 'Why it was refused: the code of the problem.',
      },
      { name: 'reason', type: GraphQLString, nullable: true, description: 'The same in a sentence.' },
    ]);
    return {
      ...{ type: 'SyncReceipt', list: true, description: 'What became of visits that your device sent.' },
      arguments: [{ name: 'ids', type: GraphQLID, list: true, description: `Their ids, at most ${most}.` }],
    };
  },
  makeAnswer:
    ({ devices }) =>
    ({ ids }, { viewer, charge }) => {
      const asked = ids as readonly string[];
      if (asked.length > most) {
        throw invalidInput([{ pointer: '/ids', message: `expected at most ${most} ids, found ${asked.length}` }]);
      }
      charge(asked.length);
      return devices.readReceipts(viewer, asked);
    },
};
