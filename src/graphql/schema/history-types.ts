/** What the change log says of a row. */
import { GraphQLID, GraphQLInt, GraphQLString } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import { pageLimits } from '../page-limits.ts';
import type { TypeBook, ValueShape } from './type-book.ts';

export const historyArguments: readonly ValueShape[] = [
  {
    name: 'limit',
    type: GraphQLInt,
    nullable: true,
    description: `How many entries at most: ${pageLimits.unasked} unless asked, ${pageLimits.largest} at the most.`,
  },
  { name: 'after', type: GraphQLString, nullable: true, description: 'The cursor of the entry after which to begin.' },
];

export function defineHistory(book: TypeBook): void {
  const verbs = ['create', 'patch', 'remove', 'restore', 'erase'];
  book.choice('HistoryVerb', 'What was done with a row. Erased: the person whom it is about was forgotten.', verbs);
  book.object('HistoryEntry', 'One change of a row.', [
    {
      name: 'cursor',
      type: GraphQLString,
      description: 'Its place in the history, for `after`.',
      means: { kind: 'entry', of: 'cursor' },
    },
    {
      name: 'position',
      type: GraphQLString,
      description: 'Its position in the order of changes.',
      means: { kind: 'entry', of: 'position' },
    },
    { name: 'verb', type: 'HistoryVerb', description: 'What was done.', means: { kind: 'entry', of: 'verb' } },
    { name: 'at', type: GraphQLDateTimeISO, description: 'When.', means: { kind: 'entry', of: 'at' } },
    {
      name: 'by',
      type: GraphQLID,
      nullable: true,
      description: 'The user who did it; null for the system.',
      means: { kind: 'entry', of: 'by' },
    },
    {
      name: 'client',
      type: GraphQLString,
      nullable: true,
      description: 'The application through which it was done.',
      means: { kind: 'entry', of: 'client' },
    },
    {
      name: 'requestId',
      type: GraphQLString,
      nullable: true,
      description: 'The request in which it was done.',
      means: { kind: 'entry', of: 'requestId' },
    },
    {
      name: 'patch',
      type: GraphQLJSON,
      nullable: true,
      description: 'A JSON Patch of the data; null where it is not kept, or was erased.',
      means: { kind: 'entry', of: 'patch' },
    },
  ]);
}
