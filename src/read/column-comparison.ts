/** Comparisons of a typed column with values whose type the filter's checker has made sure of. */
import type { LeafField } from '../fields/field.ts';
import { parseTimestamp } from '../filter/calendar.ts';
import { likePattern } from '../filter/like-pattern.ts';
import type { Operator } from '../filter/tree.ts';
import type { Json } from '../json.ts';
import { convert, Late } from '../late.ts';
import { raw, type Sql, sql } from '../store/sql.ts';
import { isUuid } from '../uuid.ts';

interface Column {
  readonly sql: Sql;
  readonly attribute: { readonly field: Pick<LeafField, 'sqlType'> };
}

const symbols = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** The type of a parameter. A number out of the column's range is still a number to compare with. */
function parameterType({ attribute }: Column): string {
  return attribute.field.sqlType === 'integer' ? 'bigint' : attribute.field.sqlType;
}

export function compareColumn(column: Column, operator: Operator, value: Json | Late): Sql {
  const left = column.sql;
  const type = raw(parameterType(column));
  switch (operator) {
    case 'eq':
      return value === null ? sql`${left} IS NULL` : sql`${left} = ${value}::${type}`;
    case 'neq':
      return value === null ? sql`${left} IS NOT NULL` : sql`${left} IS DISTINCT FROM ${value}::${type}`;
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return sql`${left} ${raw(symbols[operator])} ${value}::${type}`;
    case 'like':
      return sql`${left} LIKE ${convert(value, (pattern) => likePattern(String(pattern)))}`;
    case 'between': {
      const [from, to] = value as readonly Json[];
      return sql`${left} BETWEEN ${from}::${type} AND ${to}::${type}`;
    }
    case 'in': {
      if (value instanceof Late) return sql`${left} = ANY(${value}::${type}[])`;
      const values = value as readonly Json[];
      const found = sql`${left} = ANY(${values.filter((each) => each !== null)}::${type}[])`;
      return values.includes(null) ? sql`(${found} OR ${left} IS NULL)` : found;
    }
    case 'nin':
      return sql`(${compareColumn(column, 'in', value)}) IS NOT TRUE`;
  }
}

const never = raw('false');

/** Whether the text form of the column is this text; a text that the type cannot have simply does not match. */
export function compareColumnText(left: Sql, kind: LeafField['kind'], value: string): Sql {
  switch (kind) {
    case 'text':
    case 'choice':
      return sql`${left} = ${value}`;
    case 'reference':
      return isUuid(value) ? sql`${left} = ${value}::uuid` : never;
    case 'boolean':
      return value === 'true' || value === 'false' ? sql`${left} = ${value}::boolean` : never;
    case 'timestamp':
      return compareMoment(left, parseTimestamp(value));
    case 'integer':
    case 'decimal':
    case 'date':
    case 'document':
      return sql`${left}::text = ${value}`;
  }
}

function compareMoment(left: Sql, moment: string | null): Sql {
  return moment === null ? never : sql`${left} = ${moment}::timestamptz`;
}
