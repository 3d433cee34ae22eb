/** Refuses a database that cannot hold every name. Ours is UTF8; a server of somebody's own may be anything. */
import type { Database } from './database.ts';
import { sql } from './sql.ts';
import { StartError } from './start-error.ts';

export async function checkEncoding(database: Database): Promise<void> {
  const [row] = await database.query<{ name: string; encoding: string }>(sql`
    SELECT datname AS name, pg_encoding_to_char(encoding) AS encoding
    FROM pg_database WHERE datname = current_database()`);
  if (row === undefined || row.encoding === 'UTF8') return;
  throw new StartError(
    `The database ${row.name} stores text as ${row.encoding}; Doorstep needs UTF8. ` +
      `Make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0 and name it in DATABASE_URL.`,
  );
}
