/** One row as the text of a JSON object, relations included: the heart of the compiler. */
import type { Attribute, Resource, RowsAttribute } from '../model.ts';
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import { columnValue } from './column-value.ts';
import { compileDecision } from './decision-sql.ts';
import { relationSource } from './filter-sql.ts';
import { compileHistory } from './history-sql.ts';
import { concatenate, objectPieces, orJsonNull, type Piece } from './json-text.ts';
import { compileList } from './list-sql.ts';
import { compileCount, compileFound, compileOne } from './shown-sql.ts';
import type { Output } from './selection.ts';

/** An expression that is never NULL: the object with these members, for the row of that alias. */
export function compileNode(members: readonly Output[], resource: Resource, row: string, context: ReadContext): Sql {
  return concatenate(objectText(members, resource, row, context));
}

/** The same of one member alone, whatever its key is. */
export function compileMember(member: Output, resource: Resource, row: string, context: ReadContext): Sql {
  return concatenate(valueText(member, resource, row, context));
}

function objectText(
  members: readonly Output[],
  resource: Resource,
  row: string,
  context: ReadContext,
): readonly Piece[] {
  if (context.spelling === 'rest') return sparseObject(members, resource, row, context);
  return objectPieces(members.map((member) => [member.key, valueText(member, resource, row, context)]));
}

/** An object that leaves out members without a value. Those that always have one come as they are. */
function sparseObject(
  members: readonly Output[],
  resource: Resource,
  row: string,
  context: ReadContext,
): readonly Piece[] {
  const pieces = members.flatMap((member): readonly Piece[] => {
    const key = `,${JSON.stringify(member.key)}:`;
    const value = optionalValue(member, resource, row, context);
    if (value !== null) return [sql`coalesce(${concatenate([key, ...value])}, '')`];
    return [key, ...valueText(member, resource, row, context)];
  });
  const [first, ...rest] = pieces;
  if (typeof first === 'string') return [`{${first.slice(1)}`, ...rest, '}'];
  // Any member may be missing, so the comma before the first that is there is cut off at run time.
  return ['{', sql`substr(${concatenate(pieces)}, 2)`, '}'];
}

/** The value of a member that may be missing, NULL where it is; null for members that are always there. */
function optionalValue(member: Output, resource: Resource, row: string, context: ReadContext): readonly Piece[] | null {
  if (member.kind === 'attribute') return member.attribute.required ? null : setText(member.attribute, row, context);
  if (member.kind === 'one') return [compileOne(member, row, context)];
  if (member.kind === 'found') return [compileFound(member, row, context)];
  if (member.kind === 'decided') return [compileDecision(member, resource, row, context)];
  if (member.kind === 'history') return [compileHistory(member, resource, row, context)];
  if (member.kind !== 'object' || isAlwaysSet(member.group)) return null;
  const text = compileNode(member.members, resource, row, context);
  return [sql`CASE WHEN NOT ${isUnset(member.group!, row)} THEN ${text} END`];
}

function valueText(member: Output, resource: Resource, row: string, context: ReadContext): readonly Piece[] {
  switch (member.kind) {
    case 'constant':
      return [member.json];
    case 'attribute': {
      const { attribute } = member;
      return attribute.required ? setText(attribute, row, context) : [orJsonNull(columnText(attribute, row, context))];
    }
    case 'object': {
      const text = objectText(member.members, resource, row, context);
      if (isAlwaysSet(member.group)) return text;
      return [sql`CASE WHEN ${isUnset(member.group!, row)} THEN 'null' ELSE ${concatenate(text)} END`];
    }
    case 'rows':
      return [rowsText(member.rows, member.members, resource, row, context)];
    case 'one':
      return [orJsonNull(compileOne(member, row, context))];
    case 'count':
      return [compileCount(member.along, row, context)];
    case 'found':
      return [orJsonNull(compileFound(member, row, context))];
    case 'list': {
      const end = context.alias();
      return [compileList(member.list, end, relationSource(member.relation, row, end, context), context)];
    }
    case 'decided':
      return [orJsonNull(compileDecision(member, resource, row, context))];
    case 'history':
      return [orJsonNull(compileHistory(member, resource, row, context))];
  }
}

function columnText(attribute: Attribute, row: string, context: ReadContext): Sql {
  const { field } = attribute;
  const text = context.spelling === 'graphql' ? (field.graphqlJson ?? field.json) : field.json;
  return raw(text(columnValue(attribute, row)));
}

/** The value of an attribute that is set. What melts into the texts beside it saves PostgreSQL a copy of them. */
function setText(attribute: Attribute, row: string, context: ReadContext): readonly Piece[] {
  const { column, field } = attribute;
  const isSpelt = context.spelling === 'graphql' && field.graphqlJson !== undefined;
  if (field.jsonParts === undefined || isSpelt) return [columnText(attribute, row, context)];
  const { before, sql: text, after } = field.jsonParts(`"${row}"."${column}"`);
  return [before, raw(text), after];
}

/** A group with a required member is there whenever the row is. */
function isAlwaysSet(group: readonly Attribute[] | undefined): boolean {
  return group === undefined || group.some(({ required }) => required);
}

function isUnset(group: readonly Attribute[], row: string): Sql {
  return sql`(${join(
    group.map(({ column }) => sql`${name(row, column)} IS NULL`),
    ' AND ',
  )})`;
}

/** The JSON text of an array with a child table; `members` null where it holds bare keys. */
export function rowsText(
  rows: RowsAttribute,
  members: readonly Output[] | null,
  resource: Resource,
  row: string,
  context: ReadContext,
): Sql {
  const item = context.alias();
  const key = rows.members.find(({ path }) => path[0] === rows.field.key)!;
  const text = members === null ? columnText(key, item, context) : compileNode(members, resource, item, context);
  return sql`(SELECT '[' || coalesce(string_agg(${text}, ',' ORDER BY ${name(item, 'position')}), '') || ']'
    FROM ${name(rows.table)} ${name(item)}
    WHERE ${name(item, 'customer_id')} = ${context.customer} AND ${name(item, rows.owner)} = ${name(row, 'id')}
    AND NOT ${name(item, 'is_deleted')})`;
}
