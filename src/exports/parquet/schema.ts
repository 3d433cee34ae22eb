/**
 * Columns as Parquet declares them: a physical type, and the logical type that says what it means
 * (https://github.com/apache/parquet-format/blob/master/LogicalTypes.md).
 */
import type { SchemaElement } from 'hyparquet-writer';
import type { ParquetForm } from '../../fields/field.ts';

export interface ParquetColumnType {
  readonly name: string;
  readonly type: ParquetForm['type'];
  /** Never null. */
  readonly required: boolean;
}

const elements: Readonly<Record<ParquetForm['type'], Omit<SchemaElement, 'name'>>> = {
  BOOLEAN: { type: 'BOOLEAN' },
  INT32: { type: 'INT32' },
  DOUBLE: { type: 'DOUBLE' },
  DATE: { type: 'INT32', converted_type: 'DATE' },
  // Readers that are older than logical types know the converted ones.
  TIMESTAMP: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  STRING: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  // By its logical type alone: with the converted one the writer would make JSON of our text once more.
  JSON: { type: 'BYTE_ARRAY', logical_type: { type: 'JSON' } },
  UUID: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } },
};

export function makeSchema(columns: readonly ParquetColumnType[]): SchemaElement[] {
  return [
    { name: 'row', num_children: columns.length },
    ...columns.map(({ name, type, required }): SchemaElement => {
      return { name, ...elements[type], repetition_type: required ? 'REQUIRED' : 'OPTIONAL' };
    }),
  ];
}
