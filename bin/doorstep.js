#!/usr/bin/env node
/**
 * The command `doorstep`. It runs what `npm run build` compiled into dist/, and in a checkout it first makes sure that
 * this is what the sources say: editing a file and starting the old server costs an afternoon once in every project.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'dist/src/main.js');
/** The compiler leaves files alone whose text did not change, so their times say nothing; one of these two is new. */
const stamps = [join(root, 'dist/built'), join(root, 'dist/tsconfig.build.tsbuildinfo')];
const sources = ['src', 'seed', 'prisma', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];
/** Written by the build itself. */
const generated = join(root, 'src/store/prisma');

function newestTime(path) {
  if (path === generated || !existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  // The time of a folder changes when a file is deleted from it.
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestTime(join(path, name))));
}

function isStale() {
  if (!existsSync(main)) return true;
  const built = Math.max(...stamps.map(newestTime));
  return sources.some((source) => newestTime(join(root, source)) > built);
}

function build() {
  process.stderr.write('doorstep: the sources are newer than dist/, building\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // What the build prints goes to standard error: `doorstep token` owes its caller a clean standard output.
  const { status } = spawnSync(npm, ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write('doorstep: the build failed, see above\n');
    process.exit(1);
  }
  writeFileSync(stamps[0], '');
}

if (existsSync(join(root, 'src')) && isStale()) build();
process.setSourceMapsEnabled(true);
await import(pathToFileURL(main).href);
