/**
 * The rows that say something of a person, emptied in place: what a declaration keeps stays, so that counts stay right
 * and references hold, and everything else goes, with the digests that could prove what it was.
 *
 * A newcomer's mistake would be to delete the rows: devices and warehouses learn from a row's new version that there is
 * nothing to keep any more, and from a row that is gone they learn nothing.
 */
import type { Attribute, Model, Resource } from '../model.ts';
import { snakeCase } from '../names.ts';
import { type Erasure, ownersOf } from '../resource.ts';
import type { Queryable } from '../store/database.ts';
import { join, name, raw, type Sql, sql } from '../store/sql.ts';

export interface EmptiedRows {
  readonly resource: Resource;
  readonly ids: readonly string[];
}

/** In a transaction that has taken the customer's position. */
export async function emptyRows(
  tx: Queryable,
  model: Model,
  customerId: string,
  contactId: string,
): Promise<readonly EmptiedRows[]> {
  const emptied: EmptiedRows[] = [];
  for (const resource of model.resources) {
    const { erasure } = resource.declaration;
    if (erasure === undefined) continue;
    const rows = await tx.query<{ id: string }>(sql`
      UPDATE ${name(resource.table)} row SET ${join(assignmentsOf(resource, erasure))}
      WHERE row.customer_id = ${customerId} AND ${isAbout(resource, erasure, model, customerId, contactId)}
      RETURNING row.id`);
    emptied.push({ resource, ids: rows.map(({ id }) => id) });
  }
  return emptied;
}

function isAbout(
  resource: Resource,
  { along, mentions = [] }: Erasure,
  model: Model,
  customerId: string,
  contactId: string,
): Sql {
  const person = sql`${contactId}::uuid`;
  const led = leadsTo(resource, along, model, customerId, raw('row'), person);
  const mentioning = mentions.map(
    (attribute) => sql`position(${contactId} IN lower(row.${name(getAttribute(resource, attribute).column)})) > 0`,
  );
  return sql`(${join([led, ...mentioning], ' OR ')})`;
}

/** The reference leads to the person, or to a row whose reference does. */
function leadsTo(
  resource: Resource,
  [first, ...others]: readonly string[],
  model: Model,
  customerId: string,
  row: Sql,
  person: Sql,
): Sql {
  if (first === undefined) return sql`${row}.id = ${person}`;
  const { column, field } = getAttribute(resource, first);
  if (others.length === 0) return sql`${row}.${name(column)} = ${person}`;
  const target = model.get(field.reference!.to);
  return sql`${row}.${name(column)} IN (SELECT far.id FROM ${name(target.table)} far
    WHERE far.customer_id = ${customerId} AND ${leadsTo(target, others, model, customerId, raw('far'), person)})`;
}

/** Exported for the test that asks it of every declaration. */
export function assignmentsOf(resource: Resource, { keeps, words = {}, ends }: Erasure): readonly Sql[] {
  const { attributes, rows, declaration } = resource;
  if (rows.length > 0) throw new Error(`${resource.name}: arrays with a table of their own are not emptied`);
  for (const kept of [...keeps, ...Object.keys(words)]) getAttribute(resource, kept);
  const emptied = attributes.filter((attribute) => !keeps.includes(nameOf(attribute)));
  const hidden = Object.keys(declaration.hidden ?? {});
  return [
    ...emptied.map((attribute) => sql`${name(attribute.column)} = ${emptyValue(attribute, words[nameOf(attribute)])}`),
    ...hidden.map((key) => sql`${name(snakeCase(key))} = NULL`),
    raw(`create_digest = ''`),
    raw('modified_by = NULL'),
    ...(ends ? [raw('is_deleted = true')] : []),
    // Nothing brings it back.
    ...(ends && ownersOf(declaration).length > 0 ? [raw('removed_with_parent = false')] : []),
  ];
}

function emptyValue({ column, field, required, path }: Attribute, words: readonly string[] | undefined): Sql {
  if (words !== undefined)
    return sql`CASE WHEN lower(${name(column)}) = ANY(${words}::text[]) THEN ${name(column)} END`;
  if (!required) return raw('NULL');
  if (field.kind === 'document') return raw(`'{}'::jsonb`);
  if (field.kind === 'text') return raw(`''`);
  throw new Error(`${path.join('.')} is required and has no empty value: the erasure has to keep it`);
}

function nameOf({ path }: Attribute): string {
  return path.slice(1).join('.');
}

function getAttribute(resource: Resource, wanted: string): Attribute {
  const found = resource.attributes.find((attribute) => nameOf(attribute) === wanted);
  if (found === undefined) throw new Error(`${resource.name} has no attribute ${wanted}`);
  return found;
}
