/** Which questions the rows of a copy can have answers to: those of their surveys, now or once. */
import type { Attribute, RowsAttribute } from '../model.ts';
import { name, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import type { CopyQuestion } from './copy-question.ts';
import { compileFilter } from './filter-sql.ts';

export interface AskedOf extends Pick<CopyQuestion, 'resource' | 'filter' | 'deleted'> {
  /** The reference of a row to its survey. */
  readonly survey: Attribute;
  /** The survey's questions. */
  readonly questions: RowsAttribute;
}

export interface Asked {
  readonly id: string;
  readonly tag: string;
}

/** In the order in which surveys ask them. */
export function compileAsked({ resource, filter, deleted, survey, questions }: AskedOf, context: ReadContext): Sql {
  const key = questions.members.find(({ path }) => path[0] === questions.field.key)!;
  const question = context.model.get(key.field.reference!.to);
  const tag = question.attributes.find(({ path }) => path[1] === 'tag')!;
  const [row, item, asked] = [context.alias(), context.alias(), context.alias()];
  return sql`SELECT ${name(asked, 'id')} AS id, ${name(asked, tag.column)} AS tag
    FROM (SELECT ${name(item, key.column)} AS id, min(${name(item, 'position')}) AS place
      FROM ${name(questions.table)} ${name(item)}
      WHERE ${name(item, 'customer_id')} = ${context.customer} AND ${name(item, questions.owner)} IN (
        SELECT ${name(row, survey.column)} FROM ${name(resource.table)} ${name(row)}
        WHERE ${context.visible(resource, row, deleted)} AND ${compileFilter(filter, resource, row, context)})
      GROUP BY 1) AS places
    JOIN ${name(question.table)} ${name(asked)} ON ${name(asked, 'id')} = places.id
    WHERE ${context.visible(question, asked, 'include')}
    ORDER BY places.place, tag, id`;
}
