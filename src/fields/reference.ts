/**
 * A pointer to a row of a resource, kept as a foreign key on (customer_id, x_id): it cannot leave the customer.
 * The row pointed at may be deleted later; the reference stays and the relation reads null.
 */
import { GraphQLID } from 'graphql';
import type { LeafField } from './field.ts';

export interface ReferenceOptions {
  /** What the other side calls the rows that point at it; the plural of this resource when left out. */
  readonly inverse?: string | null;
}

export function reference(to: string, description: string, options: ReferenceOptions = {}): LeafField {
  return {
    storage: 'column',
    kind: 'reference',
    description,
    schema: { type: 'string', format: 'uuid' },
    sqlType: 'uuid',
    prismaType: 'String @db.Uuid',
    // Cast, because || of a text and something else is an SQL function that the planner unfolds at every level.
    json: (column) => `'"' || ${column}::text || '"'`,
    jsonParts: (column) => ({ before: '"', sql: `${column}::text`, after: '"' }),
    csv: (column) => column,
    parquet: { type: 'UUID' },
    graphqlType: () => GraphQLID,
    comparison: 'Id',
    reference: { to, inverse: options.inverse },
  };
}
