/**
 * JSON that nobody joins (a profile, custom fields, answers), kept as jsonb with its schema in the declaration.
 * GraphQL passes it whole; the filter language reaches into it.
 */
import { GraphQLJSON } from 'graphql-scalars';
import type { JsonObject } from '../json.ts';
import { type LeafField, type LeafOptions, withDefault } from './field.ts';

export interface DocumentOptions extends LeafOptions {
  /**
   * `/data/fields/party eq "N"` asks an index for the rows. Not for documents that arrive in large numbers and whose
   * values half of the rows share, such as answers: reading such a list in its order finds a page just as fast.
   */
  readonly indexed?: true;
}

export function document(schema: JsonObject, description: string, options: DocumentOptions = {}): LeafField {
  return withDefault(
    {
      ...(options.indexed === true ? { indexed: true } : {}),
      storage: 'column',
      kind: 'document',
      description,
      schema,
      sqlType: 'jsonb',
      prismaType: 'Json',
      json: (column) => `${column}::text`,
      csv: (column) => column,
      parquet: { type: 'JSON', sql: (column) => `${column}::text` },
      graphqlType: () => GraphQLJSON,
      comparison: null,
    },
    options,
  );
}
