/** Who is asking. An app shows what this person may do, and the server decides it again with every request. */
import { GraphQLID, GraphQLString } from 'graphql';
import type { RootField } from '../root-field.ts';

export const me: RootField = {
  name: 'me',
  operation: 'query',
  describe(book) {
    book.object('Me', 'Who is asking, and what for.', [
      { name: 'userId', type: GraphQLID, nullable: true, description: 'The person; null for the system itself.' },
      { name: 'client', type: GraphQLString, nullable: true, description: 'The application that has the token.' },
    ]);
    return { type: 'Me', description: 'Who is asking.' };
  },
  makeAnswer:
    () =>
    (_, { viewer: { userId, client } }) => ({ userId, client }),
};
