/**
 * What is grouped: the rows that the caller may see and asked about, each opened into its parts where the question is
 * about those. Stored documents may hold anything; what is not of the expected form has no parts.
 */
import type { Attribute } from '../model.ts';
import { everything, type Filter } from '../filter/tree.ts';
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import { compileFilter } from './filter-sql.ts';
import type { Measure, StatsSelection } from './stats-selection.ts';

/** Aliases of what stands beside the row. */
export interface Opening {
  readonly entry: string;
  readonly item: string;
  readonly rules: ReadonlyMap<string, string>;
}

/** FROM and WHERE. The row has the alias `row`; `pauses` is a column of it, in seconds, where hours are measured. */
export function compileSource(
  stats: StatsSelection,
  row: string,
  opening: Opening,
  zone: Sql,
  context: ReadContext,
): Sql {
  const { resource, filter, deleted, measures } = stats;
  const hours = measures.map(({ measure }) => measure).find((measure) => measure.kind === 'hours');
  const where = sql`WHERE ${context.visible(resource, row, deleted)}${conditionOf(filter, (each) => compileFilter(each, resource, row, context))}`;
  const table = sql`${name(resource.table)} ${name(row)}`;
  const beside = sql`${openedSql(stats, row, opening, context)}${rulesSql(stats, row, opening, context)}${zone}`;
  if (hours === undefined) return sql`FROM ${table}${beside} ${where}`;
  return sql`FROM (SELECT ${name(row)}.*, ${pauseSql(hours, row)} AS pause FROM ${table} ${where}) ${name(row)}${beside}`;
}

/** ` AND …`, or nothing. */
export function conditionOf(filter: Filter, compile: (filter: Filter) => Sql): Sql {
  const isEverything = filter === everything || (filter.kind === 'and' && filter.of.length === 0);
  return isEverything ? raw('') : sql` AND ${compile(filter)}`;
}

function pauseSql({ of, by }: Measure & { readonly kind: 'hours' }, row: string): Sql {
  const moment = name(row, of.column);
  return sql`extract(epoch FROM ${moment} - lag(${moment}) OVER (PARTITION BY ${name(row, by.column)}
    ORDER BY ${moment}, ${name(row, 'id')}))::double precision`;
}

function openedSql({ opened }: StatsSelection, row: string, { entry, item }: Opening, context: ReadContext): Sql {
  switch (opened?.kind) {
    case undefined:
      return raw('');
    case 'items': {
      const { table, owner } = opened.rows;
      return sql` LEFT JOIN ${name(table)} ${name(item)} ON ${name(item, 'customer_id')} = ${context.customer}
        AND ${name(item, owner)} = ${name(row, 'id')} AND NOT ${name(item, 'is_deleted')}`;
    }
    case 'entries': {
      const document = name(row, opened.document.column);
      return sql` CROSS JOIN LATERAL (
        SELECT CASE WHEN pg_input_is_valid(one.key, 'uuid') THEN one.key::uuid END AS name, each.key AS member,
          item.value
        FROM jsonb_each(${objectAt(document)}) one
        CROSS JOIN jsonb_each(${objectAt(sql`one.value -> ${opened.inside}::text`)}) each
        CROSS JOIN jsonb_array_elements(${itemsOf(raw('each.value'))}) item) ${name(entry)}`;
    }
  }
}

function objectAt(value: Sql): Sql {
  return sql`CASE WHEN jsonb_typeof(${value}) = 'object' THEN ${value} END`;
}

/** Each of several answers is one; null is none. */
function itemsOf(value: Sql): Sql {
  return sql`CASE jsonb_typeof(${value}) WHEN 'array' THEN ${value} WHEN 'null' THEN '[]' ELSE jsonb_build_array(${value}) END`;
}

/** The first rule that gives what the row has, of those within what the row belongs to. */
function rulesSql({ resource, keys }: StatsSelection, row: string, { rules }: Opening, context: ReadContext): Sql {
  const joins = keys.flatMap((key) => {
    if (key.kind !== 'rule') return [];
    const decision = context.model.resources
      .flatMap(({ decisions }) => decisions)
      .find(({ rule }) => rule === key.rule)!;
    const rule = context.model.get(decision.rule);
    const end = context.alias();
    const same = (of: Attribute): Sql => {
      const own = resource.attributes.find(({ field }) => field.reference?.to === of.field.reference!.to)!;
      return sql`${name(end, of.column)} = ${name(row, own.column)}`;
    };
    return [
      sql` LEFT JOIN LATERAL (SELECT ${name(end, 'id')} FROM ${name(rule.table)} ${name(end)}
        WHERE ${context.visible(rule, end, 'exclude')} AND ${same(decision.within)} AND ${same(decision.gives)}
        ORDER BY ${name(end, decision.order.column)}, ${name(end, 'id')} LIMIT 1) ${name(rules.get(key.rule)!)} ON true`,
    ];
  });
  return join(joins, '');
}
