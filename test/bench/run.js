/**
 * `npm run bench -- reads`: makes ready what the benchmarks need and nothing else does, and starts them. What Doorstep
 * is measured against is installed beside this file, so that none of it is a dependency of the server; the sources are
 * compiled here too, because the usual stack is written with decorators and the house is not.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const root = join(folder, '../..');

/** Standard output is the table's. */
function run(command, args, { cwd, output = 2 }) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', output, 2] });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const installed = join(folder, 'node_modules/.package-lock.json');
const timeOf = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
if (timeOf(installed) < timeOf(join(folder, 'package-lock.json'))) {
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
}
// Builds the server, and with it the Prisma client that the usual stack shares.
run(process.execPath, [join(root, 'bin/doorstep.js'), '--help'], { cwd: root, output: 'ignore' });
run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { cwd: root });
process.setSourceMapsEnabled(true);
process.chdir(root);
await import('./dist/test/bench/bench.js');
