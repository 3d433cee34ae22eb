/**
 * Rows in groups, measured: the rows that the caller may see and asked about are grouped once, and whatever is wanted of
 * the groups (their text, which of them, how many) is asked of what came out. A group is like a row with the columns of
 * `shape`, so what its key refers to is read by the same compiler as any relation.
 *
 * A newcomer's mistake would be to leave out measures that nobody asked to see: PostgreSQL does not reckon the columns of
 * a subquery that are not used.
 */
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import { termDocument } from './document-comparison.ts';
import { getAnyTerm } from './far-term.ts';
import { compileFilter } from './filter-sql.ts';
import { arrayOf, concatenate, objectPieces, orJsonNull, type Piece } from './json-text.ts';
import { deriveColumns } from './stats-derived.ts';
import { measureSql } from './stats-measure.ts';
import { keyColumn, pointersColumn, type StatsKey, type StatsOutput, type StatsSelection } from './stats-selection.ts';
import { bucketsOf, compileSource, type Opening } from './stats-source.ts';
import { compileZone, type Zone } from './stats-zone.ts';
import { getTerm } from './term.ts';

/** An expression that is never NULL, unless there is no line where one was asked for: then it is JSON's null. */
export function compileStats(stats: StatsSelection, context: ReadContext): Sql {
  // How many rows there are to a value decides how they are best read.
  context.unsettle();
  const { answer, shape, skip, limit } = stats;
  const [all, group] = [context.alias(), context.alias()];
  const whole = compileGroups(stats, context);
  const pageOf = (source: Sql): Sql => sql`(SELECT * FROM ${source} ${name(group)} ${orderOf(stats, group)}
    LIMIT ${limit}::bigint OFFSET ${skip}::bigint) ${name(group)}`;
  if (answer.kind !== 'page') {
    const line = context.compileNode(answer.members, shape, group, context);
    const rows = pageOf(sql`(${whole})`);
    return answer.kind === 'lines' ? arrayOf(line, rows) : orJsonNull(sql`(SELECT ${line} FROM ${rows} LIMIT 1)`);
  }
  const counts = answer.members.some(({ kind }) => kind === 'groupCount');
  const members = answer.members.map((member) => [member.key, memberText(member, all, group, stats, context)] as const);
  const page = pageOf(counts ? name(all) : sql`(${whole})`);
  // Without an aggregate too there is one text.
  const text = sql`SELECT ${concatenate(objectPieces(members))} FROM ${page} HAVING true`;
  return counts ? sql`(WITH ${name(all)} AS MATERIALIZED (${whole}) ${text})` : sql`(${text})`;
}

const unzoned: Zone = { sql: raw(`'UTC'`), join: raw('') };

/** A SELECT of the groups that the caller asked for. */
function compileGroups(stats: StatsSelection, context: ReadContext): Sql {
  const { keys, measures, having, shape, derived } = stats;
  const [row, group] = [context.alias(), context.alias()];
  const zone = bucketsOf(stats).length > 0 ? compileZone(stats, row, context) : unzoned;
  const rules = keys.flatMap((key) => (key.kind === 'rule' ? [[key.rule, context.alias()] as const] : []));
  const opening: Opening = { entry: context.alias(), item: context.alias(), rules: new Map(rules) };
  const at = { stats, row, item: opening.item, context };
  const columns = [
    ...keys.map((key) => sql`${keySql(key, stats, row, opening, context)} AS ${name(keyColumn(key))}`),
    ...measures.map(({ measure, attribute }) => sql`${measureSql(measure, at)} AS ${name(attribute.column)}`),
  ];
  const places = keys.map((_, index) => raw(String(index + 1)));
  const grouped = sql`SELECT ${columns.length === 0 ? raw('1 AS "group"') : join(columns)}
    ${compileSource(stats, row, opening, zone, context)}
    GROUP BY ${places.length === 0 ? raw('()') : join(places)}`;
  const pointers = keys.filter(({ kind }) => kind === 'pointer').map((key) => name(group, keyColumn(key)));
  const array = pointers.length === 0 ? raw(`'[]'::jsonb`) : sql`jsonb_build_array(${join(pointers)})`;
  return sql`SELECT ${name(group)}.*, ${array} AS ${name(pointersColumn.column)}
    FROM (${deriveColumns(grouped, derived, context)}) ${name(group)} WHERE ${compileFilter(having, shape, group, context)}`;
}

function keySql(
  key: StatsKey,
  { resource }: StatsSelection,
  row: string,
  { entry, rules }: Opening,
  context: ReadContext,
): Sql {
  switch (key.kind) {
    case 'dimension':
      return name(row, key.dimension.attribute.column);
    case 'pointer':
      return termDocument(getAnyTerm(resource, key.pointer, row, context));
    case 'column':
      return name(row, key.of.column);
    case 'entry':
      return name(entry, key.part);
    case 'rule':
      return name(rules.get(key.rule)!, 'id');
  }
}

/** The caller's order, and then by the keys, so that there is one order only. */
function orderOf({ sort, keys, shape }: StatsSelection, group: string): Sql {
  const asked = sort.map(({ pointer, order }) => {
    const term = getTerm(shape, pointer, group);
    if (term.kind !== 'column' && term.kind !== 'document') throw new Error('a group is sorted by its columns');
    return sql`${term.sql} ${raw(order)}`;
  });
  const all = [...asked, ...keys.map((key) => name(group, keyColumn(key)))];
  return all.length === 0 ? raw('') : sql`ORDER BY ${join(all)}`;
}

function memberText(
  member: StatsOutput,
  all: string,
  group: string,
  { shape }: StatsSelection,
  context: ReadContext,
): readonly Piece[] {
  switch (member.kind) {
    case 'constant':
      return [member.json];
    case 'groupCount':
      return [sql`(SELECT count(*) FROM ${name(all)})::text`];
    case 'groups':
      return [
        '[',
        sql`coalesce(string_agg(${context.compileNode(member.members, shape, group, context)}, ','), '')`,
        ']',
      ];
  }
}
