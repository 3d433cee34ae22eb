/**
 * The exports that were asked for, and how far each has come. Several processes may look for work at once: a job is taken
 * by exactly one, which says every few seconds that it is still at it. One that has fallen silent has died, and its job
 * with it; the parts that are whole stay.
 */
import type { JsonObject } from '../json.ts';
import type { Queryable } from './database.ts';
import { sql } from './sql.ts';

export interface ExportJob {
  readonly customerId: string;
  readonly id: string;
  /** Null for the system itself. */
  readonly madeBy: string | null;
  readonly organizationGroupId: string;
  readonly client: string | null;
  readonly requestId: string | null;
  /** `stream`: it went straight to whoever asked, and only its manifest is kept. */
  readonly way: 'stream' | 'job';
  readonly state: string;
  readonly request: JsonObject;
  /** What its maker was allowed to see of what is in it: groups by resource, or `all`. */
  readonly scopes: JsonObject;
  readonly manifest: JsonObject | null;
  /** How many rows there will be; null while nobody knows. Digits, as every count here. */
  readonly total: string | null;
  readonly rows: string;
  readonly bytes: string;
  readonly isCancelled: boolean;
  /** ISO 8601. */
  readonly created: string;
  readonly ended: string | null;
  readonly expires: string | null;
  /** Its files are nobody's any more, whether or not they are deleted yet. */
  readonly isExpired: boolean;
}

export interface JobKey {
  readonly customerId: string;
  readonly id: string;
}

const columns = sql`customer_id AS "customerId", id, made_by AS "madeBy", organization_group_id AS "organizationGroupId",
  client, request_id AS "requestId", way, state, request, scopes, manifest, total, rows, bytes,
  is_cancelled AS "isCancelled", doorstep_iso(created) AS created, doorstep_iso(ended) AS ended,
  doorstep_iso(expires) AS expires, coalesce(expires <= now(), false) AS "isExpired"`;

/** How long a job may be silent before it counts as dead. A stream says nothing on its way, and has a day. */
const silentSeconds = 30;

type NewJob = Pick<
  ExportJob,
  'customerId' | 'id' | 'madeBy' | 'organizationGroupId' | 'client' | 'requestId' | 'way' | 'request' | 'scopes'
>;

/** Null when that person has `most` jobs waiting or running already. A stream runs from the start. */
export async function addExportJob(
  database: Queryable,
  job: NewJob,
  { most, manifest }: { readonly most: number; readonly manifest: object | null },
): Promise<ExportJob | null> {
  const { customerId, id, madeBy, organizationGroupId, client, requestId, way, request, scopes } = job;
  const isStream = way === 'stream';
  const [made] = await database.query<ExportJob>(sql`
    INSERT INTO export_jobs (customer_id, id, made_by, organization_group_id, client, request_id, way, state, request,
      scopes, manifest, created, seen)
    SELECT ${customerId}::uuid, ${id}::uuid, ${madeBy}::uuid, ${organizationGroupId}::uuid, ${client}::text,
      ${requestId}::text, ${way}::text, ${isStream ? 'running' : 'waiting'}::text, ${JSON.stringify(request)}::jsonb,
      ${JSON.stringify(scopes)}::jsonb, ${manifest === null ? null : JSON.stringify(manifest)}::jsonb, now(), now()
    WHERE ${isStream}::boolean OR (SELECT count(*) FROM export_jobs WHERE customer_id = ${customerId}::uuid
      AND made_by IS NOT DISTINCT FROM ${madeBy}::uuid AND way = 'job' AND state IN ('waiting', 'running')) < ${most}::integer
    RETURNING ${columns}`);
  return made ?? null;
}

/** The oldest job that waits, which is the caller's from now on; null when there is none. */
export async function takeExportJob(database: Queryable): Promise<ExportJob | null> {
  const [taken] = await database.query<ExportJob>(sql`
    UPDATE export_jobs SET state = 'running', started = now(), seen = now()
    WHERE (customer_id, id) = (SELECT customer_id, id FROM export_jobs WHERE state = 'waiting' ORDER BY created, id
      FOR UPDATE SKIP LOCKED LIMIT 1)
    RETURNING ${columns}`);
  return taken ?? null;
}

export interface JobProgress {
  readonly rows: number;
  readonly bytes: number;
  readonly total?: number | null;
  readonly manifest?: object;
}

/** Says that it is still at work, and how far; false when somebody wants it to end, or has ended it. */
export async function noteProgress(
  database: Queryable,
  { customerId, id }: JobKey,
  { rows, bytes, total = null, manifest }: JobProgress,
): Promise<boolean> {
  const kept = manifest === undefined ? null : JSON.stringify(manifest);
  const [row] = await database.query<{ goesOn: boolean }>(sql`
    UPDATE export_jobs SET seen = now(), rows = ${rows}::bigint, bytes = ${bytes}::bigint,
      total = coalesce(${total}::bigint, total), manifest = coalesce(${kept}::jsonb, manifest)
    WHERE customer_id = ${customerId}::uuid AND id = ${id}::uuid AND state = 'running'
    RETURNING NOT is_cancelled AS "goesOn"`);
  return row?.goesOn ?? false;
}

