/**
 * What retention says is over: rows that were deleted before a day, what the logs have kept until then, and ids that led
 * to rows which are gone. Each customer's horizon is raised in the same transaction, so that whoever kept an earlier place
 * in the changes is told to start over instead of missing a tombstone.
 *
 * A row that others still refer to stays until they are gone as well: a door that was deleted keeps its visits.
 */
import type { Model, Resource } from '../model.ts';
import type { Database, Queryable } from '../store/database.ts';
import { dropMonthsBefore, raiseRetentionHorizon } from '../store/retention.ts';
import { join, name, raw, type Sql, sql } from '../store/sql.ts';

export interface PurgeRequest {
  /** What happened before it is over. ISO 8601. */
  readonly before: string;
  /** All customers when it is null. */
  readonly customerId: string | null;
}

export interface PurgeParts {
  readonly database: Database;
  readonly model: Model;
  readonly onProgress?: (removed: number) => void;
  readonly signal?: AbortSignal;
}

/** By resource or log, how many things are gone. */
export type PurgeCounts = Readonly<Record<string, number>>;

/** So many rows of a table go in one transaction, during which nobody else of the customer writes. */
const rowsATurn = 2_000;

export async function purge(parts: PurgeParts, request: PurgeRequest): Promise<PurgeCounts> {
  const { database } = parts;
  const counts: Record<string, number> = {};
  const count = (what: string, removed: number): void => {
    if (removed > 0) counts[what] = (counts[what] ?? 0) + removed;
    parts.onProgress?.(Object.values(counts).reduce((sum, each) => sum + each, 0));
  };
  for (const customerId of await listCustomers(database, request.customerId)) {
    await purgeRows(parts, customerId, request.before, count);
    await purgeLogs(parts, customerId, request.before, count);
  }
  if (request.customerId === null) await dropMonthsBefore(database, request.before);
  return counts;
}

async function listCustomers(database: Database, only: string | null): Promise<readonly string[]> {
  const rows = await database.query<{ id: string }>(sql`
    SELECT DISTINCT customer_id AS id FROM organizations
    WHERE ${only === null ? raw('true') : sql`customer_id = ${only}`} ORDER BY 1`);
  return rows.map(({ id }) => id);
}

type Count = (what: string, removed: number) => void;

/** Turn after turn, until one removes nothing: what refers to others goes first, and so they can go in the next. */
async function purgeRows({ database, model, signal }: PurgeParts, customerId: string, before: string, count: Count) {
  for (let isOver = false; !isOver;) {
    signal?.throwIfAborted();
    const removed = await database.transaction(async (tx) => {
      await begin(tx, customerId);
      let highest = 0n;
      const gone: [string, number][] = [];
      for (const resource of model.resources) {
        const positions = await removeRows(tx, resource, model, customerId, before);
        for (const position of positions) if (position > highest) highest = position;
        gone.push([resource.label, positions.length]);
      }
      if (highest > 0n) {
        await raiseRetentionHorizon(tx, customerId, String(highest));
        await removeItems(tx, model, customerId, highest);
        await removeOrphans(tx, model, customerId);
      }
      return gone;
    });
    for (const [label, rows] of removed) count(label, rows);
    isOver = removed.every(([, rows]) => rows === 0);
  }
}

async function begin(tx: Queryable, customerId: string): Promise<void> {
  await tx.query(sql`
    SELECT doorstep_take_position(${customerId}::uuid), set_config('statement_timeout', '0', true)`);
}

