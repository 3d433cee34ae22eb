/** The end of a shift: whether everything that a device has made is here. */
import { GraphQLBoolean, GraphQLID, GraphQLInt, GraphQLString } from 'graphql';
import { invalidInput } from '../../problem.ts';
import type { ShiftClaim } from '../../sync/shift-proof.ts';
import type { RootField } from '../root-field.ts';

const most = 100;

export const shiftProofs: RootField = {
  name: 'shiftProofs',
  operation: 'query',
  describe(book) {
    const walklistId = { name: 'walklistId', type: GraphQLID, description: 'The walklist.' };
    book.input('ShiftClaim', 'What a device says of the visits that it made with a walklist and has not deleted.', [
      walklistId,
      { name: 'count', type: GraphQLInt, description: 'How many there are.' },
      {
        name: 'hash',
        type: GraphQLString,
        description: 'SHA-256 in hex of their ids: in lower case, sorted by code unit, each followed by a newline.',
      },
      {
        name: 'ids',
        type: GraphQLID,
        list: true,
        nullable: true,
        description: 'The ids, after count or hash differed.',
      },
    ]);
    book.object('ShiftProof', 'Whether everything that your device has made is here.', [
      walklistId,
      { name: 'isComplete', type: GraphQLBoolean, description: 'Nothing that the device has made is missing here.' },
      { name: 'count', type: GraphQLInt, description: 'How many visits of yours with this walklist there are.' },
      { name: 'hash', type: GraphQLString, description: 'The hash of their ids.' },
      {
        name: 'missing',
        ...{ type: GraphQLID, list: true, nullable: true },
        description: 'Ids that never arrived; null where the numbers differ and no ids came.',
      },
      {
        name: 'rejected',
        ...{ type: GraphQLID, list: true, nullable: true },
        description: 'Ids that arrived and were refused: see syncRejections.',
      },
    ]);
    return {
      ...{ type: 'ShiftProof', list: true, description: 'Whether everything that your device has made is here.' },
      arguments: [
        { name: 'claims', type: 'ShiftClaim', list: true, description: `One for each walklist, at most ${most}.` },
      ],
    };
  },
  makeAnswer:
    ({ devices }) =>
    ({ claims }, { viewer, charge }) => {
      const asked = (claims as readonly Partial<ShiftClaim>[]).map(({ ids = null, ...claim }) => ({ ...claim, ids }));
      if (asked.length > most) {
        throw invalidInput([{ pointer: '/claims', message: `expected at most ${most}, found ${asked.length}` }]);
      }
      charge(asked.reduce((sum, { ids }) => sum + 1 + (ids?.length ?? 0), 0));
      return devices.proveShift(viewer, asked as readonly ShiftClaim[]);
    },
};
