/** Data as a row of its table: one member per column, for jsonb_to_recordset. */
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Attribute, Resource } from '../model.ts';
import { snakeCase } from '../names.ts';
import { join, name, raw, type Sql } from '../store/sql.ts';

export interface Column {
  readonly name: string;
  readonly sqlType: string;
}

/** The columns that hold the resource's attributes and what it keeps hidden, in a fixed order. */
export function dataColumns({ attributes, declaration }: Resource): readonly Column[] {
  return [
    ...attributes.map(({ column, field }) => ({ name: column, sqlType: field.sqlType })),
    ...Object.entries(declaration.hidden ?? {}).map(([key, { sqlType }]) => ({ name: snakeCase(key), sqlType })),
  ];
}

export function makeRecord(
  resource: Resource,
  data: JsonObject,
  hidden: Readonly<Record<string, Json>>,
): Readonly<Record<string, Json>> {
  return {
    ...Object.fromEntries(resource.attributes.map((attribute) => [attribute.column, valueAt(data, attribute)])),
    ...Object.fromEntries(Object.entries(hidden).map(([key, value]) => [snakeCase(key), value])),
  };
}

/** What Doorstep computes for itself from the data. */
export function hiddenValues({ declaration }: Resource, data: JsonObject): Record<string, string | null> {
  const computed = Object.entries(declaration.hidden ?? {}).filter(([, { from }]) => from !== undefined);
  return Object.fromEntries(computed.map(([key, { from }]) => [key, from!(data)]));
}

/** The value of an attribute in the data, null when it is not set. */
export function valueAt(data: JsonObject, { path }: Pick<Attribute, 'path'>): Json {
  let value: Json = data;
  // The first part is `data` itself.
  for (let depth = 1; depth < path.length; depth++) {
    value = isJsonObject(value) ? (value[path[depth]!] ?? null) : null;
  }
  return value;
}

/** `(name type, …)` of a record set. */
export function recordType(columns: readonly Column[]): Sql {
  return join(columns.map(({ name: column, sqlType }) => raw(`"${column}" ${sqlType}`)));
}

/** `alias.name, …` */
export function columnsOf(columns: readonly Column[], alias?: string): Sql {
  return join(columns.map((column) => (alias === undefined ? name(column.name) : name(alias, column.name))));
}
