/** What an attribute of a row is, which for a few is not simply what their column holds (`readAs`). */
import type { Attribute } from '../model.ts';
import { raw, type Sql } from '../store/sql.ts';

/** SQL text. `row` is the alias of the resource's table. */
export function columnValue({ column, field }: Pick<Attribute, 'column' | 'field'>, row: string): string {
  const held = `"${row}"."${column}"`;
  return field.readAs === undefined ? held : field.readAs(held);
}

export function columnSql(attribute: Pick<Attribute, 'column' | 'field'>, row: string): Sql {
  return raw(columnValue(attribute, row));
}
