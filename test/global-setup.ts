/** One embedded server for the whole run, with a template database that every test file clones. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeLog, type Log } from '../src/log.ts';
import { makeDatabase } from '../src/store/database.ts';
import { migrate } from '../src/store/migrations.ts';
import { startTemporary } from '../src/store/temporary.ts';
import { templateName, urlOfDatabase } from './database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Any database of the server that the tests share. */
    readonly serverUrl: string;
  }
}

const migrations = join(import.meta.dirname, '../prisma/migrations');

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const log = makeLog({ logLevel: 'warn', logFormat: 'json' });
  const server = await startTemporary({ settings: { max_connections: '300' }, log });
  try {
    await makeTemplate(server.url, log);
  } catch (error) {
    await server.stop();
    throw error;
  }
  provide('serverUrl', server.url);
  return server.stop;
}

async function makeTemplate(serverUrl: string, log: Log): Promise<void> {
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
  await migrate(template, migrations).finally(() => template.close());
}
