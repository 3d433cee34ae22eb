/**
 * A row of a collection as the flat document that a device keeps. A tombstone tells the id and nothing else of the row:
 * whoever may not have it any more is not told what it says now.
 */
import { columnValue } from './column-value.ts';
import { name, raw, type Sql, sql } from '../store/sql.ts';
import type { Collection, DocumentField } from './collection.ts';
import type { ReadContext } from './context.ts';
import { relationSource } from './filter-sql.ts';
import { concatenate, objectPieces, orJsonNull, type Piece } from './json-text.ts';
import { compileMember } from './node-sql.ts';
import type { DocumentOutput } from './pull-selection.ts';
import { getTerm } from './term.ts';

export interface Far {
  readonly from: Sql;
  readonly position: Sql;
  readonly columns: readonly Sql[];
}

/** The rows that references lead to, once for each reference; of a deleted one nothing is told. */
export function compileFar(fields: readonly DocumentField[], row: string, context: ReadContext): readonly Far[] {
  const byRelation = new Map<string, DocumentField[]>();
  for (const field of fields) {
    if (field.source.kind !== 'far') continue;
    const { name: relation } = field.source.relation;
    byRelation.set(relation, [...(byRelation.get(relation) ?? []), field]);
  }
  return [...byRelation.values()].map((asked): Far => {
    const { source } = asked[0]!;
    if (source.kind !== 'far') throw new Error(`${asked[0]!.name} follows no reference`);
    const end = context.alias();
    const isEnd = sql`${name(end, 'id')} = ${name(row, source.relation.attribute.column)}`;
    const columns = asked.flatMap(({ name: field, source: each }) =>
      each.kind === 'far'
        ? [
            sql`CASE WHEN NOT ${name(end, 'is_deleted')} THEN ${name(end, each.attribute.column)} END AS ${name(`far_${field}`)}`,
          ]
        : [],
    );
    return {
      from: sql` LEFT JOIN ${name(source.target.table)} ${name(end)}
        ON ${isEnd} AND ${context.visible(source.target, end, 'include')}`,
      position: name(end, 'sync_seq'),
      columns,
    };
  });
}

export function documentText(
  members: readonly DocumentOutput[],
  collection: Collection,
  row: string,
  context: ReadContext,
): Sql {
  const write = (isAlive: boolean): Sql =>
    concatenate(
      objectPieces(
        members.map((member) => [member.key, memberText(member, isAlive, collection, row, context)] as const),
      ),
    );
  return sql`CASE WHEN ${name(row, 'place_alive')} THEN ${write(true)} ELSE ${write(false)} END`;
}

function memberText(
  member: DocumentOutput,
  isAlive: boolean,
  collection: Collection,
  row: string,
  context: ReadContext,
): readonly Piece[] {
  switch (member.kind) {
    case 'constant':
      return [member.json];
    case 'id':
      return ['"', sql`${name(row, 'id')}::text`, '"'];
    case 'syncSeq':
      return ['"', sql`${name(row, 'place_position')}::text`, '"'];
    case 'isDeleted':
      return [String(!isAlive)];
    case 'field':
      return isAlive ? [orJsonNull(fieldText(member.field, collection, row, context))] : ['null'];
  }
}

/** NULL where nothing is set. */
function fieldText(
  { name: field, source }: DocumentField,
  { rows }: Collection,
  row: string,
  context: ReadContext,
): Sql {
  switch (source.kind) {
    case 'attribute':
      return source.attribute.field.kind === 'document'
        ? sql`to_json(${name(row, source.attribute.column)}::text)::text`
        : raw(source.attribute.field.json(columnValue(source.attribute, row)));
    case 'far':
      return raw(source.attribute.field.json(`"${row}"."far_${field}"`));
    case 'place': {
      const term = getTerm(rows.resource!, source.pointer, row);
      if (term.kind !== 'document') throw new Error(`${field} is no place in a document`);
      return sql`to_json(${term.sql} #>> '{}')::text`;
    }
    case 'linked': {
      const { relation, target, members } = source;
      const end = context.alias();
      const { from, on } = relationSource(relation, row, end, context);
      const item = context.compileNode(members, target, end, context);
      return sql`(SELECT to_json('[' || coalesce(string_agg(${item}, ',' ORDER BY ${name(end, 'id')}), '') || ']')::text
        FROM ${from} WHERE ${on} AND ${context.visible(target, end, 'exclude')})`;
    }
    case 'json':
      return sql`to_json(${compileMember(source.output, rows.resource!, row, context)})::text`;
  }
}
