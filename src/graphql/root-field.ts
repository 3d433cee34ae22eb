/**
 * A root field that selects no rows of one resource: who is asking, work that is started, numbers. Each is one file in
 * roots/, and roots.ts names them all. Its shape is for the schema, which is built without a server; its answer is made
 * once, from the parts of the server, and resolved by graphql-js field by field.
 *
 * A newcomer's mistake would be to answer rows of a resource here: select them, so that one statement reads them.
 */
import type { GraphQLResolveInfo } from 'graphql';
import type { Exports } from '../exports/exports.ts';
import type { BulkReads } from '../audit/bulk-reads.ts';
import type { Model } from '../model.ts';
import type { Reader } from '../read/reader.ts';
import type { Database } from '../store/database.ts';
import type { Changes } from '../sync/changes.ts';
import type { DeviceCalls } from '../sync/device-calls.ts';
import type { Writer } from '../write/writer.ts';
import type { GraphqlContext } from './context.ts';
import type { FieldShape, TypeBook } from './schema/type-book.ts';

/** What the answers of root fields are made from. */
export interface RootParts {
  readonly database: Database;
  readonly model: Model;
  readonly reader: Reader;
  readonly writer: Writer;
  readonly devices: DeviceCalls;
  readonly exports: Exports;
  readonly changes: Changes;
  readonly bulkReads: BulkReads;
}

/** Objects of ours, read by the names of their fields. A Problem that it throws becomes an error with its path. */
export type RootAnswer = (
  given: Readonly<Record<string, unknown>>,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
) => unknown;

export interface RootField {
  readonly name: string;
  readonly operation: 'query' | 'mutation';
  /** Defines the types that it needs, and says what the field is like. */
  readonly describe: (book: TypeBook, model: Model) => Omit<FieldShape, 'name' | 'means'>;
  readonly makeAnswer: (parts: RootParts) => RootAnswer;
}
