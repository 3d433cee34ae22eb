/** The values of a copy's columns, and the rows that they are of: everything within the caller's scope. */
import { columnSql } from './column-value.ts';
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import type { Attribute, Relation } from '../model.ts';
import type { ReadContext } from './context.ts';
import type { CopyColumn, CopyQuestion, CopySource } from './copy-question.ts';
import { compileFilter, relationSource } from './filter-sql.ts';
import { rowsText } from './node-sql.ts';
import { attributeOutput } from './envelope.ts';

/** `from` begins with FROM and ends with the last clause. */
export function copySource(question: CopyQuestion, context: ReadContext): { values: readonly Sql[]; from: Sql } {
  const { resource, filter, deleted, columns } = question;
  const row = context.alias();
  const latest = context.alias();
  const joins: Sql[] = [];
  const value = ({ source }: CopyColumn): Sql => {
    switch (source.kind) {
      case 'attribute':
        return columnSql(source.attribute, row);
      case 'rows': {
        const members = source.rows.field.bare ? null : source.rows.members.map(attributeOutput);
        return rowsText(source.rows, members, resource, row, context);
      }
      case 'answer':
        return answer(name(row, source.document.column), source);
      case 'far':
        return far(source.relation, source.attribute, row, context);
      case 'latest':
        return source.through === undefined
          ? columnSql(source.attribute, latest)
          : far(source.through, source.attribute, latest, context);
      case 'day': {
        const zone = context.alias();
        joins.push(leftJoin(source.relation, row, zone, context));
        const local = sql`${name(row, source.moment.column)} AT TIME ZONE coalesce(${name(zone, source.zone.column)}, 'UTC')`;
        return sql`(${local})::date`;
      }
      case 'count':
        return count(source.of, row);
    }
  };
  const values = columns.map(value);
  if (question.latest !== undefined) joins.push(latestOf(question.latest, row, latest, context));
  const filtered = sql`${context.visible(resource, row, deleted)} AND ${compileFilter(filter, resource, row, context)}`;
  const from = sql`FROM ${name(resource.table)} ${name(row)} ${join(joins, ' ')} WHERE ${filtered}${groups(columns, values)}`;
  return { values, from };
}

/**
 * By expression and not by position, so that nothing has to be selected. What another row says of a key is looked up once
 * a group, and not for every row of it.
 */
function groups(columns: readonly CopyColumn[], values: readonly Sql[]): Sql {
  if (columns.every(({ source }) => source.kind !== 'count')) return raw('');
  const keys = values.filter((_, index) => !['count', 'far'].includes(columns[index]!.source.kind));
  return keys.length === 0 ? sql` HAVING count(*) > 0` : sql` GROUP BY ${join(keys)}`;
}

/**
 * An answer holds what its question asks for by name. One that holds its own tag, or one thing alone, is that thing;
 * what is more than one value stays JSON.
 */
function answer(document: Sql, { question, tag }: CopySource & { kind: 'answer' }): Sql {
  const fields = sql`${document} #> ${[question, 'fields']}::text[]`;
  return sql`(SELECT CASE
      WHEN jsonb_typeof(f) <> 'object' THEN f #>> '{}'
      WHEN f ? ${tag}::text AND f - ${tag}::text = '{}' THEN f ->> ${tag}::text
      ELSE (SELECT CASE WHEN count(*) = 1 THEN min(e.value) ELSE f::text END FROM jsonb_each_text(f) e)
    END FROM (SELECT ${fields}) AS asked (f))`;
}

function far(relation: Relation & { kind: 'one' }, attribute: Attribute, row: string, context: ReadContext): Sql {
  const end = context.alias();
  const { from, on } = relationSource(relation, row, end, context);
  return sql`(SELECT ${columnSql(attribute, end)} FROM ${from}
    WHERE ${on} AND ${context.visible(context.model.get(relation.target), end, 'exclude')})`;
}

function leftJoin(relation: Relation & { kind: 'one' }, row: string, end: string, context: ReadContext): Sql {
  const { from, on } = relationSource(relation, row, end, context);
  return sql`LEFT JOIN ${from} ON ${on} AND ${context.visible(context.model.get(relation.target), end, 'exclude')}`;
}

/** The same order as the one in which visits decide about a door: see domain.md, "What a write does beyond its row". */
function latestOf(
  { relation, moment }: NonNullable<CopyQuestion['latest']>,
  row: string,
  latest: string,
  context: ReadContext,
): Sql {
  const end = context.alias();
  const { from, on } = relationSource(relation, row, end, context);
  return sql`LEFT JOIN LATERAL (SELECT ${name(end)}.* FROM ${from}
    WHERE ${on} AND ${context.visible(context.model.get(relation.target), end, 'exclude')}
    ORDER BY least(${name(end, moment.column)}, ${name(end, 'created')}) DESC, ${name(end, 'id')} DESC LIMIT 1
  ) ${name(latest)} ON true`;
}

function count(of: (CopySource & { kind: 'count' })['of'], row: string): Sql {
  if (of === 'rows') return raw('count(*)::integer');
  if ('distinct' in of) return sql`count(DISTINCT ${name(row, of.distinct.column)})::integer`;
  if ('yes' in of) return sql`(count(*) FILTER (WHERE ${name(row, of.yes.column)}))::integer`;
  return sql`(count(*) FILTER (WHERE ${name(row, of.no.column)} IS NOT TRUE))::integer`;
}
