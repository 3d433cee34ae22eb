/** A measured number, kept as a double: what JavaScript, JSON and PostgreSQL agree on to the last bit. */
import { GraphQLFloat } from 'graphql';
import { type LeafField, type LeafOptions, withDefault } from './field.ts';

export interface DecimalOptions extends LeafOptions {
  readonly minimum?: number;
  readonly maximum?: number;
}

export function decimal(description: string, options: DecimalOptions = {}): LeafField {
  const { default: _, ...bounds } = options;
  return withDefault(
    {
      storage: 'column',
      kind: 'decimal',
      description,
      schema: { type: 'number', ...bounds },
      sqlType: 'double precision',
      prismaType: 'Float',
      // NaN and the infinities are no JSON; the write path refuses them and this keeps other writers honest.
      check: (column) => `${column} NOT IN ('NaN', 'Infinity', '-Infinity')`,
      json: (column) => `${column}::text`,
      csv: (column) => column,
      parquet: { type: 'DOUBLE' },
      graphqlType: () => GraphQLFloat,
      comparison: 'Float',
    },
    options,
  );
}
