/** `doorstep migrate`: brings the database up to date, as `serve` does before it listens. */
import type { Command } from 'commander';
import { makeDatabase } from '../store/database.ts';
import { checkEncoding } from '../store/encoding.ts';
import { migrate } from '../store/migrations.ts';
import { openServer } from './open-server.ts';
import { migrationsFolder } from './project-root.ts';
import { readSurroundings, type Surroundings } from './surroundings.ts';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database up to date. `serve` does it too.')
    .action(() => migrateDatabase(readSurroundings()));
}

async function migrateDatabase({ config, log, say }: Surroundings): Promise<void> {
  const { url, close } = await openServer({ config, share: true, log });
  const { streams, statementTimeoutMs } = config;
  const database = makeDatabase({ url, poolSize: 1, streams, statementTimeoutMs, log });
  try {
    await checkEncoding(database);
    const { applied } = await migrate(database, migrationsFolder());
    for (const name of applied) say(`applied ${name}`);
    say('The database is up to date.');
  } finally {
    await database.close();
    await close();
  }
}
