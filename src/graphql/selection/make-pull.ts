/** From a field that pulls a collection to what the reader is asked for. */
import {
  type FieldNode,
  getArgumentValues,
  getNamedType,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { Late } from '../../late.ts';
import { Problem } from '../../problem.ts';
import type { Collection } from '../../read/collection.ts';
import type {
  BulkOutput,
  Checkpoint,
  CheckpointOutput,
  DocumentOutput,
  PullSelection,
} from '../../read/pull-selection.ts';
import type { JsonObject } from '../../json.ts';
import type { Meaning } from '../meaning.ts';
import { pageLimits } from '../page-limits.ts';
import { collectSubfields } from './collect-fields.ts';
import type { Operation } from './operation.ts';

interface Given {
  readonly checkpoint?: Checkpoint | Late | null;
  readonly limit: number;
}

export function makePull(
  nodes: readonly FieldNode[],
  field: GraphQLField<unknown, unknown>,
  collection: Collection,
  operation: Operation,
): PullSelection {
  const node = nodes[0]!;
  const { checkpoint = null, limit } = getArgumentValues(field, node, operation.variables) as unknown as Given;
  const members = makeBulkMembers(nodes, getNamedType(field.type) as GraphQLObjectType, operation);
  return { collection, checkpoint: readCheckpoint(checkpoint), limit: checkLimit(limit, node), members };
}

function readCheckpoint(given: Checkpoint | Late | null): Checkpoint | null {
  if (!(given instanceof Late)) return given;
  const part = (name: 'id' | 'syncSeq'): Late => given.convert((value) => (value as JsonObject)[name]!);
  return { id: part('id'), syncSeq: part('syncSeq') };
}

/** A device takes a page that is not full for the last one, so what is too much is refused and never cut. */
function checkLimit(limit: number, node: FieldNode): number {
  const { largest } = pageLimits;
  if (limit >= 1 && limit <= largest) return limit;
  const problem = new Problem('INVALID_PAGE', `limit: expected 1 to ${largest}, found ${limit}.`);
  throw new GraphQLError(problem.detail, { nodes: node, originalError: problem });
}

export function makeBulkMembers(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  operation: Operation,
): readonly BulkOutput[] {
  return mapFields<BulkOutput>(nodes, type, operation, (means, key, below, inner) => {
    if (means?.kind === 'documents') return { kind: 'documents', key, members: makeDocument(below, inner, operation) };
    if (means?.kind !== 'checkpoint') return null;
    const members = mapFields<CheckpointOutput>(below, inner, operation, (part, name) =>
      part?.kind === 'checkpointPart' ? { kind: part.part, key: name } : null,
    );
    return { kind: 'checkpoint', key, members };
  });
}

function makeDocument(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  operation: Operation,
): readonly DocumentOutput[] {
  return mapFields<DocumentOutput>(nodes, type, operation, (means, key) =>
    means?.kind === 'document' ? { ...means.part, key } : null,
  );
}

type Constant = { readonly kind: 'constant'; readonly key: string; readonly json: string };

function mapFields<T>(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  operation: Operation,
  make: (means: Meaning | undefined, key: string, nodes: readonly FieldNode[], type: GraphQLObjectType) => T | null,
): readonly (T | Constant)[] {
  return [...collectSubfields(nodes, operation)].map(([key, below]) => {
    const name = below[0]!.name.value;
    if (name === '__typename') return { kind: 'constant', key, json: JSON.stringify(type.name) };
    const field = type.getFields()[name]!;
    const made = make(field.extensions.means, key, below, getNamedType(field.type) as GraphQLObjectType);
    if (made === null) throw new Error(`${type.name}.${name} is no part of a pull`);
    return made;
  });
}
