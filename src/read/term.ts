/** What a pointer of a filter or sort stands for in SQL: a column, or a place inside a document. */
import type { AttributeType, FindAttribute } from '../filter/attribute-type.ts';
import { type Pointer, printPointer } from '../filter/pointer.ts';
import { type Attribute, findAttribute, type Resource, type RowsAttribute } from '../model.ts';
import { columnSql } from './column-value.ts';
import { join, name, raw, type Sql, sql } from '../store/sql.ts';

export type Term =
  | { readonly kind: 'column'; readonly sql: Sql; readonly attribute: Attribute }
  /** jsonb that is NULL when the place is missing or holds null. `root` and `path` serve an index on the column. */
  | {
      readonly kind: 'document';
      readonly sql: Sql;
      readonly root: Sql | null;
      readonly path: Pointer;
      /** Whether there is an index on the column. */
      readonly isIndexed: boolean;
    }
  /** `meta.resource`, which no row changes. */
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'group'; readonly columns: readonly Sql[] };

function begins(pointer: Pointer, start: readonly string[]): boolean {
  return start.length <= pointer.length && start.every((part, index) => part === pointer[index]);
}

function findDocument(resource: Resource, pointer: Pointer): Attribute | undefined {
  return resource.attributes.find(({ field, path }) => field.kind === 'document' && begins(pointer, path));
}

function findRows(resource: Resource, pointer: Pointer): RowsAttribute | undefined {
  return resource.rows.find(({ path }) => begins(pointer, path));
}

function groupMembers(resource: Resource, pointer: Pointer): readonly Attribute[] {
  return resource.attributes.filter(({ path }) => path.length > pointer.length && begins(path, pointer));
}

/** Existing clients write `/data/id` and mean the id. */
function meant(pointer: Pointer): Pointer {
  return pointer.length === 2 && pointer[0] === 'data' && pointer[1] === 'id' ? ['id'] : pointer;
}

function isResourceName(pointer: Pointer): boolean {
  return pointer.length === 2 && pointer[0] === 'meta' && pointer[1] === 'resource';
}

/** What the filter language needs to know of a resource's attributes. */
export function makeFindAttribute(resource: Resource): FindAttribute {
  const find = (given: Pointer): AttributeType | null => {
    const pointer = meant(given);
    const attribute = findAttribute(resource, pointer);
    if (attribute !== null) {
      const { kind, choices } = attribute.field;
      return choices === undefined ? { type: kind } : { type: kind, choices };
    }
    if (isResourceName(pointer)) return { type: 'text' };
    if (findDocument(resource, pointer) !== undefined || findRows(resource, pointer) !== undefined) {
      return { type: 'document' };
    }
    return pointer.length > 1 && groupMembers(resource, pointer).length > 0 ? { type: 'group' } : null;
  };
  const known = [...resource.envelope, ...resource.attributes, ...resource.rows].map(({ path }) => printPointer(path));
  return Object.assign(find, { known });
}

/** The term of a pointer that has been checked. `row` is the alias of the resource's table. */
export function getTerm(resource: Resource, given: Pointer, row: string): Term {
  const pointer = meant(given);
  const attribute = findAttribute(resource, pointer);
  if (attribute !== null && attribute.field.kind !== 'document') {
    return { kind: 'column', sql: columnSql(attribute, row), attribute };
  }
  const document = attribute ?? findDocument(resource, pointer);
  if (document !== undefined) {
    const root = name(row, document.column);
    const path = pointer.slice(document.path.length);
    const place = path.length === 0 ? root : sql`${root} #> ${path}::text[]`;
    const isIndexed = document.field.indexed === true;
    return { kind: 'document', sql: sql`nullif(${place}, 'null')`, root, path, isIndexed };
  }
  const rows = findRows(resource, pointer);
  if (rows !== undefined) {
    const path = pointer.slice(rows.path.length);
    return {
      kind: 'document',
      sql: sql`nullif(${rowsDocument(resource, rows, row)} #> ${path}::text[], 'null')`,
      root: null,
      path,
      isIndexed: false,
    };
  }
  if (isResourceName(pointer)) return { kind: 'constant', text: resource.label };
  return { kind: 'group', columns: groupMembers(resource, pointer).map(({ column }) => name(row, column)) };
}

/** An array with a child table, as the jsonb that the wire shows. */
function rowsDocument(resource: Resource, rows: RowsAttribute, row: string): Sql {
  const members = rows.members.map(({ path, column }) => sql`${raw(`'${path[0]}'`)}, ${name('item', column)}`);
  const key = rows.members.find(({ path }) => path[0] === rows.field.key)!;
  const item = rows.field.bare
    ? name('item', key.column)
    : sql`jsonb_strip_nulls(jsonb_build_object(${join(members)}))`;
  return sql`(SELECT coalesce(jsonb_agg(${item} ORDER BY item.position), '[]') FROM ${name(rows.table)} item
    WHERE item.customer_id = ${name(row, 'customer_id')} AND ${name('item', rows.owner)} = ${name(row, 'id')}
    AND NOT item.is_deleted)`;
}
