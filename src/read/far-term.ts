/**
 * A pointer into a row that this one refers to, where a list shows that row whole: `/data/contact/data/profile`. It is nil
 * when the caller may not see the row: a filter or an order would tell else what the answer keeps to itself.
 */
import type { Pointer } from '../filter/pointer.ts';
import type { Relation, Resource } from '../model.ts';
import { name, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import { getTerm, type Term } from './term.ts';

/** The reference that such a pointer follows; null for a pointer into the row itself. */
export function findReference(resource: Resource, pointer: Pointer): (Relation & { kind: 'one' }) | null {
  const [root, key] = pointer;
  const relation = root === 'data' && key !== undefined ? resource.relations.get(key) : undefined;
  if (relation?.kind !== 'one') return null;
  const isOwn = [...resource.attributes, ...resource.rows].some(({ path }) => path[1] === key);
  return isOwn ? null : relation;
}

/** The term of a pointer that has been checked, wherever it leads. */
export function getAnyTerm(resource: Resource, pointer: Pointer, row: string, context: ReadContext): Term {
  const reference = findReference(resource, pointer);
  if (reference === null) return getTerm(resource, pointer, row);
  const target = context.model.get(reference.target);
  const end = context.alias();
  const term = getTerm(target, pointer.slice(2), end);
  const take = (value: Sql): Sql => sql`(SELECT ${value} FROM ${name(target.table)} ${name(end)}
    WHERE ${name(end, 'id')} = ${name(row, reference.attribute.column)} AND ${context.visible(target, end, 'exclude')})`;
  switch (term.kind) {
    case 'column':
      return { ...term, sql: take(term.sql), attribute: { ...term.attribute, required: false } };
    case 'document':
      return { ...term, sql: take(term.sql), root: null };
    case 'group':
      return { ...term, columns: term.columns.map(take) };
    case 'constant':
      return term;
  }
}
