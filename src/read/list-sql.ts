/** A page of rows as the text of a connection: the rows first, with their limit, and only then their JSON. */
import type { Resource } from '../model.ts';
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import { compileFilter } from './filter-sql.ts';
import { concatenate, objectPieces } from './json-text.ts';
import { compileOrder, encodeCursor, type Order } from './order.ts';
import { compileFound, type Found } from './found-sql.ts';
import { fixedText, itemText, looksAhead, needsPlace, pageText } from './page-text-sql.ts';
import { placeColumns, placeOrder, rowsAt } from './places-sql.ts';
import { findingOf } from './steady.ts';
import type { ListSelection, Output } from './selection.ts';

/**
 * Each row of a list of personal data has a line of its own. No text in JSON holds a bare end of line (RFC 8259 §7), so
 * whoever counts these counts the rows, however deep they lie, without parsing the answer: see countRows.
 */
export function countRows(text: Buffer): number {
  let rows = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) rows += 1;
  return rows;
}

/** Where the rows come from: a table by itself, or the other end of a relation. */
export interface ListSource {
  readonly from: Sql;
  /** Null for a table by itself. */
  readonly on: Sql | null;
}

/** Columns of a page's rows, over an alias of their own. */
interface PageRows {
  readonly rows: Sql;
  /** FILTER that leaves out the row that was only read to know whether there is another page. */
  readonly within: Sql;
}

/** An expression that is never NULL. `end` is the alias of the listed table in `source`. */
export function compileList(list: ListSelection, end: string, source: ListSource, context: ReadContext): Sql {
  const found = findFirst(list, end, source, context);
  const total = hasTotal(list)
    ? sql`${found?.total ?? sql`(SELECT count(*) FROM ${source.from} WHERE ${conditionsOf(list, end, source, context)})`}::text`
    : null;
  if (isCountAlone(list)) {
    return concatenate(objectPieces(list.members.map((member) => [member.key, fixedText(member, total)])));
  }
  const { rows, within } = pageRows(list, end, source, context, found);
  const members = list.members.map((member) => [member.key, pageText(member, list, total, within)] as const);
  // One text for any number of rows, also when no member has an aggregate: `pageInfo { hasPreviousPage }`.
  return sql`(${found?.with ?? raw('')}SELECT ${concatenate(objectPieces(members))} FROM ${rows} page HAVING true)`;
}

function hasTotal({ members }: ListSelection): boolean {
  return members.some(({ kind }) => kind === 'totalCount');
}

function isCountAlone({ members }: ListSelection): boolean {
  return members.every(({ kind }) => kind === 'totalCount' || kind === 'constant');
}

/** Where it is better to know all rows before any is put in order; null where the order is walked. */
function findFirst(list: ListSelection, end: string, source: ListSource, context: ReadContext): Found | null {
  const { after, until = null } = list.page;
  const finding = findingOf(list, context.model);
  // Few rows are put in order as they are, unless they have to be counted as well.
  const isFound = finding === 'by key' ? hasTotal(list) : finding === 'by document' && source.on === null;
  if (!isFound || isCountAlone(list) || until !== null) return null;
  const options = {
    ...{ table: list.resource.table, end, from: source.from, after, limit: limitOf(list, context) },
    conditions: conditionsOf(list, end, source, context),
    order: compileOrder(list.sort, list.resource, end, context),
    // What a key leads to is counted and put in order at once: to look whether it is few costs a fifth of such a question.
    walk: finding === 'by key' ? null : rowsOf(list, end, source, context, { isWalked: true }),
  };
  return compileFound(options, context);
}

/** A page for REST: its rows joined by commas, and the cursor of the last one when there is another page. */
export function compilePage(list: ListSelection, members: readonly Output[], context: ReadContext): Sql {
  const ahead: ListSelection = {
    ...list,
    members: [
      { kind: 'nodes', key: 'nodes', members },
      {
        kind: 'pageInfo',
        key: 'pageInfo',
        members: [
          { kind: 'hasNextPage', key: '' },
          { kind: 'endCursor', key: '' },
        ],
      },
    ],
  };
  const { end, source } = tableSource(list.resource, context);
  const found = findFirst(ahead, end, source, context);
  const { rows, within } = pageRows(ahead, end, source, context, found);
  return sql`${found?.with ?? raw('')}SELECT coalesce(string_agg(text_0, ',')${within}, '') AS rows, least(count(*), ${list.page.limit})::int AS count,
    CASE WHEN count(*) > ${list.page.limit} THEN ${encodeCursor(sql`max(place) FILTER (WHERE n = ${list.page.limit})`)} END AS next
    FROM ${rows} page`;
}

/** Every row of a list as one text each, in order, for a server-side cursor. */
export function compileRows(list: ListSelection, members: readonly Output[], context: ReadContext): Sql {
  const { end, source } = tableSource(list.resource, context);
  return sql`SELECT ${context.compileNode(members, list.resource, end, context)}
    ${rowsOf({ ...list, members: [] }, end, source, context)}`;
}

/** The listed table by itself. */
export function tableSource(resource: Resource, context: ReadContext): { end: string; source: ListSource } {
  const end = context.alias();
  return { end, source: { from: sql`${name(resource.table)} ${name(end)}`, on: null } };
}

/** Which rows the list is about, whatever its page. */
function conditionsOf(list: ListSelection, end: string, { on }: ListSource, context: ReadContext): Sql {
  const visible = context.visible(list.resource, end, list.deleted);
  return sql`${on === null ? visible : sql`${on} AND ${visible}`}${filterOf(list, end, context)}`;
}

