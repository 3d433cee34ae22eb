/**
 * What the authorization server remembers: who is signed in, sign-ins under way, codes, refresh tokens, and grants. The
 * ids of most are secrets that let their holder in, so they are found by a hash, and what belongs to them is sealed by
 * who calls.
 */
import { createHash } from 'node:crypto';
import type { Database } from './database.ts';
import { sql } from './sql.ts';

export interface OauthRecord {
  /** `Session`, `RefreshToken`, …: a name of the authorization server's. */
  readonly kind: string;
  readonly id: string;
  /** A second name of a session, which says nothing to others. */
  readonly uid: string | null;
  readonly grantId: string | null;
  readonly clientId: string | null;
  readonly customerId: string | null;
  readonly userId: string | null;
  readonly sealed: Uint8Array;
  readonly expires: Date;
}

export interface FoundRecord {
  readonly sealed: Uint8Array;
  /** Unix time in seconds; null when it was not used yet. */
  readonly consumed: number | null;
}

export interface GrantPlace {
  readonly organizationId: string;
}

/** By what a record is found. */
export function hashOfRecord(kind: string, id: string): Buffer {
  return createHash('sha256').update(`${kind} ${id}`).digest();
}

const hashOf = (kind: string, id: string | null): Buffer | null => (id === null ? null : hashOfRecord(kind, id));

/** Replaces a record of that kind and id; whether it was used stays. */
export async function keepRecord(database: Database, record: OauthRecord): Promise<void> {
  const { kind, id, uid, grantId, clientId, customerId, userId, sealed, expires } = record;
  await database.query(sql`
    INSERT INTO oauth_records (kind, id_hash, uid_hash, grant_hash, client_id, customer_id, user_id, sealed, expires)
    VALUES (${kind}, ${hashOfRecord(kind, id)}, ${hashOf(kind, uid)}, ${hashOf('Grant', grantId)}, ${clientId},
      ${customerId}, ${userId}, ${Buffer.from(sealed)}::bytea, ${expires}::timestamptz)
    ON CONFLICT (kind, id_hash) DO UPDATE SET uid_hash = excluded.uid_hash, grant_hash = excluded.grant_hash,
      client_id = excluded.client_id, customer_id = excluded.customer_id, user_id = excluded.user_id,
      sealed = excluded.sealed, expires = excluded.expires`);
}

export async function findRecord(database: Database, kind: string, id: string, now: Date): Promise<FoundRecord | null> {
  const [found] = await database.query<FoundRecord>(sql`
    SELECT sealed, extract(epoch FROM consumed)::float8 AS consumed FROM oauth_records
    WHERE kind = ${kind} AND id_hash = ${hashOfRecord(kind, id)} AND expires > ${now}::timestamptz`);
  return found ?? null;
}

export async function findRecordByUid(
  database: Database,
  kind: string,
  uid: string,
  now: Date,
): Promise<FoundRecord | null> {
  const [found] = await database.query<FoundRecord>(sql`
    SELECT sealed, extract(epoch FROM consumed)::float8 AS consumed FROM oauth_records
    WHERE kind = ${kind} AND uid_hash = ${hashOfRecord(kind, uid)} AND expires > ${now}::timestamptz`);
  return found ?? null;
}

/** Marks a record as used, once: of several who try at the same moment, one gets true. */
export async function consumeRecord(database: Database, kind: string, id: string, now: Date): Promise<boolean> {
  const consumed = await database.query(sql`
    UPDATE oauth_records SET consumed = ${now}::timestamptz
    WHERE kind = ${kind} AND id_hash = ${hashOfRecord(kind, id)} AND consumed IS NULL RETURNING kind`);
  return consumed.length > 0;
}

/** The grant that a record stands on, with all that stands on it; the customers whose grants they were. */
export async function removeGrantOf(database: Database, kind: string, id: string): Promise<readonly string[]> {
  const removed = await database.query<Owned>(sql`
    WITH used AS (SELECT grant_hash FROM oauth_records WHERE kind = ${kind} AND id_hash = ${hashOfRecord(kind, id)})
    DELETE FROM oauth_records record USING used
    WHERE record.grant_hash = used.grant_hash OR (record.kind = 'Grant' AND record.id_hash = used.grant_hash)
    RETURNING record.customer_id AS "customerId"`);
  return customersOf(removed);
}

export async function removeRecord(database: Database, kind: string, id: string): Promise<void> {
  await database.query(sql`DELETE FROM oauth_records WHERE kind = ${kind} AND id_hash = ${hashOfRecord(kind, id)}`);
}

/** A grant with every code and refresh token that stands on it; its access tokens fall within seconds. Returns the same. */
export async function removeGrant(database: Database, grantId: string): Promise<readonly string[]> {
  const hash = hashOfRecord('Grant', grantId);
  const removed = await database.query<Owned>(sql`
    DELETE FROM oauth_records WHERE grant_hash = ${hash} OR (kind = 'Grant' AND id_hash = ${hash})
    RETURNING customer_id AS "customerId"`);
  return customersOf(removed);
}

interface Owned {
  readonly customerId: string | null;
}

function customersOf(removed: readonly Owned[]): readonly string[] {
  return [...new Set(removed.flatMap(({ customerId }) => customerId ?? []))];
}

/** For which organization a grant was given. */
export async function placeGrant(database: Database, grantId: string, organizationId: string): Promise<void> {
  await database.query(sql`
    UPDATE oauth_records SET organization_id = ${organizationId}
    WHERE kind = 'Grant' AND id_hash = ${hashOfRecord('Grant', grantId)}`);
}

/** Null when the grant is gone. */
export async function findGrantPlace(database: Database, grantId: string): Promise<GrantPlace | null> {
  const [found] = await database.query<GrantPlace>(sql`
    SELECT organization_id AS "organizationId" FROM oauth_records
    WHERE kind = 'Grant' AND id_hash = ${hashOfRecord('Grant', grantId)} AND organization_id IS NOT NULL`);
  return found ?? null;
}

/** What has expired, and counts of attempts whose window has ended. */
export async function forgetExpiredSignIns(database: Database, now: Date): Promise<void> {
  await database.query(sql`DELETE FROM oauth_records WHERE expires <= ${now}::timestamptz`);
  await database.query(sql`DELETE FROM sign_in_attempts WHERE ends <= ${now}::timestamptz`);
}
