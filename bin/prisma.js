#!/usr/bin/env node
/**
 * Prisma's command line without its downloads. It wants a native schema engine before it does anything, also for
 * commands that never call one, and would fetch it from outside the npm registry: any executable satisfies it.
 * Commands that do need the engine are refused; migrations are applied by `doorstep migrate`.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const [command = '', ...args] = process.argv.slice(2);
const offline = ['generate', 'validate', 'format'];
if (!offline.includes(command)) {
  console.error(`Expected one of ${offline.join(', ')}, got ${command === '' ? 'nothing' : JSON.stringify(command)}.`);
  process.exit(2);
}

const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');
// Advice, banners and version checks have no place in an install; a failure is worth reading.
const hints = command === 'generate' ? ['--no-hints'] : [];
const { status, stdout, stderr, error } = spawnSync(process.execPath, [cli, command, ...hints, ...args], {
  encoding: 'utf8',
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
});
if (error !== undefined) throw error;
if (status !== 0) process.stderr.write(stdout + stderr);
process.exit(status ?? 1);
