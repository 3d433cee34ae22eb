/**
 * PostgreSQL without an installation: started beside us, in DATA_DIR, and stopped by `stop` after the requests in
 * flight are done. A server that a killed Doorstep left running is adopted; one that another Doorstep uses is not.
 */
import { join, resolve } from 'node:path';
import { totalmem } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';
import { prepareBinaries } from './binaries.ts';
import { configureCluster, ensureCluster, role, type ServerSettings } from './cluster.ts';
import { tryKeep, type Keeper } from './keeper.ts';
import { choosePlace } from './place.ts';
import { findPostmaster, startPostmaster, stopPostmaster, type Postmaster } from './postmaster.ts';
import { ensureSocketFolder } from './socket-folder.ts';
import { StartError } from './start-error.ts';

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** Settings of postgresql.conf, over ours. */
  readonly settings?: ServerSettings;
  /** Whether a server that another Doorstep is running will do; it stays that one's to stop. */
  readonly share?: boolean;
  readonly log: Log;
}

export interface Embedded {
  readonly url: string;
  /** Whether the server was running already. */
  readonly adopted: boolean;
  /** Something that the person who starts the server should know. */
  readonly notice: string | null;
  /** Stops the server, unless it is somebody else's. */
  stop(): Promise<void>;
}

const patience = 120_000;

export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataDir, settings = {}, share = false, log } = options;
  const place = await choosePlace(resolve(dataDir));
  const binaries = await prepareBinaries(place);
  const socket = await ensureSocketFolder(place);
  const all = { ...ownSettings(), unix_socket_directories: `"${socket.replaceAll('"', '""')}"`, ...settings };
  const cluster = await ensureCluster(place, binaries, all);
  const urlOf = (database: string): string =>
    `postgresql://${role}@localhost:5432/${database}?host=${encodeURIComponent(socket)}&sslmode=disable`;
  const start = async (): Promise<Postmaster> => {
    await configureCluster(cluster, place, all);
    return startPostmaster(binaries.postgres, { cluster, log: join(place.folder, 'server.log'), user: place.user });
  };
  const { keeper, adopted } = await takeServer({ cluster, url: urlOf('postgres'), start, share, log });
  await ensureDatabase(urlOf('postgres'));
  return {
    url: urlOf('doorstep'),
    adopted,
    notice: place.notice,
    stop: async () => keeper?.release(() => stopPostmaster(binaries.pgCtl, cluster, place.user)),
  };
}

/** Starts the server if none runs, and waits until it answers and is ours. The keeper is null for a shared one. */
async function takeServer(on: {
  readonly cluster: string;
  readonly url: string;
  readonly start: () => Promise<Postmaster>;
  readonly share: boolean;
  readonly log: Log;
}): Promise<{ readonly keeper: Keeper | null; readonly adopted: boolean }> {
  const deadline = AbortSignal.timeout(patience);
  let own: Postmaster | null = null;
  let end: string | null = null;
  const ensureRunning = async (): Promise<void> => {
    // One that has just been started is no postmaster yet for whoever looks at the files.
    if (own !== null && (await own.findEnd()) === null) return;
    if ((await findPostmaster(on.cluster)) === null) own = await on.start();
  };
  while (!deadline.aborted) {
    await ensureRunning();
    const attempt = await tryKeep({ url: on.url, revive: ensureRunning, log: on.log });
    if (attempt === 'taken' && on.share) return { keeper: null, adopted: true };
    if (attempt === 'taken') {
      throw new StartError(`Another Doorstep is running on ${on.cluster}. Stop it, or give this one another DATA_DIR.`);
    }
    if (attempt !== 'unreachable') return { keeper: attempt.keeper, adopted: own === null };
    end = (await (own as Postmaster | null)?.findEnd()) ?? null;
    if (end !== null) {
      // Another start was faster, or a child of a killed server is still on its way out: look again.
      const passing = /lock file "postmaster.pid"|shared memory block|shut down/.test(end);
      if (!passing) break;
      own = null;
    }
    await wait(20);
  }
  throw new StartError(`The embedded PostgreSQL in ${on.cluster} does not start: ${end ?? 'it does not answer'}`);
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(`SELECT FROM pg_database WHERE datname = 'doorstep'`);
    if (rowCount === 0) await client.query('CREATE DATABASE doorstep');
  } finally {
    await client.end();
  }
}

/** For a machine that does other things too, and for a first seed of some million rows. */
function ownSettings(): ServerSettings {
  const mebibytes = Math.floor(totalmem() / 1_048_576);
  return {
    listen_addresses: '',
    shared_buffers: `${Math.max(32, Math.min(256, Math.floor(mebibytes / 8)))}MB`,
    effective_cache_size: `${Math.max(128, Math.floor(mebibytes / 2))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    wal_compression: 'on',
    random_page_cost: '1.1',
    // Until a table has been looked at, the planner takes every customer for one of two hundred and picks its indexes
    // accordingly: an import must not wait a minute for that.
    autovacuum_naptime: '10s',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
  };
}
