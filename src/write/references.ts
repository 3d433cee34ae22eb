/**
 * A new or changed reference must point at a live row that the caller may see; one that does not is refused in the
 * same words whether the row is absent, deleted or somebody else's. An id that a client once chose for something that
 * was there already is an alias, and is replaced by the real one.
 */
import { readableGroups } from '../access/scope.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import type { Fault } from '../problem.ts';
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import type { WriteSession } from './session.ts';

export interface Target {
  readonly id: string;
  readonly securityGroupId: string;
}

/** Where one datum points: the place in the data, the resource, and the id that stands there. */
interface Pointing {
  readonly path: readonly (string | number)[];
  readonly to: string;
  readonly id: string;
}

/** What references of a batch resolve to: by resource, then by the id that was written. */
export type Targets = ReadonlyMap<string, ReadonlyMap<string, Target>>;

/** Every reference of the data that `before` does not already have at the same place. */
function pointings(resource: Resource, data: JsonObject, before: JsonObject | null): readonly Pointing[] {
  const found: Pointing[] = [];
  const add = (path: readonly (string | number)[], to: string | undefined, value: Json | undefined): void => {
    if (to !== undefined && typeof value === 'string') found.push({ path, to, id: value });
  };
  for (const [key, field] of Object.entries(resource.declaration.fields)) {
    const value = data[key];
    if (field.storage === 'column') add([key], field.reference?.to, value);
    else if (field.storage === 'group' && isJsonObject(value)) {
      for (const [member, inner] of Object.entries(field.members))
        add([key, member], inner.reference?.to, value[member]);
    } else if (field.storage === 'rows' && Array.isArray(value)) {
      value.forEach((item: Json, index) => {
        for (const [member, inner] of Object.entries(field.members)) {
          const id = field.bare ? item : isJsonObject(item) ? item[member] : null;
          add(field.bare ? [key, index] : [key, index, member], inner.reference?.to, id);
        }
      });
    }
  }
  if (before === null) return found;
  const known = new Set(pointings(resource, before, null).map(({ to, id }) => `${to} ${id}`));
  return found.filter(({ to, id }) => !known.has(`${to} ${id}`));
}

export interface Referring {
  readonly resource: Resource;
  readonly data: JsonObject;
  readonly before: JsonObject | null;
}

/** Looks up the references of a whole batch in one statement. */
export async function findTargets(batch: readonly Referring[], session: WriteSession): Promise<Targets> {
  const wanted = new Map<string, Set<string>>();
  for (const { resource, data, before } of batch) {
    for (const { to, id } of pointings(resource, data, before)) wanted.set(to, (wanted.get(to) ?? new Set()).add(id));
  }
  const targets = new Map([...wanted.keys()].map((to) => [to, new Map<string, Target>()]));
  if (targets.size === 0) return targets;
  const lookups = [...wanted].map(([to, ids]) => lookUp(session.model.get(to), [...ids], session));
  const rows = await session.tx.query<{ to: string; written: string; id: string; group: string }>(
    join(lookups, ' UNION ALL '),
  );
  for (const { to, written, id, group } of rows) targets.get(to)!.set(written, { id, securityGroupId: group });
  return targets;
}

function lookUp(resource: Resource, ids: readonly string[], { viewer }: WriteSession): Sql {
  const groups = readableGroups(viewer, resource);
  const scope = groups === 'all' ? raw('') : sql` AND row.security_group_id = ANY(${[...groups]}::uuid[])`;
  return sql`
    SELECT ${resource.name} AS to, wanted.id AS written, row.id, row.security_group_id AS group
    FROM unnest(${ids}::uuid[]) AS wanted (id)
    LEFT JOIN id_aliases alias ON alias.customer_id = ${viewer.customerId} AND alias.resource = ${resource.name}
      AND alias.alias_id = wanted.id
    JOIN ${name(resource.table)} row ON row.customer_id = ${viewer.customerId}
      AND row.id = coalesce(alias.row_id, wanted.id) AND NOT row.is_deleted${scope}`;
}

/** The data with its references resolved, or the faults of those that point at nothing. */
export function resolveReferences(
  { resource, data, before }: Referring,
  targets: Targets,
): { readonly data: JsonObject; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  let resolved = data;
  for (const { path, to, id } of pointings(resource, data, before)) {
    const target = targets.get(to)?.get(id);
    if (target === undefined) {
      faults.push({
        pointer: `/${path.join('/')}`,
        message: `must be the id of an existing ${spell(to)} that you may see`,
      });
    } else if (target.id !== id) {
      resolved = replaceAt(resolved, path, target.id) as JsonObject;
    }
  }
  return { data: resolved, faults };
}

/** contactHousehold → contact household */
function spell(resource: string): string {
  return resource.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function replaceAt(value: Json, [key, ...rest]: readonly (string | number)[], id: string): Json {
  if (key === undefined) return id;
  if (Array.isArray(value)) return value.map((item: Json, index) => (index === key ? replaceAt(item, rest, id) : item));
  return { ...(value as JsonObject), [key]: replaceAt((value as JsonObject)[key]!, rest, id) };
}
