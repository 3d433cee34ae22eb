/**
 * What the read log holds, newest first, for those who hold read@audit: the entries of readers who had signed in for an
 * organization in which it holds.
 */
import type { Viewer } from '../access/viewer.ts';
import type { Queryable } from '../store/database.ts';
import { raw, sql } from '../store/sql.ts';
import { Problem } from '../problem.ts';
import { auditPermission } from '../read/history-sql.ts';
import { isUuid } from '../uuid.ts';

export interface ReadLogEntry {
  /** Also the cursor of the entry. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly userId: string | null;
  readonly client: string | null;
  readonly requestId: string | null;
  readonly transport: string;
  readonly resource: string;
  readonly filter: string | null;
  readonly rows: number;
}

export interface ReadLogQuestion {
  readonly limit: number;
  /** The id of the entry behind which to begin. */
  readonly after: string | null;
  readonly userId: string | null;
  /** A kebab-case plural; entries that hold others beside it are found too. */
  readonly resource: string | null;
}

/** FORBIDDEN for whoever holds read@audit nowhere. */
export async function listReads(
  database: Queryable,
  viewer: Viewer,
  { limit, after, userId, resource }: ReadLogQuestion,
): Promise<readonly ReadLogEntry[]> {
  const groups = viewer.groupsFor(auditPermission);
  if (groups !== 'all' && groups.size === 0) throw new Problem('FORBIDDEN', 'You need the permission read@audit.');
  if (after !== null && !isUuid(after)) {
    throw new Problem('INVALID_PAGE', 'The cursor is not one of ours. Use the cursor of an entry of the same list.');
  }
  const conditions = [
    groups === 'all' ? raw('') : sql` AND security_group_id = ANY(${[...groups]}::uuid[])`,
    after === null ? raw('') : sql` AND id < ${after}::uuid`,
    userId === null ? raw('') : sql` AND user_id = ${userId}::uuid`,
    resource === null ? raw('') : sql` AND ${resource} = ANY(string_to_array(resource, ','))`,
  ];
  const [inGroups, behind, byUser, ofResource] = conditions;
  return database.query<ReadLogEntry>(sql`
    SELECT id, doorstep_iso(at) AS at, user_id AS "userId", client, request_id AS "requestId", transport, resource,
      filter, rows::float8 AS rows
    FROM read_log WHERE customer_id = ${viewer.customerId}${inGroups}${behind}${byUser}${ofResource}
    ORDER BY id DESC LIMIT ${limit}::int`);
}
