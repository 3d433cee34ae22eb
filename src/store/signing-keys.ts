/** The keys that access tokens are signed with: the public half as a JWK, the private half sealed. Shared by all processes. */
import type { Database } from './database.ts';
import { sql } from './sql.ts';

export interface StoredKey {
  /** The `kid` of tokens signed with it. */
  readonly id: string;
  readonly sealed: Uint8Array;
  readonly created: Date;
}

interface Row {
  readonly id: string;
  readonly sealed: Buffer;
  /** Milliseconds of Unix time. */
  readonly created: number;
}

/** The newest first. */
export async function listKeys(database: Database): Promise<readonly StoredKey[]> {
  const rows = await database.query<Row>(sql`
    SELECT id, sealed, (extract(epoch FROM created) * 1000)::float8 AS created FROM signing_keys ORDER BY created DESC, id`);
  return rows.map(({ id, sealed, created }) => ({ id, sealed, created: new Date(created) }));
}

/** Keeps a new key unless another process has made one since `after`; of several, one does. `ignored` count as none. */
export async function keepKey(
  database: Database,
  { id, sealed, created }: StoredKey,
  { after, ignored }: { readonly after: Date; readonly ignored: readonly string[] },
): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('signing keys', 0))`);
    await tx.query(sql`
      INSERT INTO signing_keys (id, sealed, created)
      SELECT ${id}, ${Buffer.from(sealed)}::bytea, ${created}::timestamptz
      WHERE NOT EXISTS (
        SELECT FROM signing_keys WHERE created > ${after}::timestamptz AND id <> ALL(${[...ignored]}::text[]))`);
  });
}

export async function forgetKeys(database: Database, ids: readonly string[]): Promise<void> {
  await database.query(sql`DELETE FROM signing_keys WHERE id = ANY(${[...ids]}::text[])`);
}
