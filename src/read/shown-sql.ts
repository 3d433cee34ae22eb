/**
 * What is shown with a row and is not its own: the row that a reference leads to, how many rows a chain of relations
 * leads to, and the id of one among them. Whatever the caller may not see is neither shown nor counted.
 */
import type { Relation } from '../model.ts';
import { join, name, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import { compileFilter, relationSource } from './filter-sql.ts';
import type { Output } from './selection.ts';

/** NULL when there is none, or none that the caller may see. */
export function compileOne({ relation, members }: Output & { kind: 'one' }, row: string, context: ReadContext): Sql {
  const target = context.model.get(relation.target);
  const end = context.alias();
  const { from, on } = relationSource(relation, row, end, context);
  return sql`(SELECT ${context.compileNode(members, target, end, context)} FROM ${from}
    WHERE ${on} AND ${context.visible(target, end, 'exclude')})`;
}

export function compileCount(along: readonly Relation[], row: string, context: ReadContext): Sql {
  const sources: Sql[] = [];
  const conditions: Sql[] = [];
  let end = row;
  for (const relation of along) {
    const next = context.alias();
    const { from, on } = relationSource(relation, end, next, context);
    sources.push(from);
    conditions.push(on, context.visible(context.model.get(relation.target), next, 'exclude'));
    end = next;
  }
  return sql`(SELECT count(DISTINCT ${name(end, 'id')}) FROM ${join(sources, ' CROSS JOIN ')}
    WHERE ${join(conditions, ' AND ')})::text`;
}

/** NULL when there is none. */
export function compileFound({ relation, filter }: Output & { kind: 'found' }, row: string, context: ReadContext): Sql {
  const target = context.model.get(relation.target);
  const end = context.alias();
  const { from, on } = relationSource(relation, row, end, context);
  return sql`(SELECT '"' || ${name(end, 'id')} || '"' FROM ${from} WHERE ${on}
    AND ${context.visible(target, end, 'exclude')} AND ${compileFilter(filter, target, end, context)} LIMIT 1)`;
}
