/**
 * `push<Collection>`: what devices send when they have a signal again. The names, and what may be null, are those that
 * the query builders of RxDB's GraphQL replication write.
 *
 * A newcomer's mistake would be to give the members of the input their types. GraphQL refuses a whole call for one value
 * of another type, RxDB sends it again for ever, and everything behind it waits: what a value has to be is found out row
 * by row, and told in a rejection.
 */
import { GraphQLString, type GraphQLResolveInfo } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import type { JsonObject } from '../../json.ts';
import type { Model } from '../../model.ts';
import { pascalCase } from '../../names.ts';
import { invalidInput } from '../../problem.ts';
import { makePushRow } from '../../sync/push/push-row.ts';
import { makePushedCollections } from '../../sync/push/pushed-collections.ts';
import type { PushedCollection } from '../../sync/push/pushed-collection.ts';
import type { RootAnswer, RootField, RootParts } from '../root-field.ts';
import type { FieldShape, TypeBook } from '../schema/type-book.ts';
import { collectSubfields } from '../selection/collect-fields.ts';
import { toWire } from '../selection/wire-value.ts';

const most = 1_000;

export const pushFields: readonly RootField[] = ['interaction', 'walklistItem'].map((name) => ({
  name: `push${pascalCase(name)}`,
  operation: 'mutation',
  describe: (book, model) => describe(book, collectionOf(name, model)),
  makeAnswer: (parts) => makeAnswer(collectionOf(name, parts.model), parts),
}));

function collectionOf(name: string, model: Model): PushedCollection {
  return makePushedCollections(model).get(name)!;
}

function describe(
  book: TypeBook,
  { name, collection: { fields } }: PushedCollection,
): Omit<FieldShape, 'name' | 'means'> {
  const typeName = pascalCase(name);
  const input = `${typeName}DocumentInput`;
  const id = { name: 'id', type: GraphQLString, description: 'Its id: a UUID that the device may have made.' };
  const position = { name: 'syncSeq', description: 'Its position, in digits, as it was pulled.' };
  const isDeleted = { name: 'isDeleted', description: 'Whether the device has deleted it.' };
  const anything = [position, isDeleted, ...fields].map(({ name: member, description }) => {
    return { name: member, type: GraphQLJSON, nullable: true, description };
  });
  book.input(input, `A ${name} as a device has it. What is not set may be left out.`, [id, ...anything]);
  book.input(`${typeName}InputPushRow`, `What a device did to a ${name}.`, [
    { name: 'assumedMasterState', type: input, nullable: true, description: 'What it believed the server to have.' },
    { name: 'newDocumentState', type: input, description: 'What it wants the server to have.' },
  ]);
  return {
    type: `${typeName}Document`,
    list: true,
    description:
      'Takes what a device did, each row for itself, and answers with what the device has to take over instead: the ' +
      "server's version where both changed the same, and a deleted one for what could not be taken (see syncRejections).",
    arguments: [
      {
        name: `${name}PushRow`,
        type: `${typeName}InputPushRow`,
        list: true,
        nullable: true,
        description: `At most ${most} of them.`,
      },
    ],
  };
}

interface Given {
  readonly assumedMasterState?: unknown;
  readonly newDocumentState: unknown;
}

function makeAnswer(collection: PushedCollection, { devices: { push } }: RootParts): RootAnswer {
  const argument = `${collection.name}PushRow`;
  return async (given, { viewer, requestId, charge }, info) => {
    const rows = (given[argument] ?? []) as readonly Given[];
    if (rows.length > most) {
      throw invalidInput([{ pointer: `/${argument}`, message: `expected at most ${most} rows, found ${rows.length}` }]);
    }
    charge(rows.length);
    const sent = rows.map(({ assumedMasterState, newDocumentState }) =>
      makePushRow({
        assumedMasterState: toWire(assumedMasterState ?? null),
        newDocumentState: toWire(newDocumentState) as JsonObject & { readonly id: string },
      }),
    );
    const answer = await push(viewer, collection, sent, requestId);
    return answer.map((document) => byKeys(document, info));
  };
}

/** Documents are read by the keys of the operation, aliases included, wherever they come from. */
function byKeys(document: JsonObject, { fieldNodes, fragments, variableValues }: GraphQLResolveInfo): JsonObject {
  const asked = collectSubfields(fieldNodes, { fragments, variables: variableValues });
  return Object.fromEntries([...asked].map(([key, [node]]) => [key, document[node!.name.value] ?? null]));
}
