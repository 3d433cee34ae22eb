/** A whole number. GraphQL's Int has 32 bits, and so has the column: the two refuse the same values. */
import { GraphQLInt } from 'graphql';
import { type LeafField, type LeafOptions, withDefault } from './field.ts';

export interface IntegerOptions extends LeafOptions {
  readonly minimum?: number;
  readonly maximum?: number;
}

export function integer(description: string, options: IntegerOptions = {}): LeafField {
  const { minimum = -(2 ** 31), maximum = 2 ** 31 - 1 } = options;
  return withDefault(
    {
      storage: 'column',
      kind: 'integer',
      description,
      schema: { type: 'integer', minimum, maximum },
      sqlType: 'integer',
      prismaType: 'Int',
      json: (column) => `${column}::text`,
      csv: (column) => column,
      parquet: { type: 'INT32' },
      graphqlType: () => GraphQLInt,
      comparison: 'Int',
    },
    options,
  );
}
