/** Ids that clients choose: what was created under them, and what they turned out to stand for. */
import { writableGroups } from '../access/scope.ts';
import type { Resource } from '../model.ts';
import { name, sql } from '../store/sql.ts';
import type { WriteSession } from './session.ts';

export interface Created {
  /** The row that answers for the id: its own, or the one that was there already. */
  readonly rowId: string;
  /** Hex of the digest of the body. */
  readonly digest: string;
  /** Whether the caller could have made it; to anybody else the id is simply taken. */
  readonly insertable: boolean;
}

/** Deleted rows count: an id is never given out twice. */
export async function findCreated(
  resource: Resource,
  ids: readonly string[],
  { tx, viewer }: WriteSession,
): Promise<ReadonlyMap<string, Created>> {
  const rows = await tx.query<{ id: string; rowId: string; digest: string; group: string }>(sql`
    SELECT id, id AS "rowId", encode(create_digest, 'hex') AS digest, security_group_id AS group
    FROM ${name(resource.table)} WHERE customer_id = ${viewer.customerId} AND id = ANY(${ids}::uuid[])
    UNION ALL
    SELECT alias.alias_id, alias.row_id, encode(alias.digest, 'hex'), row.security_group_id
    FROM id_aliases alias JOIN ${name(resource.table)} row
      ON row.customer_id = alias.customer_id AND row.id = alias.row_id
    WHERE alias.customer_id = ${viewer.customerId} AND alias.resource = ${resource.name}
      AND alias.alias_id = ANY(${ids}::uuid[])`);
  const groups = writableGroups(viewer, 'insert', resource);
  return new Map(
    rows.map(({ id, rowId, digest, group }) => [
      id,
      { rowId, digest, insertable: groups === 'all' || groups.has(group) },
    ]),
  );
}

/** Later references to these ids mean the rows that were there already. */
export async function rememberAliases(
  resource: Resource,
  aliases: readonly { readonly id: string; readonly of: string; readonly digest: string }[],
  { tx, viewer }: WriteSession,
): Promise<void> {
  if (aliases.length === 0) return;
  await tx.query(sql`
    INSERT INTO id_aliases (customer_id, resource, alias_id, row_id, digest)
    SELECT ${viewer.customerId}::uuid, ${resource.name}, alias.id, alias.of, decode(alias.digest, 'hex')
    FROM unnest(${aliases.map(({ id }) => id)}::uuid[], ${aliases.map(({ of }) => of)}::uuid[],
      ${aliases.map(({ digest }) => digest)}::text[]) AS alias (id, of, digest)
    ON CONFLICT DO NOTHING`);
}
