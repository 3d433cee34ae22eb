/**
 * Comparisons inside documents. Nobody checked what is stored there, so nothing is ever cast: jsonb is compared with
 * jsonb, of the same type only, and no stored value can make a comparison fail.
 */
import { likePattern } from '../filter/like-pattern.ts';
import type { Pointer } from '../filter/pointer.ts';
import type { Filter, Operator } from '../filter/tree.ts';
import type { Json } from '../json.ts';
import { convert, Late } from '../late.ts';
import type { Resource } from '../model.ts';
import { join, raw, type Sql, sql } from '../store/sql.ts';
import { getTerm, type Term } from './term.ts';

const symbols = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

export function compareDocument(term: Term & { kind: 'document' }, operator: Operator, value: Json | Late): Sql {
  const left = term.sql;
  const json = sql`${convert(value, (one) => JSON.stringify(one))}::jsonb`;
  switch (operator) {
    case 'eq':
      if (value === null) return sql`${left} IS NULL`;
      return containment(term, value) ?? sql`${left} = ${json}`;
    case 'neq':
      return value === null ? sql`${left} IS NOT NULL` : sql`${left} IS DISTINCT FROM ${json}`;
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return sql`(${sameType(left, json)} AND ${left} ${raw(symbols[operator])} ${json})`;
    case 'like':
      return sql`(jsonb_typeof(${left}) = 'string' AND (${left} #>> '{}') LIKE ${convert(value, (pattern) => likePattern(String(pattern)))})`;
    case 'between': {
      const [from, to] = (value as readonly Json[]).map((end) => sql`${JSON.stringify(end)}::jsonb`);
      return sql`(${sameType(left, from!)} AND ${left} >= ${from} AND ${left} <= ${to})`;
    }
    case 'in': {
      const texts = convert(value, (values) => (values as readonly Json[]).map((each) => JSON.stringify(each)));
      const found = sql`${left} = ANY(${texts}::jsonb[])`;
      return Array.isArray(value) && value.includes(null) ? sql`(${found} OR ${left} IS NULL)` : found;
    }
    case 'nin':
      return sql`(${compareDocument(term, 'in', value)}) IS NOT TRUE`;
  }
}

function sameType(left: Sql, right: Sql): Sql {
  return sql`jsonb_typeof(${left}) = jsonb_typeof(${right})`;
}

/** A place whose value an index on its document knows: not inside an array. */
function isIndexable({ root, path }: Term & { kind: 'document' }): boolean {
  return root !== null && path.length > 0 && !path.some((part) => /^\s*[+-]?\d+$/.test(part));
}

/**
 * The same equality as a containment, which a GIN index on the document answers; an object or array contains others than
 * its equals. The equality is not asked for beside it: PostgreSQL would take the two for independent, and expect next to
 * nothing where half of the rows match.
 */
function containment(term: Term & { kind: 'document' }, value: Json | Late): Sql | null {
  if (!isIndexable(term) || (typeof value === 'object' && !(value instanceof Late))) return null;
  return sql`${term.root} @> ${convert(value, (one) => around(term.path, JSON.stringify(one)))}::jsonb`;
}

/** Whether an index on a document knows the rows for which the filter is true. */
export function isKnownToIndex(filter: Filter, resource: Resource): boolean {
  if (filter.kind !== 'text' && (filter.kind !== 'compare' || filter.operator !== 'eq')) return false;
  const term = getTerm(resource, filter.pointer, '');
  if (term.kind !== 'document' || !term.isIndexed) return false;
  if (filter.kind === 'text') return isIndexable(term) && isScalarText(filter.value);
  return filter.value !== null && containment(term, filter.value) !== null;
}

/** A document with nothing but this JSON text at that place. */
function around(path: Pointer, json: string): string {
  return path.reduceRight((inner, part) => `{${JSON.stringify(part)}:${inner}}`, json);
}

/** Whether the text form of the value at a place is this text: a text itself, or the number or boolean that reads so. */
export function compareDocumentText(term: Term & { kind: 'document' }, text: string): Sql {
  const isEqual = sql`${term.sql} #>> '{}' = ${text}`;
  if (!isIndexable(term) || !isScalarText(text)) return isEqual;
  const isScalar = /^(true|false|-?(0|[1-9]\d*)(\.\d+)?)$/.test(text);
  const forms = [JSON.stringify(text), ...(isScalar ? [text] : [])];
  const some = forms.map((form) => sql`${term.root} @> ${around(term.path, form)}::jsonb`);
  // 4.2 contains 4.20, whose text is another.
  return isScalar ? sql`((${join(some, ' OR ')}) AND ${isEqual})` : some[0]!;
}

/** Objects, arrays and numbers beyond measure are left to the text alone. */
function isScalarText(text: string): boolean {
  return !/^[[{]/.test(text) && text.length <= 1000;
}

/** Any term as jsonb, spelt as the wire spells it; for comparing two attributes with each other. */
export function termDocument(term: Term): Sql {
  switch (term.kind) {
    case 'document':
      return term.sql;
    case 'constant':
      return sql`to_jsonb(${term.text}::text)`;
    case 'group':
      return raw('NULL::jsonb');
    case 'column':
      return term.attribute.field.kind === 'timestamp'
        ? sql`to_jsonb(doorstep_iso(${term.sql}))`
        : sql`to_jsonb(${term.sql})`;
  }
}

export function compareDocuments(left: Sql, operator: Operator, right: Sql): Sql {
  switch (operator) {
    case 'eq':
      return sql`${left} IS NOT DISTINCT FROM ${right}`;
    case 'neq':
      return sql`${left} IS DISTINCT FROM ${right}`;
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return sql`(${sameType(left, right)} AND ${left} ${raw(symbols[operator])} ${right})`;
    case 'like':
      return sql`(jsonb_typeof(${left}) = 'string' AND jsonb_typeof(${right}) = 'string' AND (${left} #>> '{}') LIKE
        replace(regexp_replace(${right} #>> '{}', '([\\\\%_])', '\\\\\\1', 'g'), '*', '%'))`;
    case 'between':
      return sql`(jsonb_typeof(${right}) = 'array' AND ${sameType(left, sql`${right} -> 0`)}
        AND ${left} >= ${right} -> 0 AND ${left} <= ${right} -> 1)`;
    case 'in':
      return sql`(jsonb_typeof(${right}) = 'array' AND ${right} @> jsonb_build_array(${left}))`;
    case 'nin':
      return sql`(${compareDocuments(left, 'in', right)}) IS NOT TRUE`;
  }
}
