/** The rows that changes are about, as they are now, and the checks that come before a change: 404, 403, 428, 412. */
import { readableGroups, writableGroups } from '../access/scope.ts';
import type { Verb } from '../access/permission.ts';
import type { JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import { matchesEtag } from '../patch/etag.ts';
import type { Problem } from '../problem.ts';
import { ask, compile } from '../read/compiled.ts';
import { makeReadContext } from '../read/context.ts';
import { wholeData } from '../read/envelope.ts';
import { compileNode } from '../read/node-sql.ts';
import { name, raw, sql } from '../store/sql.ts';
import type { Etags } from './change.ts';
import { isUuid } from '../uuid.ts';
import { etagRequired, forbidden, notFound, stale } from './problems.ts';
import type { WriteSession } from './session.ts';

export interface CurrentRow {
  readonly id: string;
  readonly etag: string;
  readonly securityGroupId: string;
  /** Every declared attribute, null when unset. */
  readonly data: JsonObject;
}

interface Addressed {
  readonly id: string;
  readonly etags: Etags;
}

/** For each change its row, or the Problem that stops it. `deleted` rows are what a restore is about. */
export async function findCurrentRows<T extends Addressed>(
  resource: Resource,
  changes: readonly T[],
  verb: Exclude<Verb, 'read'>,
  session: WriteSession,
  deleted: 'exclude' | 'only' = 'exclude',
): Promise<readonly (CurrentRow | Problem)[]> {
  const rows = await readCurrent(
    resource,
    changes.map(({ id }) => id),
    verb,
    session,
    deleted,
  );
  const writable = writableGroups(session.viewer, verb, resource);
  return changes.map(({ id, etags }) => {
    const row = rows.get(id.toLowerCase());
    if (row === undefined) return notFound(resource, id);
    if (writable !== 'all' && !writable.has(row.securityGroupId)) {
      return forbidden(verb, resource, "in this row's security group");
    }
    if (etags === null) return etagRequired();
    return matchesEtag(etags, row.etag) ? row : stale(row.etag);
  });
}

async function readCurrent(
  resource: Resource,
  ids: readonly string[],
  verb: Exclude<Verb, 'read'>,
  { tx, viewer, model }: WriteSession,
  deleted: 'exclude' | 'only',
): Promise<ReadonlyMap<string, CurrentRow>> {
  const context = makeReadContext(model, viewer, 'document', compileNode);
  const row = context.alias();
  const [readable, writable] = [readableGroups(viewer, resource), writableGroups(viewer, verb, resource)];
  // Whoever may write a row knows of it, even without the permission to read it.
  const groups = readable === 'all' || writable === 'all' ? null : [...new Set([...readable, ...writable])];
  const scope = groups === null ? raw('') : sql` AND security_group_id = ANY(${groups}::uuid[])`;
  const question = sql`
    SELECT id, etag, security_group_id AS group, ${compileNode(wholeData(resource), resource, row, context)} AS data
    FROM ${name(resource.table)} ${name(row)}
    WHERE customer_id = ${context.customer} AND id = ANY(${ids.filter(isUuid)}::uuid[])${scope}
      AND ${raw(deleted === 'only' ? 'is_deleted' : 'NOT is_deleted')}`;
  const statement = ask(compile(question, context), viewer);
  const found = await tx.query<{ id: string; etag: string; group: string; data: string }>(statement);
  return new Map(
    found.map(({ id, etag, group, data }) => [
      id,
      { id, etag, securityGroupId: group, data: JSON.parse(data) as JsonObject },
    ]),
  );
}
