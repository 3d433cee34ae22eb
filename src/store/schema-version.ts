/** Which form the database has: the name of the last migration that it was brought to. */
import type { Queryable } from './database.ts';
import { sql } from './sql.ts';

export async function readSchemaVersion(database: Queryable): Promise<string> {
  const [row] = await database.query<{ name: string }>(sql`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL
    ORDER BY migration_name DESC LIMIT 1`);
  return row?.name ?? '';
}
