/**
 * JSON that nobody joins (a profile, custom fields, answers), kept as jsonb with its schema in the declaration.
 * GraphQL passes it whole; the filter language reaches into it.
 */
import { GraphQLJSON } from 'graphql-scalars';
import type { JsonObject } from '../json.ts';
import { type LeafField, type LeafOptions, withDefault } from './field.ts';

export function document(schema: JsonObject, description: string, options: LeafOptions = {}): LeafField {
  return withDefault(
    {
      storage: 'column',
      kind: 'document',
      description,
      schema,
      sqlType: 'jsonb',
      prismaType: 'Json',
      json: (column) => `${column}::text`,
      graphqlType: () => GraphQLJSON,
      comparison: null,
    },
    options,
  );
}
