/**
 * An embedded server for one piece of work, such as a test run or a comparison of schemas. It forgets everything at
 * the end, so it need not be careful: no fsync. It is cleaned up also when we are killed, by a process that watches.
 */
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { ServerSettings } from './cluster.ts';
import { startEmbedded } from './embedded.ts';

export interface TemporaryOptions {
  readonly settings?: ServerSettings;
  readonly log: Log;
}

export interface Temporary {
  readonly url: string;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

const careless = {
  ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0' },
  ...{ shared_buffers: '128MB', autovacuum: 'off' },
};

export async function startTemporary({ settings = {}, log }: TemporaryOptions): Promise<Temporary> {
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-temporary-'));
  // As root, the server runs as somebody else, who has to pass through.
  await chmod(folder, 0o755);
  removeAfterDeath(folder);
  const server = await startEmbedded({ dataDir: folder, settings: { ...careless, ...settings }, log });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await removeData(folder);
    },
  };
}

async function removeData(folder: string): Promise<void> {
  const elsewhere = await readlink(join(folder, 'postgres')).catch(() => folder);
  for (const path of [elsewhere, folder]) await rm(path, { recursive: true, force: true });
}

function removeAfterDeath(folder: string): void {
  const script = `
    while kill -0 "$1" 2>/dev/null; do sleep 1; done
    [ -d "$2" ] || exit 0
    kill -QUIT "$(head -n 1 "$2/postgres/cluster/postmaster.pid")" 2>/dev/null
    rm -rf "$(readlink "$2/postgres" || echo "$2")" "$2"`;
  const args = ['-c', script, 'sh', String(process.pid), folder];
  spawn('/bin/sh', args, { detached: true, stdio: 'ignore', cwd: '/' }).unref();
}
