/** A day without a time, YYYY-MM-DD (ISO 8601). */
import { GraphQLLocalDate } from 'graphql-scalars';
import { type LeafField, type LeafOptions, withDefault } from './field.ts';

export function date(description: string, options: LeafOptions = {}): LeafField {
  return withDefault(
    {
      storage: 'column',
      kind: 'date',
      description,
      schema: { type: 'string', format: 'date' },
      sqlType: 'date',
      prismaType: 'DateTime @db.Date',
      // Cast, because || of a text and something else is an SQL function that the planner unfolds at every level.
      json: (column) => `'"' || ${column}::text || '"'`,
      jsonParts: (column) => ({ before: '"', sql: `${column}::text`, after: '"' }),
      csv: (column) => column,
      parquet: { type: 'DATE' },
      graphqlType: () => GraphQLLocalDate,
      comparison: 'Date',
    },
    options,
  );
}
