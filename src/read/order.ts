/**
 * The order of a list, and cursors into it. A cursor holds the sort values of one row and its id, so that the next
 * page begins after that row whatever was added or removed meanwhile. Nil sorts last ascending and first descending,
 * as in PostgreSQL's indexes.
 */
import { printPointer } from '../filter/pointer.ts';
import type { SortKey } from '../filter/sort.ts';
import type { Json } from '../json.ts';
import { checkJson } from '../json-limits.ts';
import type { Resource } from '../model.ts';
import { Problem } from '../problem.ts';
import { join, raw, type Sql, sql } from '../store/sql.ts';
import { isCursorValue } from './cursor-value.ts';
import { getTerm } from './term.ts';

/** One sort expression. `json` is its value as JSON text, NULL for nil; `type` is what a cursor's value is cast to. */
interface OrderKey {
  readonly sql: Sql;
  readonly json: Sql;
  readonly type: string;
  readonly order: 'ASC' | 'DESC';
  readonly nullable: boolean;
}

export interface Order {
  readonly orderBy: Sql;
  /** The cursor of a row, as text. */
  readonly cursor: Sql;
  /** The condition that a row comes after the cursor; INVALID_PAGE when this server did not make it for this order. */
  after(cursor: string): Sql;
}

export function compileOrder(sort: readonly SortKey[], resource: Resource, row: string): Order {
  const keys = endWithId(sort).map((key) => compileKey(key, resource, row));
  const signature = [...sort.map(({ pointer, order }) => `${printPointer(pointer)} ${order}`)].join(' ');
  const values = join(
    keys.map(({ json }) => sql`coalesce(${json}, 'null')`),
    ` || ',' || `,
  );
  return {
    orderBy: join(keys.map(({ sql: key, order }) => sql`${key} ${raw(order)}`)),
    cursor: sql`translate(encode(convert_to('[' || to_json(${signature}::text) || ',' || ${values} || ']', 'UTF8'), 'base64'),
      E'+/=\\n', '-_')`,
    after: (cursor) => compileAfter(keys, parseCursor(cursor, signature, keys)),
  };
}

/** The id decides last; where the caller sorts by it, what comes behind it has nothing left to decide. */
function endWithId(sort: readonly SortKey[]): readonly SortKey[] {
  const at = sort.findIndex(({ pointer }) => pointer[0] === 'id');
  return at === -1 ? [...sort, { pointer: ['id'], order: 'ASC' }] : sort.slice(0, at + 1);
}

function compileKey({ pointer, order }: SortKey, resource: Resource, row: string): OrderKey {
  const term = getTerm(resource, pointer, row);
  switch (term.kind) {
    case 'column': {
      const { field, required } = term.attribute;
      return {
        sql: term.sql,
        json: raw(field.json(sqlText(term.sql))),
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

/** Column names hold no parameters, so their SQL is plain text. */
function sqlText(column: Sql): string {
  return column.strings.join('');
}

function parseCursor(cursor: string, signature: string, keys: readonly OrderKey[]): readonly Json[] {
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

function compileAfter(keys: readonly OrderKey[], values: readonly Json[]): Sql {
  // Equal so far, and then strictly behind: (a > x) or (a = x and b > y) or …
  const steps = keys.map((_, index) => {
    const equal = keys.slice(0, index).map((key, at) => isEqual(key, values[at]!));
    return sql`(${join([...equal, isBehind(keys[index]!, values[index]!)], ' AND ')})`;
  });
  const [first] = keys;
  const bound = values[0]!;
  // The first key alone bounds the range, which is what an index can use.
  const range = first!.nullable || bound === null || keys.length === 1 ? null : notBefore(first!, bound);
  const either = sql`(${join(steps, ' OR ')})`;
  return range === null ? either : sql`${range} AND ${either}`;
}

function bind({ type }: OrderKey, value: Json): Sql {
  return sql`${type === 'jsonb' ? JSON.stringify(value) : String(value)}::text::${raw(type)}`;
}

function isEqual(key: OrderKey, value: Json): Sql {
  return value === null ? sql`${key.sql} IS NULL` : sql`${key.sql} = ${bind(key, value)}`;
}

function isBehind(key: OrderKey, value: Json): Sql {
  if (value === null) return key.order === 'ASC' ? raw('false') : sql`${key.sql} IS NOT NULL`;
  if (key.order === 'DESC') return sql`${key.sql} < ${bind(key, value)}`;
  const greater = sql`${key.sql} > ${bind(key, value)}`;
  return key.nullable ? sql`(${greater} OR ${key.sql} IS NULL)` : greater;
}

function notBefore(key: OrderKey, value: Json): Sql {
  return sql`${key.sql} ${raw(key.order === 'ASC' ? '>=' : '<=')} ${bind(key, value)}`;
}
