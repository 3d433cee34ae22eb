/** How often somebody has tried to sign in, by whatever names the count is kept under; forgotten when its window ends. */
import type { Database } from './database.ts';
import { sql } from './sql.ts';

export interface Attempts {
  readonly key: string;
  /** This one among them. */
  readonly used: number;
  readonly secondsLeft: number;
}

/** Counts one attempt under every key, before it is made: guesses that come at once are all counted. */
export async function countAttempt(
  database: Database,
  keys: readonly string[],
  { now, windowSeconds }: { readonly now: Date; readonly windowSeconds: number },
): Promise<readonly Attempts[]> {
  const ends = new Date(now.getTime() + windowSeconds * 1_000);
  // In one order, or two requests that share two keys could wait for each other.
  const sorted = [...new Set(keys)].sort();
  return database.query<Attempts>(sql`
    INSERT INTO sign_in_attempts AS known (key, used, ends)
    SELECT key, 1, ${ends}::timestamptz FROM unnest(${sorted}::text[]) WITH ORDINALITY AS named (key, place) ORDER BY place
    ON CONFLICT (key) DO UPDATE SET
      used = CASE WHEN known.ends <= ${now}::timestamptz THEN 1 ELSE known.used + 1 END,
      ends = CASE WHEN known.ends <= ${now}::timestamptz THEN excluded.ends ELSE known.ends END
    RETURNING key, used, greatest(1, ceil(extract(epoch FROM ends - ${now}::timestamptz)))::int AS "secondsLeft"`);
}

/** An attempt that was right was no guess. */
export async function forgiveAttempt(database: Database, keys: readonly string[]): Promise<void> {
  const sorted = [...new Set(keys)].sort();
  await database.query(sql`
    UPDATE sign_in_attempts SET used = used - 1
    WHERE key IN (SELECT key FROM sign_in_attempts WHERE key = ANY(${sorted}::text[]) AND used > 0 ORDER BY key FOR UPDATE)`);
}
