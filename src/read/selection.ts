/**
 * What is asked of the database, as a tree: which resource, which attributes under which keys, which relations with
 * which filter, sort and page. Every transport makes one of these, and one compiler turns it into one statement.
 */
import type { Filter } from '../filter/tree.ts';
import type { SortKey } from '../filter/sort.ts';
import type { Late } from '../late.ts';
import type { Attribute, Decision, Relation, Resource, RowsAttribute } from '../model.ts';

/** How values are spelt. REST leaves out what is not set; GraphQL cannot have a hyphen in a choice. */
export type Spelling = 'graphql' | 'rest' | 'document';

/** One member of a JSON object, in the order in which it was asked for. */
export type Output =
  | { readonly kind: 'attribute'; readonly key: string; readonly attribute: Attribute }
  /** JSON text that no row can change: `__typename`, `meta.resource`. */
  | { readonly kind: 'constant'; readonly key: string; readonly json: string }
  /** A nested object; with `group` it is null when none of the group's columns is set. */
  | {
      readonly kind: 'object';
      readonly key: string;
      readonly members: readonly Output[];
      readonly group?: readonly Attribute[];
    }
  /** An array with a child table; members null for one that holds bare keys. */
  | {
      readonly kind: 'rows';
      readonly key: string;
      readonly rows: RowsAttribute;
      readonly members: readonly Output[] | null;
    }
  | {
      readonly kind: 'one';
      readonly key: string;
      readonly relation: Relation & { readonly kind: 'one' };
      readonly members: readonly Output[];
    }
  | {
      readonly kind: 'list';
      readonly key: string;
      readonly relation: Relation & { readonly kind: 'many' | 'through' };
      readonly list: ListSelection;
    }
  /** How many different rows stand at the end of a chain of relations. */
  | { readonly kind: 'count'; readonly key: string; readonly along: readonly Relation[] }
  /** The id of the row at the other end that satisfies the filter. */
  | {
      readonly kind: 'found';
      readonly key: string;
      readonly relation: Relation & { readonly kind: 'many' };
      readonly filter: Filter;
    }
  /** The row that rules give to this one, of the rules that point at `within`. */
  | {
      readonly kind: 'decided';
      readonly key: string;
      readonly decision: Decision;
      readonly within: string | Late;
      readonly members: readonly Output[];
    }
  /** The entries of the change log about this row, newest first; null for who may not audit it. */
  | {
      readonly kind: 'history';
      readonly key: string;
      readonly limit: number | Late;
      /** The cursor of an entry; those before it in time follow. */
      readonly before: string | Late | null;
      readonly members: readonly HistoryOutput[];
    };

export type HistoryOutput =
  | { readonly kind: 'constant'; readonly key: string; readonly json: string }
  | {
      readonly kind: 'cursor' | 'position' | 'verb' | 'at' | 'by' | 'client' | 'requestId' | 'patch';
      readonly key: string;
    };

export type Deleted = 'exclude' | 'include' | 'only';

export interface Page {
  readonly skip: number;
  readonly limit: number;
  /** A cursor that this server made for the same sort. */
  readonly after: string | null;
  /** A cursor behind whose row the page ends, whatever its limit. */
  readonly until?: string | null;
}

/** Filter and sort have been checked against the resource. */
export interface ListSelection {
  readonly resource: Resource;
  readonly filter: Filter;
  readonly sort: readonly SortKey[];
  readonly page: Page;
  readonly deleted: Deleted;
  readonly members: readonly PageOutput[];
}

/** One member of a connection. */
export type PageOutput =
  | { readonly kind: 'constant'; readonly key: string; readonly json: string }
  | { readonly kind: 'nodes'; readonly key: string; readonly members: readonly Output[] }
  | { readonly kind: 'edges'; readonly key: string; readonly members: readonly EdgeOutput[] }
  | { readonly kind: 'pageInfo'; readonly key: string; readonly members: readonly PageInfoOutput[] }
  | { readonly kind: 'totalCount'; readonly key: string };

export type EdgeOutput =
  | { readonly kind: 'constant'; readonly key: string; readonly json: string }
  | { readonly kind: 'cursor'; readonly key: string }
  | { readonly kind: 'node'; readonly key: string; readonly members: readonly Output[] };

export type PageInfoOutput =
  | { readonly kind: 'constant'; readonly key: string; readonly json: string }
  | {
      readonly kind: 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor';
      readonly key: string;
    };
