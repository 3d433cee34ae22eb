/**
 * What is copied out of the database as a table: columns with names, over rows of one resource. Lists answer with trees
 * of JSON; this is the other shape of an answer, for files.
 */
import type { LeafField } from '../fields/field.ts';
import type { Filter } from '../filter/tree.ts';
import type { Attribute, Relation, Resource, RowsAttribute } from '../model.ts';
import type { Deleted } from './selection.ts';

export type CopyFormat = 'csv' | 'ndjson' | 'parquet';

type One = Relation & { readonly kind: 'one' };

/** Where the value of a column comes from. */
export type CopySource =
  | { readonly kind: 'attribute'; readonly attribute: Attribute }
  /** An array with a child table, as JSON. */
  | { readonly kind: 'rows'; readonly rows: RowsAttribute }
  /** What was answered to one question, in a document of answers by question. `tag` names its usual member. */
  | { readonly kind: 'answer'; readonly document: Attribute; readonly question: string; readonly tag: string }
  /** Of the row that this one refers to. */
  | { readonly kind: 'far'; readonly relation: One; readonly attribute: Attribute }
  /** Of the latest row that refers to this one: `latest` says which. */
  | { readonly kind: 'latest'; readonly attribute: Attribute; readonly through?: One }
  /** The day of a moment, in the time zone that the row referred to is in. */
  | { readonly kind: 'day'; readonly moment: Attribute; readonly relation: One; readonly zone: Attribute }
  /** How many rows, how many different values, or in how many it is so. */
  | {
      readonly kind: 'count';
      readonly of: 'rows' | { readonly distinct: Attribute } | { readonly yes: Attribute } | { readonly no: Attribute };
    };

export interface CopyColumn {
  readonly name: string;
  readonly field: Pick<LeafField, 'json' | 'jsonParts' | 'csv' | 'parquet' | 'isFreeText'>;
  /** Never NULL. */
  readonly required: boolean;
  readonly source: CopySource;
}

/** Filter checked against the resource. Where a column counts, the others say what is counted together. */
export interface CopyQuestion {
  readonly resource: Resource;
  readonly filter: Filter;
  readonly deleted: Deleted;
  readonly columns: readonly CopyColumn[];
  /** The rows among which the latest is looked up, by when it happened, capped by when it arrived. */
  readonly latest?: { readonly relation: Relation & { readonly kind: 'many' }; readonly moment: Attribute };
}

export interface CopyOptions {
  readonly format: CopyFormat;
  /** CSV only: an apostrophe in front of what a spreadsheet would take for a formula. */
  readonly defused: boolean;
}
