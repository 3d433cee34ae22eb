/**
 * One embedded server for the whole run, with a template database that every test file clones. It forgets everything
 * at the end, so it need not be careful: no fsync.
 */
import { spawn } from 'node:child_process';
import { access, chmod, mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeLog } from '../src/log.ts';
import { makeDatabase } from '../src/store/database.ts';
import { startEmbedded } from '../src/store/embedded.ts';
import { migrate } from '../src/store/migrations.ts';
import { templateName, urlOfDatabase } from './database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Any database of the server that the tests share. */
    readonly serverUrl: string;
  }
}

const migrations = join(import.meta.dirname, '../prisma/migrations');
const settings = {
  ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0' },
  ...{ shared_buffers: '128MB', max_connections: '300', autovacuum: 'off' },
};

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-test-'));
  // As root, the server runs as somebody else, who has to pass through.
  await chmod(folder, 0o755);
  const log = makeLog({ logLevel: 'warn', logFormat: 'json' });
  const server = await startEmbedded({ dataDir: folder, settings, log });
  cleanUpAfterDeath(folder);
  await makeTemplate(server.url);
  provide('serverUrl', server.url);
  return async () => {
    await server.stop();
    await removeData(folder);
  };
}

async function makeTemplate(serverUrl: string): Promise<void> {
  const log = makeLog({ logLevel: 'warn', logFormat: 'json' });
  const options = { poolSize: 1, streams: 1, statementTimeoutMs: 60_000, log };
  const server = makeDatabase({ ...options, url: serverUrl });
  await server.query({ text: `CREATE DATABASE ${templateName}`, values: [] });
  await server.close();
  const there = await access(migrations).then(
    () => true,
    () => false,
  );
  if (!there) return;
  const template = makeDatabase({ ...options, url: urlOfDatabase(serverUrl, templateName) });
  await migrate(template, migrations);
  await template.close();
}

/** Vitest runs no teardown when it is killed or interrupted twice; this process sees that it is gone. */
function cleanUpAfterDeath(folder: string): void {
  const script = `
    while kill -0 "$1" 2>/dev/null; do sleep 1; done
    [ -d "$2" ] || exit 0
    kill -QUIT "$(head -n 1 "$2/postgres/cluster/postmaster.pid")" 2>/dev/null
    rm -rf "$(readlink "$2/postgres" || echo "$2")" "$2"`;
  const args = ['-c', script, 'sh', String(process.pid), folder];
  spawn('/bin/sh', args, { detached: true, stdio: 'ignore', cwd: '/' }).unref();
}

async function removeData(folder: string): Promise<void> {
  const elsewhere = await readlink(join(folder, 'postgres')).catch(() => null);
  for (const path of [elsewhere, folder]) {
    if (path !== null) await rm(path, { recursive: true, force: true });
  }
}
