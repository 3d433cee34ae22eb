/**
 * A layout says which column of somebody's file is which attribute of ours. It is data: the built-in ones and a file
 * given with --map have the same form, which `layoutSchema` describes and the README explains.
 *
 * The shortest source is the name of a column; a list of names is joined by blanks; an object says more.
 */
import type { DateFormat } from './normalise/calendar-date.ts';
import type { Kind } from './attribute-kinds.ts';

export interface Layout {
  readonly description?: string;
  readonly delimiter?: string;
  readonly encoding?: Encoding;
  /** By the pointer of the attribute. */
  readonly attributes: Readonly<Record<string, Source>>;
}

export const encodings = ['utf-8', 'latin1', 'utf-16le'] as const;
export type Encoding = (typeof encodings)[number];

export type Source = string | readonly string[] | SourceRule;

export interface SourceRule {
  readonly column?: string;
  /** Several columns to one attribute: those that are not empty, with the joiner (a blank) between them. */
  readonly columns?: readonly string[];
  readonly joiner?: string;
  /** The first of these columns that is not empty. */
  readonly first?: readonly string[];
  /** The same for every row, instead of columns. */
  readonly value?: string;
  /** Another reading than the attribute's own; `text` keeps the cell as it is. */
  readonly as?: Kind;
  readonly format?: DateFormat;
  readonly yearOnly?: readonly string[];
  /** What stands for what: `{"CONF": "confirmation", "9/9/9999": null}`. null is "not known". */
  readonly values?: Readonly<Record<string, string | null>>;
  /** For rows where the columns are empty. */
  readonly default?: string;
  /** Between the items of a list; a comma unless said. */
  readonly separator?: string;
}

export function sourceRule(source: Source): SourceRule {
  if (typeof source === 'string') return { column: source };
  return isList(source) ? { columns: source } : source;
}

/** Every column that a source reads, in the order in which it reads them. */
export function columnsOf(source: Source): readonly string[] {
  const rule = sourceRule(source);
  return rule.columns ?? rule.first ?? (rule.column === undefined ? [] : [rule.column]);
}

export function isList(source: Source): source is readonly string[] {
  return Array.isArray(source);
}
