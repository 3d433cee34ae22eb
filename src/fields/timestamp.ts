/**
 * A moment, kept in UTC to the millisecond. On the way in any RFC 3339 offset is accepted; on the way out it is
 * always ISO 8601 with three decimals and Z, as the SQL function doorstep_iso writes it for comparisons.
 */
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { type LeafField, type LeafOptions, withDefault } from './field.ts';

export function timestamp(description: string, options: LeafOptions = {}): LeafField {
  return withDefault(
    {
      storage: 'column',
      kind: 'timestamp',
      description,
      schema: { type: 'string', format: 'date-time' },
      sqlType: 'timestamptz(3)',
      prismaType: 'DateTime @db.Timestamptz(3)',
      json: (column) => `${isoText(column)} || 'Z"'`,
      jsonParts: (column) => ({ before: '', sql: isoText(column), after: 'Z"' }),
      csv: (column) => `substr(to_json(${column} + interval '1 microsecond')::text, 2, 23) || 'Z'`,
      parquet: { type: 'TIMESTAMP' },
      graphqlType: () => GraphQLDateTimeISO,
      comparison: 'Timestamp',
    },
    options,
  );
}

/**
 * The moment with the quote before it, up to its third decimal. A microsecond is added so that PostgreSQL always writes
 * six; of the ways that were tried to_json is the fastest. The session is in UTC.
 */
function isoText(column: string): string {
  return `left(to_json(${column} + interval '1 microsecond')::text, 24)`;
}
