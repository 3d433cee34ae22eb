/**
 * The two flows without the doors: what a command needs that reads and writes but answers nobody. app.ts puts the
 * whole house together; this is the part of it that stands on the database.
 */
import { makeModel, type Model } from '../model.ts';
import { makeReader, type Reader } from '../read/reader.ts';
import { declarations } from '../resources/index.ts';
import { makePrisma } from '../store/administration.ts';
import { type Database, makeDatabase } from '../store/database.ts';
import { checkEncoding } from '../store/encoding.ts';
import { listPending, migrate } from '../store/migrations.ts';
import { StartError } from '../store/start-error.ts';
import { makeWriter, type Writer } from '../write/writer.ts';
import { openServer } from './open-server.ts';
import { migrationsFolder } from './project-root.ts';
import { listenForStop } from './stop-signal.ts';
import type { Surroundings } from './surroundings.ts';

export interface House {
  readonly url: string;
  readonly model: Model;
  readonly database: Database;
  readonly prisma: ReturnType<typeof makePrisma>;
  readonly reader: Reader;
  readonly writer: Writer;
}

/**
 * `migrate`: whether the command brings an old database up to date, or asks for it to be done. The signal is aborted by
 * Ctrl-C; whoever heeds it returns or throws soon, and the server is left as it was found.
 */
export async function withHouse<T>(
  { config, clock, log }: Surroundings,
  options: { readonly migrate: boolean },
  work: (house: House, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = listenForStop({ clock, log });
  const { url, close } = await openServer({ config, share: true, log });
  const { poolSize, streams, statementTimeoutMs } = config;
  const database = makeDatabase({ url, poolSize, streams, statementTimeoutMs, log });
  const prisma = makePrisma({ url, poolSize: 2, log });
  try {
    await checkEncoding(database);
    await (options.migrate ? migrate(database, migrationsFolder()) : requireMigrated(database));
    const model = makeModel(declarations);
    const reader = makeReader({ database, model });
    const writer = makeWriter({ database, model, reader });
    return await work({ url, model, database, prisma, reader, writer }, stop.signal);
  } finally {
    await Promise.all([database.close(), prisma.$disconnect()]);
    await close();
    stop.dispose();
  }
}

async function requireMigrated(database: Database): Promise<void> {
  const pending = await listPending(database, migrationsFolder());
  if (pending.length === 0) return;
  throw new StartError(`The database is not up to date: ${pending.join(', ')} is missing. Run doorstep migrate first.`);
}
