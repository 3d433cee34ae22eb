/**
 * What is asked about many rows at once: which rows, by what they are grouped, and what is measured of each group. Its
 * groups are described like rows of a resource (`shape`), so that filters, orders and members of rows work on them.
 */
import { decimal } from '../fields/decimal.ts';
import { document } from '../fields/document.ts';
import { integer } from '../fields/integer.ts';
import { timestamp } from '../fields/timestamp.ts';
import type { Pointer } from '../filter/pointer.ts';
import type { SortKey } from '../filter/sort.ts';
import type { Filter } from '../filter/tree.ts';
import type { Attribute, Resource, RowsAttribute } from '../model.ts';
import type { Deleted, Output } from './selection.ts';
import type { Dimension } from './stats-dimensions.ts';

export type StatsKey =
  | { readonly kind: 'dimension'; readonly dimension: Dimension }
  /** A place in a document, or in a row that this one refers to. */
  | { readonly kind: 'pointer'; readonly pointer: Pointer; readonly attribute: Attribute }
  /** A column of the row, whatever it is. */
  | { readonly kind: 'column'; readonly of: Attribute; readonly attribute: Attribute }
  /** A part of what is opened. */
  | { readonly kind: 'entry'; readonly part: 'name' | 'member' | 'value'; readonly attribute: Attribute }
  /** The rule by which the row got what it refers to. */
  | { readonly kind: 'rule'; readonly rule: string; readonly attribute: Attribute };

export type Measure =
  /** `share` is the part of the group's rows that satisfy the filter. */
  | { readonly kind: 'count' | 'share'; readonly filter: Filter | null }
  | { readonly kind: 'countDistinct'; readonly of: Dimension; readonly filter: Filter | null }
  | { readonly kind: 'sum' | 'average' | 'min' | 'max'; readonly of: Attribute | Pointer }
  /** `at` from 0 to 1; values in between are interpolated. */
  | { readonly kind: 'percentile'; readonly of: Attribute | Pointer; readonly at: number }
  | { readonly kind: 'earliest' | 'latest'; readonly of: Attribute }
  /** Between moments of each one of `by`, without pauses of more minutes than this. One for each selection. */
  | { readonly kind: 'hours'; readonly of: Attribute; readonly by: Attribute; readonly pause: number }
  /** The items that are opened, or those for which there are such rows. */
  | { readonly kind: 'items'; readonly having: ForItem | null }
  | { readonly kind: 'latestForItem'; readonly of: Attribute; readonly having: ForItem };

/** Rows of another resource that belong to one item of a row. */
export interface ForItem {
  readonly resource: Resource;
  readonly by: readonly { readonly reference: Attribute; readonly of: 'row' | 'item'; readonly column: string }[];
  readonly filter: Filter;
}

/** What each row is opened into before it is grouped. */
export type Opened =
  | { readonly kind: 'entries'; readonly document: Attribute; readonly inside: string }
  | { readonly kind: 'items'; readonly rows: RowsAttribute };

/** What follows from the measures of a group, or from those of all. */
export type Derived = { readonly attribute: Attribute } & (
  | { readonly kind: 'ratio'; readonly of: Attribute; readonly to: Attribute }
  | { readonly kind: 'deviation'; readonly of: Attribute }
);

export type MeasureKind = Measure['kind'];

/** What a caller can ask for; the others belong to ready questions. */
export type AskedMeasure = Exclude<MeasureKind, 'hours' | 'items' | 'latestForItem'>;

/** A measure and the column of the group that it becomes. */
export interface Measured {
  readonly measure: Measure;
  readonly attribute: Attribute;
}

export type StatsOutput =
  | { readonly kind: 'constant'; readonly key: string; readonly json: string }
  | { readonly kind: 'groups'; readonly key: string; readonly members: readonly Output[] }
  | { readonly kind: 'groupCount'; readonly key: string };

export interface StatsSelection {
  readonly resource: Resource;
  readonly filter: Filter;
  readonly deleted: Deleted;
  /** None: all rows are one group, also when there are none. */
  readonly keys: readonly StatsKey[];
  readonly measures: readonly Measured[];
  readonly opened: Opened | null;
  readonly derived: readonly Derived[];
  /** Where days begin; null: in the zone that each row, or what it refers to, says, and in UTC where none does. */
  readonly timeZone: string | null;
  /** A group as a resource: what `having`, `sort` and the members of `groups` are about. */
  readonly shape: Resource;
  readonly having: Filter;
  readonly sort: readonly SortKey[];
  readonly skip: number;
  readonly limit: number;
  readonly answer: StatsAnswer;
}

export type StatsAnswer =
  | { readonly kind: 'page'; readonly members: readonly StatsOutput[] }
  /** The groups alone; `line` is the first of them. */
  | { readonly kind: 'lines' | 'line'; readonly members: readonly Output[] };

/** The places that were grouped by, in their order, as one array. */
export const pointersColumn: Attribute = {
  path: ['key', 'pointers'],
  column: 'pointers',
  field: document({}, 'What stands at the pointers, in their order.'),
  required: true,
};

const fields = {
  count: integer('How many.'),
  number: decimal('The number.'),
  moment: timestamp('The moment.'),
};

export function measureColumn(index: number, kind: MeasureKind): Attribute {
  const isCount = kind === 'count' || kind === 'countDistinct' || kind === 'items';
  const isMoment = kind === 'earliest' || kind === 'latest' || kind === 'latestForItem';
  const field = isCount ? fields.count : isMoment ? fields.moment : fields.number;
  return { path: [], column: `measure:${index}`, field, required: isCount };
}

export function pointerKey(index: number, pointer: Pointer): StatsKey {
  const attribute: Attribute = {
    path: ['key', 'pointers', String(index)],
    column: `pointer:${index}`,
    field: document({}, 'What stands there.'),
    required: false,
  };
  return { kind: 'pointer', pointer, attribute };
}

export function keyColumn(key: StatsKey): string {
  return (key.kind === 'dimension' ? key.dimension : key).attribute.column;
}

/** A group as a resource. `measures` are under the names that the caller gave them. */
export function shapeOfGroups(
  resource: Resource,
  keys: readonly StatsKey[],
  measures: ReadonlyMap<string, Attribute>,
): Resource {
  const keyColumns = keys.map((key): Attribute =>
    key.kind === 'dimension' ? { ...key.dimension.attribute, path: ['key', key.dimension.name] } : key.attribute,
  );
  const measured = [...measures].map(([name, attribute]): Attribute => ({ ...attribute, path: [name] }));
  return { ...resource, envelope: [], attributes: [...keyColumns, ...measured], rows: [], decisions: [] };
}