/** Deleted rows that nothing refers to, with the items that belong to them; the positions of their last change. */
async function removeRows(
  tx: Queryable,
  resource: Resource,
  model: Model,
  customerId: string,
  before: string,
): Promise<readonly bigint[]> {
  const { table, rows } = resource;
  const unreferenced = referrersOf(resource, model).map(
    ({ table: from, column }) => sql`NOT EXISTS (SELECT FROM ${name(from)} referrer
      WHERE referrer.customer_id = row.customer_id AND referrer.${name(column)} = row.id)`,
  );
  const conditions = [
    sql`row.customer_id = ${customerId}`,
    raw('row.is_deleted'),
    sql`row.modified < ${before}::timestamptz`,
    ...unreferenced,
  ];
  const old = sql`SELECT row.id FROM ${name(table)} row WHERE ${join(conditions, ' AND ')} LIMIT ${rowsATurn}::int`;
  const found = await tx.query<{ id: string }>(old);
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  for (const items of rows) {
    await tx.query(sql`DELETE FROM ${name(items.table)} item
      WHERE item.customer_id = ${customerId} AND item.${name(items.owner)} = ANY(${ids}::uuid[])`);
  }
  const gone = await tx.query<{ position: string }>(sql`
    DELETE FROM ${name(table)} WHERE customer_id = ${customerId} AND id = ANY(${ids}::uuid[])
    RETURNING sync_seq AS position`);
  return gone.map(({ position }) => BigInt(position));
}

/** Every column that points at rows of the resource, but for the items that go with it. */
function referrersOf(target: Resource, { resources }: Model): readonly { table: string; column: string }[] {
  return resources.flatMap((resource) => {
    const own = [...resource.envelope, ...resource.attributes]
      .filter(({ field }) => field.reference?.to === target.name)
      .map(({ column }) => ({ table: resource.table, column }));
    const ofItems = resource.rows.flatMap(({ table, members }) =>
      members.filter(({ field }) => field.reference?.to === target.name).map(({ column }) => ({ table, column })),
    );
    return [...own, ...ofItems];
  });
}

/** Items that left their array before the horizon: whoever comes with an earlier place starts over anyway. */
async function removeItems(tx: Queryable, { resources }: Model, customerId: string, horizon: bigint): Promise<void> {
  for (const { table } of resources.flatMap(({ rows }) => rows)) {
    await tx.query(sql`DELETE FROM ${name(table)}
      WHERE customer_id = ${customerId} AND is_deleted AND sync_seq <= ${String(horizon)}::bigint`);
  }
}

/** What is kept beside rows under their ids. */
async function removeOrphans(tx: Queryable, { resources }: Model, customerId: string): Promise<void> {
  const there = (table: string, id: Sql): Sql => sql`EXISTS (SELECT FROM ${name(table)} row
    WHERE row.customer_id = ${customerId} AND row.id = ${id})`;
  for (const { name: resource, table } of resources) {
    await tx.query(sql`DELETE FROM id_aliases alias WHERE alias.customer_id = ${customerId}
      AND alias.resource = ${resource} AND NOT ${there(table, sql`alias.row_id`)}`);
  }
  await tx.query(sql`DELETE FROM integration_credentials kept WHERE kept.customer_id = ${customerId}
    AND NOT ${there('integrations', sql`kept.integration_id`)}`);
  await tx.query(sql`DELETE FROM walklist_assignments given WHERE given.customer_id = ${customerId}
    AND given.is_deleted AND NOT ${there('walklists', sql`given.walklist_id`)}`);
}

async function purgeLogs({ database }: PurgeParts, customerId: string, before: string, count: Count): Promise<void> {
  const removed = await database.transaction(async (tx) => {
    await begin(tx, customerId);
    const [changes] = await tx.query<{ rows: string; highest: string | null }>(sql`
      WITH gone AS (
        DELETE FROM change_log WHERE customer_id = ${customerId} AND at < ${before}::timestamptz RETURNING sync_seq
      ) SELECT count(*) AS rows, max(sync_seq) AS highest FROM gone`);
    if (changes!.highest !== null) await raiseRetentionHorizon(tx, customerId, changes!.highest);
    const [reads] = await tx.query<{ rows: string }>(sql`
      WITH gone AS (DELETE FROM read_log WHERE customer_id = ${customerId} AND at < ${before}::timestamptz RETURNING 1)
      SELECT count(*) AS rows FROM gone`);
    return [Number(changes!.rows), Number(reads!.rows)] as const;
  });
  count('change log', removed[0]);
  count('read log', removed[1]);
}
