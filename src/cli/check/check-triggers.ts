/** Whether every table still has the trigger that stamps position, version and etag; without one, sync skips rows. */
import type { Model } from '../../model.ts';
import type { Database } from '../../store/database.ts';
import { sql } from '../../store/sql.ts';
import { CommandFailure } from '../command-failure.ts';

export async function checkTriggers(database: Database, { resources }: Model): Promise<string> {
  const tables = resources.flatMap(({ table, rows }) => [table, ...rows.map((each) => each.table)]);
  const missing = await database.query<{ table: string }>(sql`
    SELECT wanted.name AS table FROM unnest(${tables}::text[]) AS wanted (name)
    WHERE NOT EXISTS (
      SELECT FROM pg_trigger WHERE tgrelid = to_regclass(quote_ident(wanted.name)) AND tgname = wanted.name || '_stamp'
      AND tgenabled IN ('O', 'A')
    ) ORDER BY 1`);
  if (missing.length === 0) return `all ${tables.length} tables stamp their rows`;
  throw new CommandFailure(`missing or switched off on ${missing.map(({ table }) => table).join(', ')}`);
}
