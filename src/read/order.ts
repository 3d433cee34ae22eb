/**
 * The order of a list, and cursors into it. A cursor holds the sort values of one row and its id, so that the next
 * page begins after that row whatever was added or removed meanwhile. Nil sorts last ascending and first descending,
 * as in PostgreSQL's indexes.
 */
import type { LeafField } from '../fields/field.ts';
import { printPointer } from '../filter/pointer.ts';
import type { SortKey } from '../filter/sort.ts';
import type { Json } from '../json.ts';
import { checkJson } from '../json-limits.ts';
import { findAttribute, type Resource } from '../model.ts';
import { Problem } from '../problem.ts';
import { indexesOf } from '../store/schema-indexes.ts';
import { join, raw, type Sql, sql } from '../store/sql.ts';
import { compileBehind, compileRanges, type OrderKey } from './behind.ts';
import type { ReadContext } from './context.ts';
import { isCursorValue } from './cursor-value.ts';
import { getAnyTerm } from './far-term.ts';

/** `json` is the value as JSON text, NULL for nil. */
interface ReadKey extends OrderKey {
  readonly json: Sql;
}

export interface Order {
  /** What decides, the most deciding first. */
  readonly keys: readonly { readonly sql: Sql; readonly order: 'ASC' | 'DESC' }[];
  readonly orderBy: Sql;
  /** Whether an index holds all of it, so that it can be walked. */
  readonly isIndexed: boolean;
  /** What the cursor of a row says. It is short work, unlike encodeCursor, which is for the rows whose cursor is shown. */
  readonly place: Sql;
  /** The condition that a row comes after the cursor; INVALID_PAGE when this server did not make it for this order. */
  after(cursor: string): Sql;
  /** The same as one or two ranges of the order, to be read one behind the other where an index holds the order. */
  ranges(cursor: string): readonly Sql[];
}

export function compileOrder(sort: readonly SortKey[], resource: Resource, row: string, context: ReadContext): Order {
  const whole = endWithId(sort);
  const keys = whole.map((key) => compileKey(key, resource, row, context));
  const signature = whole.map(({ pointer, order }) => `${printPointer(pointer)} ${order}`).join(' ');
  const values = join(
    keys.map(({ json }) => sql`coalesce(${json}, 'null')`),
    ` || ',' || `,
  );
  const begins = hasIndex(resource, whole[0]!);
  return {
    keys,
    isIndexed: holdsOrder(resource, whole),
    orderBy: join(keys.map(({ sql: key, order }) => sql`${key} ${raw(order)}`)),
    place: sql`'[' || ${JSON.stringify(signature)}::text || ',' || ${values} || ']'`,
    after: (cursor) => compileBehind(keys, parseCursor(cursor, signature, keys)),
    ranges(cursor) {
      const values = parseCursor(cursor, signature, keys);
      return begins ? compileRanges(keys, values) : [compileBehind(keys, values)];
    },
  };
}

/** The cursor of a place, as text; NULL of NULL. */
export function encodeCursor(place: Sql): Sql {
  return sql`translate(encode(convert_to(${place}, 'UTF8'), 'base64'), E'+/=\\n', '-_')`;
}

/**
 * The id decides last; where the caller sorts by it, what comes behind it has nothing left to decide. It goes in the
 * direction of the key before it, so that one index is read forwards for the one order and backwards for the other.
 */
function endWithId(sort: readonly SortKey[]): readonly SortKey[] {
  const at = sort.findIndex(({ pointer }) => pointer[0] === 'id');
  return at === -1 ? [...sort, { pointer: ['id'], order: sort.at(-1)?.order ?? 'ASC' }] : sort.slice(0, at + 1);
}

/** Whether an index holds the rows of a customer, or of one group, in the order of this attribute. */
function hasIndex(resource: Resource, { pointer }: SortKey): boolean {
  const attribute = findAttribute(resource, pointer);
  if (attribute === null) return false;
  return indexesOf(resource).some(({ kind, columns }) => {
    const [first, second] = columns.slice(columns.indexOf('customer_id') + 1);
    return kind !== 'document' && attribute.column === (first === 'security_group_id' ? second : first);
  });
}

/** Whether an index of the customer's rows has these attributes and nothing between them. */
function holdsOrder(resource: Resource, sort: readonly SortKey[]): boolean {
  const columns = ['customer_id', ...sort.map(({ pointer }) => findAttribute(resource, pointer)?.column)];
  if (new Set(sort.map(({ order }) => order)).size > 1) return false;
  return indexesOf(resource).some(
    (index) => index.kind !== 'document' && columns.every((column, at) => column === index.columns[at]),
  );
}

function compileKey({ pointer, order }: SortKey, resource: Resource, row: string, context: ReadContext): ReadKey {
  const term = getAnyTerm(resource, pointer, row, context);
  switch (term.kind) {
    case 'column': {
      const { field, required } = term.attribute;
      return {
        sql: term.sql,
        json: jsonOf(field, term.sql),
        type: field.sqlType,
        order,
        nullable: !required,
      };
    }
    case 'document':
      return { sql: term.sql, json: sql`(${term.sql})::text`, type: 'jsonb', order, nullable: true };
    case 'constant':
    case 'group':
      return { sql: raw('NULL::text'), json: raw('NULL::text'), type: 'text', order, nullable: true };
  }
}

/** Column names hold no parameters, so their SQL is plain text; what was looked up in another row gets a name first. */
function jsonOf(field: LeafField, column: Sql): Sql {
  if (column.parts.length === 0) return raw(field.json(column.strings.join('')));
  return sql`(SELECT ${raw(field.json('far.value'))} FROM (SELECT ${column}) AS far (value))`;
}

function parseCursor(cursor: string, signature: string, keys: readonly ReadKey[]): readonly Json[] {
  const refuse = (why: string) => new Problem('INVALID_PAGE', `The cursor ${why}. Use a cursor of the same list.`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw refuse('is not one of ours');
  }
  if (!Array.isArray(parsed) || parsed.length !== keys.length + 1) throw refuse('is not one of ours');
  if (checkJson(parsed).length > 0) throw refuse('is not one of ours');
  if (parsed[0] !== signature) throw refuse('belongs to another sort');
  const values = parsed.slice(1) as readonly Json[];
  if (keys.every(({ type }, index) => isCursorValue(type, values[index]!))) return values;
  throw refuse('is not one of ours');
}
