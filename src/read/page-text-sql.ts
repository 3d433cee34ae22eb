/** The members of a page: the text of each of its rows, and what is said of all of them together. */
import { raw, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import { concatenate, objectPieces, orJsonNull, type Piece } from './json-text.ts';
import { encodeCursor, type Order } from './order.ts';
import type { ListSelection, PageInfoOutput, PageOutput } from './selection.ts';

/** Whether anything tells if there is another page; one row more than asked for is read to know it. */
export function looksAhead({ members }: ListSelection): boolean {
  return members.some(
    (member) => member.kind === 'pageInfo' && member.members.some(({ kind }) => kind === 'hasNextPage'),
  );
}

/** Whether the cursor of a row of the page is told. */
export function needsPlace({ members }: ListSelection): boolean {
  return members.some(
    (member) =>
      member.kind === 'pageInfo' && member.members.some(({ kind }) => kind === 'startCursor' || kind === 'endCursor'),
  );
}

/** What is known of a page without its rows. */
export function fixedText(member: PageOutput, total: Sql | null): readonly Piece[] {
  return member.kind === 'constant' ? [member.json] : [total!];
}

/** The text of one row under this member of the connection. */
export function itemText(
  member: PageOutput,
  list: ListSelection,
  row: string,
  context: ReadContext,
  order: Order,
): Sql | null {
  if (member.kind === 'nodes') return context.compileNode(member.members, list.resource, row, context);
  if (member.kind !== 'edges') return null;
  const edge = member.members.map((part): readonly [string, readonly Piece[]] => {
    if (part.kind === 'constant') return [part.key, [part.json]];
    if (part.kind === 'cursor') return [part.key, ['"', encodeCursor(order.place), '"']];
    return [part.key, [context.compileNode(part.members, list.resource, row, context)]];
  });
  return concatenate(objectPieces(edge));
}

export function pageText(member: PageOutput, list: ListSelection, total: Sql | null, within: Sql): readonly Piece[] {
  switch (member.kind) {
    case 'constant':
    case 'totalCount':
      return fixedText(member, total);
    case 'nodes':
    case 'edges': {
      const column = raw(`text_${list.members.indexOf(member)}`);
      if (list.resource.declaration.personal !== true) {
        return ['[', sql`coalesce(string_agg(${column}, ',')${within}, '')`, ']'];
      }
      return ['[', sql`coalesce(E'\\n' || string_agg(${column}, E'\\n,')${within}, '')`, ']'];
    }
    case 'pageInfo':
      return objectPieces(member.members.map((part) => [part.key, pageInfoText(part, list, within)]));
  }
}

/**
 * The rows come in the order of the page, and no aggregate may ask for another: PostgreSQL would sort the input of all of
 * them by the one ORDER BY it finds, and turn the nodes around.
 */
function pageInfoText(part: PageInfoOutput, { page }: ListSelection, within: Sql): readonly Piece[] {
  switch (part.kind) {
    case 'constant':
      return [part.json];
    case 'hasNextPage':
      return [sql`(count(*) > ${page.limit})::text`];
    case 'hasPreviousPage':
      return [String(page.after !== null || page.skip > 0)];
    case 'startCursor':
      return [orJsonNull(sql`'"' || ${encodeCursor(sql`(array_agg(place)${within})[1]`)} || '"'`)];
    case 'endCursor':
      return [
        orJsonNull(sql`'"' || ${encodeCursor(sql`(array_agg(place)${within})[(count(*)${within})::int]`)} || '"'`),
      ];
  }
}
