/**
 * A filter tree as a condition. SQL has three truth values and our filters two, so every comparison gives true for
 * what matches and false or NULL for what does not, and `not` is IS NOT TRUE: the plain complement of both.
 */
import type { Comparison, Filter, TextComparison } from '../filter/tree.ts';
import type { Relation, Resource } from '../model.ts';
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import { compareColumn, compareColumnText } from './column-comparison.ts';
import type { ReadContext } from './context.ts';
import { compareDocument, compareDocuments, compareDocumentText, termDocument } from './document-comparison.ts';
import { getAnyTerm } from './far-term.ts';

const never = raw('false');

export function compileFilter(filter: Filter, resource: Resource, row: string, context: ReadContext): Sql {
  const compile = (part: Filter): Sql => compileFilter(part, resource, row, context);
  switch (filter.kind) {
    case 'and':
    case 'or': {
      if (filter.of.length === 0) return raw(filter.kind === 'and' ? 'true' : 'false');
      return sql`(${join(filter.of.map(compile), filter.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'not':
      return sql`(${compile(filter.of)}) IS NOT TRUE`;
    case 'compare':
      return compare(filter, resource, row, context);
    case 'text':
      return compareText(filter, resource, row, context);
    case 'compare-pointers': {
      const [left, right] = [filter.pointer, filter.other].map((pointer) =>
        getAnyTerm(resource, pointer, row, context),
      );
      return compareDocuments(termDocument(left!), filter.operator, termDocument(right!));
    }
    case 'related': {
      const relation = resource.relations.get(filter.relation)!;
      const exists = sql`EXISTS (${related(relation, filter.of, row, context)})`;
      return filter.quantifier === 'some' ? exists : sql`NOT ${exists}`;
    }
  }
}

function compare(filter: Comparison, resource: Resource, row: string, context: ReadContext): Sql {
  const { pointer, operator, value } = filter;
  const term = getAnyTerm(resource, pointer, row, context);
  switch (term.kind) {
    case 'column':
      return compareColumn(term, operator, value);
    case 'document':
      return compareDocument(term, operator, value);
    case 'constant':
      return compareColumn(
        { sql: sql`${term.text}::text`, attribute: { field: { sqlType: 'text' } } },
        operator,
        value,
      );
    case 'group': {
      // A group has no value to compare with: it is nil or it is not.
      const isNil = join(
        term.columns.map((column) => sql`${column} IS NULL`),
        ' AND ',
      );
      return (operator === 'eq') === (value === null) ? sql`(${isNil})` : sql`(${isNil}) IS NOT TRUE`;
    }
  }
}

function compareText(filter: TextComparison, resource: Resource, row: string, context: ReadContext): Sql {
  const { pointer, value } = filter;
  const term = getAnyTerm(resource, pointer, row, context);
  switch (term.kind) {
    case 'column':
      return compareColumnText(term.sql, term.attribute.field.kind, value);
    case 'document':
      return compareDocumentText(term, value);
    case 'constant':
      return term.text === value ? raw('true') : never;
    case 'group':
      return never;
  }
}

/** The rows at the other end that the caller may see and that satisfy the filter. */
function related(relation: Relation, filter: Filter, row: string, context: ReadContext): Sql {
  const target = context.model.get(relation.target);
  const end = context.alias();
  const { from, on } = relationSource(relation, row, end, context);
  return sql`SELECT FROM ${from} WHERE ${on} AND ${context.visible(target, end, 'exclude')}
    AND ${compileFilter(filter, target, end, context)}`;
}

/** FROM and WHERE of a relation: what stands at its other end, seen from one row. */
export function relationSource(
  relation: Relation,
  row: string,
  end: string,
  context: ReadContext,
): { from: Sql; on: Sql } {
  const target = sql`${name(context.model.get(relation.target).table)} ${name(end)}`;
  switch (relation.kind) {
    case 'one':
      return { from: target, on: sql`${name(end, 'id')} = ${name(row, relation.attribute.column)}` };
    case 'many':
      return { from: target, on: sql`${name(end, relation.attribute.column)} = ${name(row, 'id')}` };
    case 'through': {
      const link = context.model.get(relation.link);
      const between = context.alias();
      const from = sql`${name(link.table)} ${name(between)} JOIN ${target}
        ON ${name(end, 'customer_id')} = ${name(between, 'customer_id')}
        AND ${name(end, 'id')} = ${name(between, relation.far.column)}`;
      const on = sql`${name(between, relation.near.column)} = ${name(row, 'id')}
        AND ${context.visible(link, between, 'exclude')}`;
      return { from, on };
    }
  }
}