export interface JobEnd {
  readonly state: string;
  readonly rows: number;
  readonly bytes: number;
  readonly manifest: object | null;
  readonly keptHours: number;
}

/** One that was to expire before its end, because somebody is forgotten, still does. */
export async function endExportJob(
  database: Queryable,
  { customerId, id }: JobKey,
  { state, rows, bytes, manifest, keptHours }: JobEnd,
): Promise<void> {
  const kept = manifest === null ? null : JSON.stringify(manifest);
  await database.query(sql`
    UPDATE export_jobs SET state = ${state}::text, rows = ${rows}::bigint, bytes = ${bytes}::bigint,
      manifest = coalesce(${kept}::jsonb, manifest), ended = now(),
      expires = least(expires, now() + ${keptHours}::integer * interval '1 hour')
    WHERE customer_id = ${customerId}::uuid AND id = ${id}::uuid AND state = 'running'`);
}

export async function findExportJob(database: Queryable, { customerId, id }: JobKey): Promise<ExportJob | null> {
  const [found] = await database.query<ExportJob>(sql`
    SELECT ${columns} FROM export_jobs WHERE customer_id = ${customerId}::uuid AND id = ${id}::uuid`);
  return found ?? null;
}

/** The latest first. */
export function listExportJobs(
  database: Queryable,
  { customerId, madeBy, limit }: { readonly customerId: string; readonly madeBy: string; readonly limit: number },
): Promise<readonly ExportJob[]> {
  return database.query<ExportJob>(sql`
    SELECT ${columns} FROM export_jobs WHERE customer_id = ${customerId}::uuid AND made_by = ${madeBy}::uuid
    ORDER BY created DESC, id DESC LIMIT ${limit}::integer`);
}

/** A job that waits ends here; one that runs is told to. Whether there was anything to cancel. */
export async function cancelExportJob(
  database: Queryable,
  { customerId, id }: JobKey,
  keptHours: number,
): Promise<boolean> {
  const cancelled = await database.query(sql`
    UPDATE export_jobs SET is_cancelled = true,
      state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END,
      ended = CASE state WHEN 'waiting' THEN now() END,
      expires = CASE state WHEN 'waiting' THEN now() + ${keptHours}::integer * interval '1 hour' END
    WHERE customer_id = ${customerId}::uuid AND id = ${id}::uuid AND state IN ('waiting', 'running') AND way = 'job'
    RETURNING id`);
  return cancelled.length > 0;
}

/** Ends the jobs whose process is gone: they failed, and their manifests say so. How many. */
export async function failSilentJobs(database: Queryable, failure: object, keptHours: number): Promise<number> {
  const ended = await database.query(sql`
    UPDATE export_jobs SET state = 'failed', ended = now(), expires = now() + ${keptHours}::integer * interval '1 hour',
      manifest = manifest || jsonb_build_object('state', 'failed', 'failure', ${JSON.stringify(failure)}::jsonb)
    WHERE state = 'running' AND seen < now() - CASE way WHEN 'job' THEN ${silentSeconds}::integer ELSE 86400 END * interval '1 second'
    RETURNING id`);
  return ended.length;
}

/** The jobs whose files nobody may have any more; they are expired from now on. */
export function expireExportJobs(database: Queryable, customerId: string | null): Promise<readonly JobKey[]> {
  const ended = sql`ended IS NOT NULL AND state <> 'expired'`;
  const which =
    customerId === null ? sql`${ended} AND expires < now()` : sql`customer_id = ${customerId}::uuid AND ${ended}`;
  return database.query<JobKey>(sql`
    UPDATE export_jobs SET state = 'expired', manifest = manifest || '{"state": "expired"}', expires = least(expires, now())
    WHERE ${which} RETURNING customer_id AS "customerId", id`);
}

/** What is known of exports that expired a month ago. */
export async function forgetExportJobs(database: Queryable): Promise<void> {
  await database.query(sql`
    DELETE FROM export_jobs WHERE state = 'expired' AND expires < now() - interval '30 days'`);
}

/** The live organization whose group it is; null when it is gone. */
export async function findOrganization(
  database: Queryable,
  { customerId, securityGroupId }: { readonly customerId: string; readonly securityGroupId: string },
): Promise<string | null> {
  const [found] = await database.query<{ id: string }>(sql`
    SELECT id FROM organizations WHERE customer_id = ${customerId}::uuid
      AND security_group_id = ${securityGroupId}::uuid AND NOT is_deleted ORDER BY created, id LIMIT 1`);
  return found?.id ?? null;
}