function filterOf(list: ListSelection, end: string, context: ReadContext): Sql {
  const { filter, resource } = list;
  const isEverything = filter.kind === 'and' && filter.of.length === 0;
  if (findingOf(list, context.model) === 'depends') context.unsettle();
  return isEverything ? raw('') : sql` AND ${compileFilter(filter, resource, end, context)}`;
}

/** The rows of the page in order: their texts as text_0, text_1, …, their place, and n counting from 1 where needed. */
function pageRows(
  list: ListSelection,
  end: string,
  source: ListSource,
  context: ReadContext,
  found: Found | null,
): PageRows {
  const picked = context.alias();
  const outer = compileOrder(list.sort, list.resource, picked, context);
  const columns = looksAhead(list) ? [sql`row_number() OVER () AS n`] : [];
  list.members.forEach((member, index) => {
    const text = itemText(member, list, picked, context, outer);
    if (text !== null) columns.push(sql`${text} AS ${raw(`text_${index}`)}`);
  });
  if (needsPlace(list)) columns.push(sql`${outer.place} AS place`);
  const page = found?.page ?? sql`SELECT ${name(end)}.* ${rowsOf(list, end, source, context)}`;
  const rows = sql`(SELECT ${join(columns)} FROM (${page}) ${name(picked)})`;
  return { rows, within: looksAhead(list) ? sql` FILTER (WHERE n <= ${list.page.limit})` : raw('') };
}

/** FROM … LIMIT …: the rows of one page. */
function rowsOf(
  list: ListSelection,
  end: string,
  source: ListSource,
  context: ReadContext,
  { isWalked = false } = {},
): Sql {
  const { after, skip } = list.page;
  const order = compileOrder(list.sort, list.resource, end, context);
  // PostgreSQL does not look past an OFFSET: whatever it believes of the filter, the rows are read in their order.
  const read = (from: Sql): Sql =>
    isWalked && order.isIndexed
      ? sql`FROM (SELECT ${name(end)}.* FROM ${source.from} WHERE ${context.visible(list.resource, end, list.deleted)}${from}
          ORDER BY ${order.orderBy} OFFSET 0) ${name(end)} WHERE true${filterOf(list, end, context)}
          ORDER BY ${order.orderBy} ${limitOf(list, context)}`
      : rangeOf(list, end, source, context, order, from);
  if (after === null) return read(raw(''));
  const ranges = skip === 0 ? order.ranges(after) : [order.after(after)];
  const parts = ranges.map((range) => read(sql` AND ${range}`));
  if (parts.length === 1) return parts[0]!;
  const rows = parts.map((part) => sql`(SELECT ${name(end)}.* ${part})`);
  return sql`FROM (${join(rows, ' UNION ALL ')}) ${name(end)} ORDER BY ${order.orderBy} ${limitOf(list, context)}`;
}

/** The rows of a page that come from one range of its order. */
function rangeOf(
  list: ListSelection,
  end: string,
  source: ListSource,
  context: ReadContext,
  order: Order,
  from: Sql,
): Sql {
  const { until = null } = list.page;
  // Nil makes the comparison of a cursor NULL.
  const to = until === null ? raw('') : sql` AND (${order.after(until)}) IS NOT TRUE`;
  const limited = sql`ORDER BY ${order.orderBy} ${limitOf(list, context)}`;
  const shape = context.shapeOf(list.resource);
  if (source.on !== null || (shape !== 'one' && shape !== 'few')) {
    return sql`FROM ${source.from} WHERE ${conditionsOf(list, end, source, context)}${from}${to} ${limited}`;
  }
  if (!isReadByGroup(list, context)) {
    // Nothing but the groups says which rows, and one may have nearly all of them or none.
    if (findingOf(list, context.model) === 'in order') context.unsettle();
    return sql`FROM ${source.from} WHERE ${conditionsOf(list, end, source, context)}${from}${to} ${limited}`;
  }
  const groups = context.groupsOf(list.resource);
  const readGroup = (group: Sql): Sql => sql`FROM ${source.from}
    WHERE ${context.visibleInGroup(group, end, list.deleted)}${filterOf(list, end, context)}${from}${to}
    ORDER BY ${name(end, 'security_group_id')} ${raw(list.sort[0]?.order ?? 'ASC')}, ${order.orderBy} ${limitOf(list, context)}`;
  if (shape === 'one') return readGroup(sql`${groups}::uuid`);
  // Each group's first rows are read from the index that begins with the group, and the first of all are among them.
  const group = context.alias();
  const first = sql`SELECT each.* FROM unnest(${groups}::uuid[]) ${name(group)}(id) CROSS JOIN LATERAL (
    SELECT ${placeColumns(end, order)} ${readGroup(name(group, 'id'))}) each
    ORDER BY ${placeOrder(order)} ${limitOf(list, context)}`;
  return rowsAt(list.resource.table, end, first, order);
}

/** Whether the rows of each group lie in an index in the order of the list. */
function isReadByGroup(list: ListSelection, { model }: ReadContext): boolean {
  const { resource, sort } = list;
  if (findingOf(list, model) !== 'in order') return false;
  const [first = ['id'], ...others] = sort.map(({ pointer }) => pointer);
  const isListed = first.length === 2 && (resource.declaration.sorts ?? []).includes(first[1]!);
  return others.length === 0 && (first[0] === 'id' || isListed);
}

/** A plan that serves every value has to know how few rows are wanted; elsewhere one text serves every number. */
function limitOf(list: ListSelection, context: ReadContext): Sql {
  const { limit, skip } = list.page;
  const rows = looksAhead(list) ? limit + 1 : limit;
  if (findingOf(list, context.model) !== 'depends') return raw(`LIMIT ${rows}`);
  return skip === 0 ? sql`LIMIT ${rows}::bigint` : sql`LIMIT ${rows}::bigint OFFSET ${skip}::bigint`;
}
