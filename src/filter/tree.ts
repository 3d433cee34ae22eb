/**
 * The one form of every filter: the filter language, the REST query string, GraphQL's typed inputs and the caller's
 * scope all become this tree, and one compiler turns it into SQL.
 *
 * The logic is two-valued, unlike SQL's: a missing attribute is nil, `neq` and `nin` are true for it, every other
 * comparison with a value is false for it, and `not` is the plain complement.
 */
import type { Json } from '../json.ts';
import type { Late } from '../late.ts';
import type { Pointer } from './pointer.ts';

export const operators = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'like', 'in', 'nin', 'between'] as const;
export type Operator = (typeof operators)[number];

/** Where a node stood in which text, so that a later fault can be pointed at. Offsets count UTF-16 units. */
export interface Place {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

/**
 * `value` null is nil; for `in` and `nin` it is an array, for `between` an array of two, both ends included. A value that
 * comes late is a scalar, or for `in` and `nin` an array, and holds no null.
 */
export interface Comparison {
  readonly kind: 'compare';
  readonly pointer: Pointer;
  readonly operator: Operator;
  readonly value: Json | Late;
  readonly at?: Place;
}

export interface PointerComparison {
  readonly kind: 'compare-pointers';
  readonly pointer: Pointer;
  readonly operator: Operator;
  readonly other: Pointer;
  readonly at?: Place;
}

/** `filter[/data/x]=v`: equal when the attribute's text form is this text. It cannot have the wrong type. */
export interface TextComparison {
  readonly kind: 'text';
  readonly pointer: Pointer;
  readonly value: string;
}

/** Only GraphQL's typed filter makes these. A relation to one row takes `some`. */
export interface RelatedFilter {
  readonly kind: 'related';
  readonly relation: string;
  readonly quantifier: 'some' | 'none';
  readonly of: Filter;
}

export type Filter =
  /** An empty `and` is true, an empty `or` is false. */
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | Comparison
  | PointerComparison
  | TextComparison
  | RelatedFilter;

export function and(...of: readonly Filter[]): Filter {
  return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'and', of };
}

export function or(...of: readonly Filter[]): Filter {
  return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'or', of };
}

export function not(of: Filter): Filter {
  return { kind: 'not', of };
}

export function compare(pointer: Pointer, operator: Operator, value: Json | Late): Filter {
  return { kind: 'compare', pointer, operator, value };
}

export const everything: Filter = { kind: 'and', of: [] };
export const nothing: Filter = { kind: 'or', of: [] };
