/**
 * What of a walk a device keeps: which rows, reached from the walklists that are its holder's, and what it is told of
 * each. The collections themselves are data (src/sync/collections); here is what the compiler has to know of one.
 */
import type { Pointer } from '../filter/pointer.ts';
import type { Attribute, Relation, Resource } from '../model.ts';
import type { Output } from './selection.ts';

/** A table on the way from a walklist to the rows. */
export interface Step {
  /** Whose rows these are; null for the items of an array, which whoever sees their owner sees. */
  readonly resource: Resource | null;
  readonly table: string;
  /** Where a column equals one of an earlier step: an index into the steps, -1 for the assignment of the walklist. */
  readonly on: readonly { readonly column: string; readonly of: number; readonly equals: string }[];
}

export type DocumentSource =
  | { readonly kind: 'attribute'; readonly attribute: Attribute }
  /** Of the row that a reference leads to. */
  | {
      readonly kind: 'far';
      readonly relation: Relation & { readonly kind: 'one' };
      readonly target: Resource;
      readonly attribute: Attribute;
    }
  /** A place inside a document, as text. */
  | { readonly kind: 'place'; readonly pointer: Pointer }
  /** Rows at the other end of a relation, as JSON in a text: devices keep flat documents. */
  | {
      readonly kind: 'linked';
      readonly relation: Relation;
      readonly target: Resource;
      readonly members: readonly Output[];
    }
  /** Any other member of the row, as JSON in a text. */
  | { readonly kind: 'json'; readonly output: Output };

export interface DocumentField {
  readonly name: string;
  readonly description: string;
  readonly type: 'text' | 'integer' | 'decimal' | 'boolean';
  readonly source: DocumentSource;
}

export interface Collection {
  /** camelCase, singular. */
  readonly name: string;
  readonly typeName: string;
  readonly description: string;
  /** The tables between the assignment and the rows. */
  readonly steps: readonly Step[];
  readonly rows: Step;
  /** The column of the rows that names the device's holder, where only their own are kept. */
  readonly own: string | null;
  /** Whether rows are reached from walklists at all. */
  readonly isReached: boolean;
  readonly fields: readonly DocumentField[];
}
