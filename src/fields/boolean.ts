/** Yes or no. */
import { GraphQLBoolean } from 'graphql';
import { type LeafField, type LeafOptions, withDefault } from './field.ts';

export function boolean(description: string, options: LeafOptions = {}): LeafField {
  return withDefault(
    {
      storage: 'column',
      kind: 'boolean',
      description,
      schema: { type: 'boolean' },
      sqlType: 'boolean',
      prismaType: 'Boolean',
      json: (column) => `${column}::text`,
      csv: (column) => `${column}::text`,
      parquet: { type: 'BOOLEAN' },
      graphqlType: () => GraphQLBoolean,
      comparison: 'Boolean',
    },
    options,
  );
}
