/**
 * Rows that only link others go with what they link, and come back with it. A link remembers that it went this way,
 * so that one which somebody had removed on its own stays removed, and it comes back only when both its ends are there
 * and nobody has linked them anew meanwhile. What is a part of one other row is a link with a single end.
 */
import type { JsonObject } from '../json.ts';
import type { Attribute, Resource } from '../model.ts';
import { join, name, type Sql, sql } from '../store/sql.ts';
import { snakeCase } from '../names.ts';
import { ownersOf } from '../resource.ts';
import type { WriteSession } from './session.ts';

/** The link resources that point at this one, each with the attribute that does. */
function linksTo(target: Resource, { model }: WriteSession): readonly (readonly [Resource, Attribute])[] {
  return model.resources.flatMap((resource) =>
    endsOf(resource)
      .filter(({ field }) => field.reference!.to === target.name)
      .map((attribute) => [resource, attribute] as const),
  );
}

interface RestoredLink {
  readonly id: string;
  readonly securityGroupId: string;
  /** What the link links. */
  readonly after: JsonObject;
}

function endsOf(resource: Resource): readonly Attribute[] {
  return ownersOf(resource.declaration).map((end) => resource.attributes.find(({ path }) => path[1] === end)!);
}

export async function removeLinks(target: Resource, ids: readonly string[], session: WriteSession): Promise<void> {
  if (ids.length === 0) return;
  for (const [link, end] of linksTo(target, session)) {
    const { tx, viewer } = session;
    const removed = await tx.query<{ id: string }>(sql`
      UPDATE ${name(link.table)} SET is_deleted = true, removed_with_parent = true, modified_by = ${viewer.userId}::uuid
      WHERE customer_id = ${viewer.customerId} AND ${name(end.column)} = ANY(${ids}::uuid[]) AND NOT is_deleted
      RETURNING id`);
    await follow(link, removed, 'remove', removeLinks, session);
  }
}

export async function restoreLinks(target: Resource, ids: readonly string[], session: WriteSession): Promise<void> {
  if (ids.length === 0) return;
  for (const [link, end] of linksTo(target, session)) {
    const { tx, viewer } = session;
    const ends = endsOf(link).map(({ path, column }) => sql`${path[1]}::text, link.${name(column)}`);
    const restored = await tx.query<RestoredLink>(sql`
      UPDATE ${name(link.table)} link
      SET is_deleted = false, removed_with_parent = false, modified_by = ${viewer.userId}::uuid
      WHERE link.customer_id = ${viewer.customerId} AND link.${name(end.column)} = ANY(${ids}::uuid[])
        AND link.is_deleted AND link.removed_with_parent AND ${join([...bothEnds(link, session), isFree(link)], ' AND ')}
      RETURNING link.id, link.security_group_id AS "securityGroupId", jsonb_build_object(${join(ends)}) AS after`);
    await follow(link, restored, 'restore', restoreLinks, session);
    // What a link says may follow from rows that changed while it was away.
    const back = restored.map((row) => ({ ...row, before: null, params: {} }));
    await link.declaration.hooks?.afterWrite?.(back, session.hooks);
  }
}

function bothEnds(link: Resource, { model }: WriteSession): readonly Sql[] {
  return endsOf(link).map(
    ({ column, field }) => sql`EXISTS (SELECT FROM ${name(model.get(field.reference!.to).table)} row
      WHERE row.customer_id = link.customer_id AND row.id = link.${name(column)} AND NOT row.is_deleted)`,
  );
}

/** No live row has taken the place of the link. */
function isFree(link: Resource): Sql {
  const keys = (link.declaration.unique ?? []).map(({ of }) => {
    const same = of.map((key) => {
      const column = name(link.attributes.find(({ path }) => path[1] === key)?.column ?? snakeCase(key));
      return sql`live.${column} = link.${column}`;
    });
    return sql`NOT EXISTS (SELECT FROM ${name(link.table)} live
      WHERE live.customer_id = link.customer_id AND ${join(same, ' AND ')} AND NOT live.is_deleted)`;
  });
  return keys.length === 0 ? sql`true` : join(keys, ' AND ');
}

type Cascade = (target: Resource, ids: readonly string[], session: WriteSession) => Promise<void>;

/** Links of links: a contact's household on a list. */
async function follow(
  link: Resource,
  rows: readonly { readonly id: string }[],
  verb: 'remove' | 'restore',
  cascade: Cascade,
  session: WriteSession,
): Promise<void> {
  for (const { id } of rows) session.entries.push({ resource: link.name, id, verb, patch: null });
  await cascade(
    link,
    rows.map(({ id }) => id),
    session,
  );
}
