/** Measures as SQL aggregates. None of them can fail for what is stored, but for sums that leave the doubles. */
import type { Filter } from '../filter/tree.ts';
import type { Pointer } from '../filter/pointer.ts';
import type { Attribute } from '../model.ts';
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import { getAnyTerm } from './far-term.ts';
import { compileFilter } from './filter-sql.ts';
import type { ForItem, Measure, StatsSelection } from './stats-selection.ts';
import { conditionOf } from './stats-source.ts';
import { getTerm } from './term.ts';

export interface MeasuredRow {
  readonly stats: StatsSelection;
  readonly row: string;
  readonly item: string;
  readonly context: ReadContext;
}

const aggregates = { sum: 'sum', average: 'avg', min: 'min', max: 'max', earliest: 'min', latest: 'max' } as const;

export function measureSql(measure: Measure, at: MeasuredRow): Sql {
  const { stats, row, item, context } = at;
  const some = (filter: Filter | null): Sql =>
    filter === null ? raw('') : sql` FILTER (WHERE ${compileFilter(filter, stats.resource, row, context)})`;
  switch (measure.kind) {
    case 'count':
      return sql`count(*)${some(measure.filter)}`;
    case 'share':
      return sql`count(*)${some(measure.filter)}::double precision / nullif(count(*), 0)`;
    case 'countDistinct':
      return sql`count(DISTINCT ${name(row, measure.of.attribute.column)})${some(measure.filter)}`;
    case 'percentile': {
      const number = numberSql(measure.of, at);
      const found = sql`percentile_cont(${measure.at}::double precision) WITHIN GROUP (ORDER BY ${number})`;
      // Between the largest numbers there are, interpolation leaves them; infinity is no JSON.
      return sql`nullif(nullif(${found}, 'Infinity'), '-Infinity')`;
    }
    case 'sum':
    case 'average':
    case 'min':
    case 'max':
      return sql`${raw(aggregates[measure.kind])}(${numberSql(measure.of, at)})`;
    case 'earliest':
    case 'latest':
      return sql`${raw(aggregates[measure.kind])}(${name(row, measure.of.column)})`;
    case 'hours':
      return sql`coalesce(sum(${name(row, 'pause')}) FILTER (WHERE ${name(row, 'pause')} <= ${60 * measure.pause}::double precision), 0) / 3600`;
    case 'items':
      if (measure.having === null) return sql`count(${name(item, 'position')})`;
      return sql`count(*) FILTER (WHERE EXISTS (SELECT ${forItem(measure.having, null, at)}))`;
    case 'latestForItem':
      return sql`max((SELECT ${forItem(measure.having, measure.of, at)}))`;
  }
}

/** A double, NULL where there is no number. */
function numberSql(of: Attribute | Pointer, { stats: { resource }, row, context }: MeasuredRow): Sql {
  const none = raw('NULL::double precision');
  const term = isPointer(of) ? getAnyTerm(resource, of, row, context) : getTerm(resource, of.path, row);
  if (term.kind === 'column') {
    const { kind } = term.attribute.field;
    if (kind === 'decimal') return term.sql;
    return kind === 'integer' ? sql`${term.sql}::double precision` : none;
  }
  if (term.kind !== 'document') return none;
  return sql`CASE WHEN jsonb_typeof(${term.sql}) = 'number' THEN (${term.sql})::double precision END`;
}

function isPointer(of: Attribute | Pointer): of is Pointer {
  return Array.isArray(of);
}

/** The rows for one item, behind SELECT: their latest moment, or nothing of them. */
function forItem(
  { resource, by, filter }: ForItem,
  latest: Attribute | null,
  { row, item, context }: MeasuredRow,
): Sql {
  const end = context.alias();
  const same = by.map(
    ({ reference, of, column }) => sql`${name(end, reference.column)} = ${name(of === 'row' ? row : item, column)}`,
  );
  return sql`${latest === null ? raw('') : sql`max(${name(end, latest.column)})`} FROM ${name(resource.table)} ${name(end)}
    WHERE ${context.visible(resource, end, 'exclude')} AND ${join(same, ' AND ')}${conditionOf(filter, (each) => compileFilter(each, resource, end, context))}`;
}
