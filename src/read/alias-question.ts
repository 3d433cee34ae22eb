/**
 * What an id stands for that a client chose for something that was there already. It is asked only where a row was not
 * found by the id as it is: nearly every id is a row's own, and a row is read in one statement.
 */
import type { Resource } from '../model.ts';
import { type Sql, sql } from '../store/sql.ts';

export interface AliasId {
  readonly resource: Resource;
  /** In lower case. */
  readonly id: string;
}

/** Rows of `place` and `of`. Nothing is said of who may see the row: that is asked with the id that was found. */
export function aliasQuestion(customerId: string, ids: readonly AliasId[]): Sql {
  const [resources, given] = [ids.map(({ resource }) => resource.name), ids.map(({ id }) => id)];
  return sql`SELECT asked.place::integer - 1 AS place, alias.row_id AS of
    FROM unnest(${resources}::text[], ${given}::uuid[]) WITH ORDINALITY AS asked (resource, id, place)
    JOIN id_aliases alias ON alias.customer_id = ${customerId}::uuid AND alias.resource = asked.resource
      AND alias.alias_id = asked.id`;
}
