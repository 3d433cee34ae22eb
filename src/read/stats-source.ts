/**
 * What is grouped: the rows that the caller may see and asked about, each opened into its parts where the question is
 * about those. Stored documents may hold anything; what is not of the expected form has no parts.
 */
import type { Attribute } from '../model.ts';
import { everything, type Filter } from '../filter/tree.ts';
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import { compileFilter } from './filter-sql.ts';
import type { Dimension } from './stats-dimensions.ts';
import type { Measure, StatsSelection } from './stats-selection.ts';
import type { Zone } from './stats-zone.ts';

/** Aliases of what stands beside the row. */
export interface Opening {
  readonly entry: string;
  readonly item: string;
  readonly rules: ReadonlyMap<string, string>;
}

/**
 * FROM and WHERE. The row has the alias `row`; `pause` is a column of it, in seconds, where hours are measured, and the
 * parts of moments that groups are made by are columns too.
 *
 * PostgreSQL takes a day for as rare as the moment it was made from, and would sort all rows instead of keeping a few
 * hundred groups in mind. OFFSET hides from it where the day comes from.
 */
export function compileSource(
  stats: StatsSelection,
  row: string,
  opening: Opening,
  zone: Zone,
  context: ReadContext,
): Sql {
  const { resource, filter, deleted } = stats;
  const where = sql`WHERE ${context.visible(resource, row, deleted)}${conditionOf(filter, (each) => compileFilter(each, resource, row, context))}`;
  const beside = sql`${openedSql(stats, row, opening, context)}${rulesSql(stats, row, opening, context)}`;
  const table = sql`${name(resource.table)} ${name(row)}${zone.join}`;
  const columns = computedColumns(stats, row, zone);
  if (columns.length === 0) return sql`FROM ${table}${beside} ${where}`;
  return sql`FROM (SELECT ${name(row)}.*, ${join(columns)} FROM ${table} ${where} OFFSET 0) ${name(row)}${beside}`;
}

/** The parts of moments that are asked about, once each. */
export function bucketsOf({ keys, measures }: Pick<StatsSelection, 'keys' | 'measures'>): readonly Dimension[] {
  const all = [
    ...keys.flatMap((key) => (key.kind === 'dimension' ? [key.dimension] : [])),
    ...measures.flatMap(({ measure }) => (measure.kind === 'countDistinct' ? [measure.of] : [])),
  ];
  const found = new Map(all.map((dimension) => [dimension.name, dimension]));
  return [...found.values()].filter(({ bucket }) => bucket !== null);
}

function computedColumns(stats: StatsSelection, row: string, zone: Zone): readonly Sql[] {
  const hours = stats.measures.map(({ measure }) => measure).find((measure) => measure.kind === 'hours');
  return [
    ...bucketsOf(stats).map((of) => sql`${bucketSql(of, row, zone.sql)} AS ${name(of.attribute.column)}`),
    ...(hours === undefined ? [] : [sql`${pauseSql(hours, row)} AS pause`]),
  ];
}

/** `zone` is a text. */
function bucketSql({ of, bucket }: Dimension, row: string, zone: Sql): Sql {
  const column = name(row, of.column);
  switch (bucket) {
    case null:
      throw new Error(`${of.column} is grouped by as it is`);
    // An hour that a clock shows twice is two.
    case 'Hour':
      return sql`date_trunc('hour', ${column}, ${zone})`;
    case 'Day':
      return sql`(${column} AT TIME ZONE ${zone})::date`;
    case 'Week':
      return sql`date_trunc('week', ${column} AT TIME ZONE ${zone})::date`;
    case 'Month':
      return sql`date_trunc('month', ${column} AT TIME ZONE ${zone})::date`;
  }
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
