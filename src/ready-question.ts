/**
 * What a ready question is: one that many ask, over the rows of a resource in groups. A declaration says it as data, and
 * whoever compiles questions and whoever offers them follow from that; nobody writes SQL for one resource.
 */

/** What a ready question tells apart. `refersTo` is a resource whose rows have the value for an id. */
export type ReadyKey = { readonly description: string; readonly refersTo?: string } & (
  | { readonly attribute: string }
  /** Of what `entries` opens. */
  | { readonly entry: 'name' | 'member' | 'value' }
  /** The rule (see `decides`) by which the row got what it refers to. */
  | { readonly rule: string }
);

/** Rows of another resource for one item of a row: its references `by` name an attribute of the row or of the item. */
export interface ForItem {
  readonly resource: string;
  readonly by: Readonly<Record<string, string>>;
  readonly where?: string;
}

/** What a ready question measures. `where` is in the filter language. */
export type ReadyMeasure = { readonly description: string } & (
  | { readonly is: 'count' | 'share'; readonly where?: string }
  | { readonly is: 'countDistinct'; readonly of: string; readonly where?: string }
  | { readonly is: 'average' | 'earliest' | 'latest'; readonly of: string }
  | { readonly is: 'percentile'; readonly of: string; readonly at: number }
  /** Between the moments of each one of `by`; longer pauses than so many minutes do not count. */
  | { readonly is: 'hours'; readonly of: string; readonly by: string; readonly pause: number }
  /** The items that `items` opens; those for which there are such rows; the latest moment of such rows. */
  | { readonly is: 'items'; readonly having?: ForItem }
  | { readonly is: 'latestForItem'; readonly of: string; readonly having: ForItem }
  /** Of other measures of the question. */
  | { readonly is: 'ratio'; readonly of: string; readonly to: string }
  /**
   * How far a group is from the median of all groups, in standard deviations as the median absolute deviation estimates
   * them: a few groups that are far out do not move the measure (Iglewicz and Hoaglin 1993).
   */
  | { readonly is: 'deviation'; readonly of: string }
);

/** A question that many ask, over the rows of the resource in groups. It becomes a root field of GraphQL. */
export interface ReadyQuestion {
  /** The type of one line of the answer. */
  readonly type: string;
  readonly description: string;
  /** References that the caller has to limit the rows by, and those that the caller may. */
  readonly within: readonly string[];
  readonly may?: readonly string[];
  /** The moment that the caller may limit. */
  readonly during?: string;
  /** The members of the objects (at `inside`) that are the members of a document. */
  readonly entries?: { readonly of: string; readonly inside: string };
  /** The items of an array; rows without any still make a group. */
  readonly items?: string;
  /** None: the answer is one line. */
  readonly keys: Readonly<Record<string, ReadyKey>>;
  readonly measures: Readonly<Record<string, ReadyMeasure>>;
  /** In the filter language, over keys and measures: `/visits gte 10`. */
  readonly having?: string;
  readonly sort?: readonly (readonly [string, 'ASC' | 'DESC'])[];
}
