/**
 * The applications that may ask for tokens. One of people has addresses that it is called back at; one that acts for
 * itself has an account to act as. A secret is 256 random bits, so a plain hash of it keeps it (no guess comes near).
 */
import type { Database } from './database.ts';
import { sql } from './sql.ts';

export interface OauthClient {
  readonly id: string;
  readonly name: string;
  /** Hexadecimal SHA-256; null for an application that cannot keep a secret. */
  readonly secretHash: string | null;
  readonly redirectUris: readonly string[];
  /** Whether it has to send a code challenge (RFC 7636). */
  readonly needsPkce: boolean;
  /** As whom it acts for itself. */
  readonly actsAs: { readonly customerId: string; readonly userId: string; readonly organizationId: string } | null;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly secretHash: string | null;
  readonly redirectUris: readonly string[];
  readonly needsPkce: boolean;
  readonly customerId: string | null;
  readonly userId: string | null;
  readonly organizationId: string | null;
}

const columns = sql`id, name, encode(secret_hash, 'hex') AS "secretHash", redirect_uris AS "redirectUris",
  needs_pkce AS "needsPkce", customer_id AS "customerId", user_id AS "userId", organization_id AS "organizationId"`;

export async function findClient(database: Database, id: string): Promise<OauthClient | null> {
  const [row] = await database.query<Row>(sql`SELECT ${columns} FROM oauth_clients WHERE id = ${id}`);
  return row === undefined ? null : toClient(row);
}

export async function listClients(database: Database): Promise<readonly OauthClient[]> {
  return (await database.query<Row>(sql`SELECT ${columns} FROM oauth_clients ORDER BY name, id`)).map(toClient);
}

/** False when the id is taken. */
export async function keepClient(database: Database, client: OauthClient, created: Date): Promise<boolean> {
  const { id, name, secretHash, redirectUris, needsPkce, actsAs } = client;
  const kept = await database.query(sql`
    INSERT INTO oauth_clients (id, name, secret_hash, redirect_uris, needs_pkce, customer_id, user_id, organization_id, created)
    VALUES (${id}, ${name}, decode(${secretHash}, 'hex'), ${[...redirectUris]}::text[], ${needsPkce},
      ${actsAs?.customerId ?? null}, ${actsAs?.userId ?? null}, ${actsAs?.organizationId ?? null}, ${created}::timestamptz)
    ON CONFLICT (id) DO NOTHING RETURNING id`);
  return kept.length > 0;
}

/** With everything that people granted to it. False when there was none. */
export async function removeClient(database: Database, id: string): Promise<boolean> {
  return database.transaction(async (tx) => {
    await tx.query(sql`DELETE FROM oauth_records WHERE client_id = ${id}`);
    return (await tx.query(sql`DELETE FROM oauth_clients WHERE id = ${id} RETURNING id`)).length > 0;
  });
}

function toClient({ customerId, userId, organizationId, ...client }: Row): OauthClient {
  const isOwn = customerId !== null && userId !== null && organizationId !== null;
  return { ...client, actsAs: isOwn ? { customerId, userId, organizationId } : null };
}
