/** What is in the database, in the numbers that show at a glance whether it is the right one. */
import type { Database } from '../../store/database.ts';
import { sql } from '../../store/sql.ts';

export async function countRows(database: Database): Promise<string> {
  const [counts] = await database.query<Record<string, string>>(sql`
    SELECT (SELECT count(*) FROM customers) AS customers,
      (SELECT count(*) FROM households WHERE NOT is_deleted) AS households,
      (SELECT count(*) FROM contacts WHERE NOT is_deleted) AS contacts,
      (SELECT count(*) FROM interactions WHERE NOT is_deleted) AS interactions`);
  return Object.entries(counts!)
    .map(([name, count]) => `${Number(count).toLocaleString('en-US')} ${name}`)
    .join(', ');
}
