/**
 * The types of RxDB's GraphQL replication: for each collection a flat document, its checkpoint, and a pull. Their names
 * and which arguments may be left out are those that the stock query builders write, so that an unmodified client is
 * valid here.
 *
 * The documents are called `…Document`, because the plain names are those of the envelopes; and a tombstone has nothing
 * but its id, its position and its mark, so nothing else can be promised.
 */
import { GraphQLBoolean, GraphQLFloat, GraphQLInt, GraphQLString, type GraphQLScalarType } from 'graphql';
import type { Collection, DocumentField } from '../../read/collection.ts';
import { pageLimits } from '../page-limits.ts';
import type { TypeBook } from './type-book.ts';

export const documentTypes: Readonly<Record<DocumentField['type'], GraphQLScalarType>> = {
  text: GraphQLString,
  integer: GraphQLInt,
  decimal: GraphQLFloat,
  boolean: GraphQLBoolean,
};

const id = 'Its UUID.';
const syncSeq = 'Where it stands in the order of changes, in digits: 64 bits do not fit an Int.';

export function defineSync(book: TypeBook, collections: readonly Collection[]): void {
  for (const collection of collections) defineCollection(book, collection);
}

function defineCollection(book: TypeBook, collection: Collection): void {
  const { name, typeName, description, fields } = collection;
  book.object(`${typeName}Document`, `${description} As a device keeps it.`, [
    { name: 'id', type: GraphQLString, description: id, means: { kind: 'document', part: { kind: 'id' } } },
    {
      name: 'syncSeq',
      type: GraphQLString,
      description: syncSeq,
      means: { kind: 'document', part: { kind: 'syncSeq' } },
    },
    {
      name: 'isDeleted',
      type: GraphQLBoolean,
      description: 'Whether the device has to forget it. Nothing else is told of it then.',
      means: { kind: 'document', part: { kind: 'isDeleted' } },
    },
    ...fields.map((field) => ({
      name: field.name,
      type: documentTypes[field.type],
      nullable: true,
      description: field.description,
      means: { kind: 'document', part: { kind: 'field', field } } as const,
    })),
  ]);
  book.object(`${typeName}Checkpoint`, 'How far a device has come.', [
    { name: 'id', type: GraphQLString, description: id, means: { kind: 'checkpointPart', part: 'id' } },
    { name: 'syncSeq', type: GraphQLString, description: syncSeq, means: { kind: 'checkpointPart', part: 'syncSeq' } },
  ]);
  book.input(`${typeName}InputCheckpoint`, 'How far a device has come.', [
    { name: 'id', type: GraphQLString, description: id },
    { name: 'syncSeq', type: GraphQLString, description: syncSeq },
  ]);
  book.object(`${typeName}PullBulk`, 'What has changed for a device.', [
    {
      name: 'documents',
      type: `${typeName}Document`,
      list: true,
      description: 'In the order of changes. Fewer than were asked for: there are no others now.',
      means: { kind: 'documents' },
    },
    {
      name: 'checkpoint',
      type: `${typeName}Checkpoint`,
      description: 'Where to go on; the one that was given, where nothing has changed.',
      means: { kind: 'checkpoint' },
    },
  ]);
  book.query({
    name: `pull${typeName}`,
    type: `${typeName}PullBulk`,
    description: `What has changed of the collection ${name} since a checkpoint. ${description}`,
    arguments: [
      {
        name: 'checkpoint',
        type: `${typeName}InputCheckpoint`,
        nullable: true,
        description: 'Of the last answer; nothing for a device that has nothing yet.',
      },
      { name: 'limit', type: GraphQLInt, description: `How many documents at most: 1 to ${pageLimits.largest}.` },
    ],
    means: { kind: 'pull', collection },
  });
  book.input(
    `${typeName}InputHeaders`,
    'What the stock client sends along. The token of the connection is what counts.',
    [{ name: 'Authorization', type: GraphQLString, nullable: true, description: 'As in HTTP.' }],
  );
  book.subscription({
    name: `stream${typeName}`,
    type: `${typeName}PullBulk`,
    description: `What changes of the collection ${name} from the opening of the connection on, over graphql-ws.`,
    arguments: [
      { name: 'headers', type: `${typeName}InputHeaders`, nullable: true, description: 'Of the stock client.' },
    ],
    means: { kind: 'stream', collection },
  });
}
