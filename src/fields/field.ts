/**
 * What a field kind is. A kind is one file that knows everything about itself: its JSON Schema, its column, how its
 * value is written as JSON by SQL, what GraphQL calls it and which filter operators it takes. Nothing else in the
 * program asks "is this a timestamp?"; it asks the kind.
 */
import type { GraphQLScalarType } from 'graphql';
import type { Json, JsonObject } from '../json.ts';

/** What may be asked of a value in a filter; the GraphQL input is called `<name>Filter`. */
export type Comparison = 'Id' | 'Text' | 'Int' | 'Float' | 'Boolean' | 'Date' | 'Timestamp' | 'Choice';

/** JSON text as what stands before and behind an SQL text, so that it melts into the fixed texts beside it. */
export interface JsonParts {
  readonly before: string;
  readonly sql: string;
  readonly after: string;
}

export interface LeafField {
  readonly storage: 'column';
  readonly kind:
    'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'timestamp' | 'choice' | 'reference' | 'document';
  readonly description: string;
  readonly default?: Json;
  /** JSON Schema of a value that is set; who owns the field decides whether null is allowed beside it. */
  readonly schema: JsonObject;
  readonly sqlType: string;
  /** The Prisma scalar with its native type, without `?`. */
  readonly prismaType: string;
  /** A condition on the column that PostgreSQL checks for every writer. */
  readonly check?: (column: string) => string;
  /** SQL text that gives the JSON text of a column which is not null. */
  readonly json: (column: string) => string;
  /** The same where fixed text stands around it, such as the quotes of an id. */
  readonly jsonParts?: (column: string) => JsonParts;
  /** SQL text that gives a cell of a CSV file, before any quotes, of a column which is not null. */
  readonly csv: (column: string) => string;
  /** What a column is in a Parquet file. */
  readonly parquet: ParquetForm;
  /** Whatever somebody has typed, which a spreadsheet may take for a formula. */
  readonly isFreeText?: true;
  /** The same where GraphQL spells the value differently. */
  readonly graphqlJson?: (column: string) => string;
  /** SQL text of the value, where other rows or the hour have a say in it. */
  readonly readAs?: (column: string) => string;
  readonly graphqlType: () => GraphQLScalarType | null;
  /** null: types cannot reach into it, only the filter language can. */
  readonly comparison: Comparison | null;
  readonly choices?: readonly string[];
  /** Whether an index knows which rows hold a value at a place inside. */
  readonly indexed?: boolean;
  readonly reference?: Reference;
}

/** A type of Apache Parquet, physical or logical, and the SQL whose binary form it is made from. */
export interface ParquetForm {
  readonly type: 'BOOLEAN' | 'INT32' | 'DOUBLE' | 'STRING' | 'JSON' | 'UUID' | 'TIMESTAMP' | 'DATE';
  /** The column itself when left out. */
  readonly sql?: (column: string) => string;
}

export interface Reference {
  /** The name of the resource that is pointed at. */
  readonly to: string;
  /** What the resource pointed at calls the rows that point at it; null where nobody would ask. */
  readonly inverse: string | null | undefined;
}

/** A nested object on the wire whose members are columns. */
export interface GroupField {
  readonly storage: 'group';
  readonly kind: 'group' | 'point';
  readonly description: string;
  readonly members: Readonly<Record<string, LeafField>>;
  /** Members that must be there when the group is. */
  readonly required: readonly string[];
}

/** An array on the wire and a child table below: its members have foreign keys and leave tombstones. */
export interface RowsField {
  readonly storage: 'rows';
  readonly kind: 'rows';
  readonly description: string;
  readonly members: Readonly<Record<string, LeafField>>;
  readonly required: readonly string[];
  /** The member that tells the items of one array apart; a change of position keeps the row. */
  readonly key: string;
  /** The array holds the bare key instead of objects (a turf's assignees). */
  readonly bare: boolean;
  readonly minItems: number;
  readonly default?: Json;
}

export type Field = LeafField | GroupField | RowsField;

export type LeafOptions = { readonly default?: Json };

/** Leaves `default` out where there is none, so that a declaration can be compared and printed. */
export function withDefault<T extends object>(field: T, options: LeafOptions): T & LeafOptions {
  return options.default === undefined ? field : { ...field, default: options.default };
}
