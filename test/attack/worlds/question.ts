/** What can be asked of a random world: a list or a row, with what is related to it, and changes of one row. */
import type { Row } from './facts.ts';
import type { KindName, Relation } from './kinds.ts';

export type Filter =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'mark'; readonly value: string }
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'reference'; readonly attribute: string; readonly id: string }
  /** There is one at the other end like this, or none. */
  | { readonly kind: 'related'; readonly relation: Relation; readonly some: boolean; readonly of: Filter };

export interface Page {
  readonly filter: Filter;
  readonly sort: 'mark' | 'id';
  readonly isDescending: boolean;
  readonly skip: number;
  readonly limit: number;
  /** The row behind which the page begins: a cursor that somebody, perhaps somebody else, was given for it. */
  readonly after: Row | null;
  readonly deleted: 'exclude' | 'include' | 'only';
}

/** What is shown of a row beside its id and its mark. */
export interface Selection {
  readonly inner: readonly Inner[];
}

export interface Inner {
  readonly relation: Relation;
  /** Null at a reference, which leads to one row. */
  readonly page: Page | null;
  readonly select: Selection;
}

export type Question =
  | { readonly kind: 'list'; readonly of: KindName; readonly page: Page; readonly select: Selection }
  | { readonly kind: 'get'; readonly of: KindName; readonly id: string; readonly select: Selection };

export type Change =
  | {
      readonly kind: 'patch' | 'remove';
      readonly of: KindName;
      readonly id: string;
      readonly etag: EtagGuess;
      readonly mark: string;
    }
  /** A note about a contact. */
  | {
      readonly kind: 'create';
      readonly of: 'note';
      readonly id: string;
      readonly about: string;
      readonly group: string | null;
      readonly mark: string;
    };

/** The row's own, one that no version of it has, or none. */
export type EtagGuess = 'any' | 'wrong' | 'none';

/** Answers of both transports, brought into one form. */
export type Shown = { readonly [key: string]: unknown };
