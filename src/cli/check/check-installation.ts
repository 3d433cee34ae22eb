/**
 * The checks, in the order in which one failing explains the next; after a database that does not answer there is
 * nothing more to ask. A check answers with a sentence, or throws what is wrong.
 */
import { makeModel } from '../../model.ts';
import { Problem } from '../../problem.ts';
import { declarations } from '../../resources/index.ts';
import { type Database, makeDatabase } from '../../store/database.ts';
import { checkEncoding } from '../../store/encoding.ts';
import { listPending } from '../../store/migrations.ts';
import { sql } from '../../store/sql.ts';
import { StartError } from '../../store/start-error.ts';
import { CommandFailure } from '../command-failure.ts';
import { openServer } from '../open-server.ts';
import { migrationsFolder } from '../project-root.ts';
import type { Surroundings } from '../surroundings.ts';
import { checkDisk } from './check-disk.ts';
import { checkTriggers } from './check-triggers.ts';
import { countRows } from './count-rows.ts';

/** How many checks failed. */
export async function checkInstallation(surroundings: Surroundings): Promise<number> {
  const { config, log, say } = surroundings;
  let failed = 0;
  const check = async (subject: string, work: () => Promise<string>): Promise<boolean> => {
    const { passed, text } = await outcomeOf(work);
    say(`${passed ? 'ok    ' : 'FAILED'}  ${subject}: ${text}`);
    if (!passed) failed += 1;
    return passed;
  };

  await check('disk', () => checkDisk(config));
  let server: Awaited<ReturnType<typeof openServer>> | null = null;
  const isOpen = await check('server', async () => {
    server = await openServer({ config, share: true, log });
    return server.isEmbedded ? `the embedded PostgreSQL in ${config.dataDir}` : 'the one that DATABASE_URL names';
  });
  if (!isOpen || server === null) return failed;
  const { url, close } = server as Awaited<ReturnType<typeof openServer>>;
  const { streams, statementTimeoutMs } = config;
  const database = makeDatabase({ url, poolSize: 1, streams, statementTimeoutMs, log });
  try {
    if (await check('database', () => checkDatabase(database))) await checkContents(database, check);
  } finally {
    await database.close();
    await close();
  }
  return failed;
}

type Check = (subject: string, work: () => Promise<string>) => Promise<boolean>;

async function checkContents(database: Database, check: Check): Promise<void> {
  const model = makeModel(declarations);
  const isMigrated = await check('migrations', async () => {
    const pending = await listPending(database, migrationsFolder());
    if (pending.length === 0) return 'all of them were applied';
    throw new CommandFailure(`${pending.join(', ')} is missing; run doorstep migrate`);
  });
  if (!isMigrated) return;
  await check('triggers', () => checkTriggers(database, model));
  await check('data', () => countRows(database));
}

async function checkDatabase(database: Database): Promise<string> {
  await checkEncoding(database);
  const [row] = await database.query<{ version: string; name: string; size: string; readOnly: boolean }>(sql`
    SELECT current_setting('server_version') AS version, current_database() AS name, pg_is_in_recovery() AS "readOnly",
      pg_size_pretty(pg_database_size(current_database())) AS size`);
  const { version, name, size, readOnly } = row!;
  if (readOnly) throw new CommandFailure(`${name} is a replica, which takes no writes`);
  return `${name} on PostgreSQL ${version}, UTF8, ${size}`;
}

async function outcomeOf(work: () => Promise<string>): Promise<{ readonly passed: boolean; readonly text: string }> {
  try {
    return { passed: true, text: await work() };
  } catch (error) {
    const expected = error instanceof Problem || error instanceof StartError || error instanceof CommandFailure;
    if (expected || (error instanceof Error && 'code' in error)) return { passed: false, text: error.message };
    throw error;
  }
}
