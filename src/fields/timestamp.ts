/**
 * A moment, kept in UTC to the millisecond. On the way in any RFC 3339 offset is accepted; on the way out it is
 * always ISO 8601 with three decimals and Z, written by the SQL function doorstep_iso.
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
      json: (column) => `'"' || doorstep_iso(${column}) || '"'`,
      graphqlType: () => GraphQLDateTimeISO,
      comparison: 'Timestamp',
    },
    options,
  );
}
