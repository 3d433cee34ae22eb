/**
 * The PostgreSQL that every contender talks to: the embedded one, started by the benchmark itself, because `serve`
 * would keep its own to itself. Its settings are those of a production server with this much memory, fsync included.
 */
import { chmod, mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { makeLog } from '../../../src/log.ts';
import { startEmbedded } from '../../../src/store/embedded.ts';

export interface BenchCluster {
  urlOf(database: string): string;
  /** The first of its processes, which started all the others. */
  readonly pid: number;
  /** Statements of the benchmark itself, in one connection to that database. */
  run<Row>(database: string, text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  stop(): Promise<void>;
}

/** `keep`: a folder whose databases stay, so that the next run need not load them. */
export async function startBenchCluster({ keep }: { readonly keep: string | null }): Promise<BenchCluster> {
  const folder = keep ?? (await mkdtemp(join(tmpdir(), 'doorstep-bench-')));
  if (keep === null) await chmod(folder, 0o755);
  const server = await startEmbedded({
    dataDir: folder,
    settings: { shared_buffers: '1GB', max_wal_size: '16GB', max_connections: '200' },
    log: makeLog({ logLevel: 'warn', logFormat: 'text' }),
  });
  const urlOf = (database: string): string => {
    const url = new URL(server.url);
    url.pathname = database;
    return url.href;
  };
  const run: BenchCluster['run'] = async <Row>(database: string, text: string, values: readonly unknown[] = []) => {
    const client = new pg.Client({ connectionString: urlOf(database) });
    await client.connect();
    try {
      const { rows } = await client.query(text, [...values]);
      return rows as readonly Row[];
    } finally {
      await client.end();
    }
  };
  const [first] = await run<{ pid: number }>(
    'postgres',
    `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS pid`,
  );
  return {
    urlOf,
    run,
    pid: first!.pid,
    async stop() {
      await server.stop();
      if (keep !== null) return;
      const elsewhere = await readlink(join(folder, 'postgres')).catch(() => folder);
      for (const path of [elsewhere, folder]) await rm(path, { recursive: true, force: true });
    },
  };
}
