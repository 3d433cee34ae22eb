import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { root } from './source-files.ts';

/** A checkout in small: one source, and a build that copies it and counts how often it ran. */
const makeCheckout = () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-command-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  ['bin', 'src', 'dist'].forEach((name) => mkdirSync(join(folder, name)));
  copyFileSync(join(root, 'bin/doorstep.js'), join(folder, 'bin/doorstep.js'));
  write('package.json', JSON.stringify({ type: 'module', scripts: { build: 'node build.js' } }));
  write('src/main.js', 'console.log("first", ...process.argv.slice(2))');
  write(
    'build.js',
    `import { copyFileSync, mkdirSync } from 'node:fs';
     mkdirSync('dist/src', { recursive: true });
     copyFileSync('src/main.js', 'dist/src/main.js');
     console.log('noise of the build');`,
  );
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'bin/doorstep.js'), ...args], {
      encoding: 'utf8',
    });
    return { status, stdout, isBuilt: stderr.includes('doorstep: the sources are newer than dist/, building\n') };
  };
  /** Edits a file a minute from now, because the clock of a file system may be coarser than this test is fast. */
  const edit = (path: string, text: string): void => {
    write(path, text);
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(folder, path), later, later);
  };
  return { run, write, edit, remove: (path: string) => rmSync(join(folder, path), { recursive: true }) };
};

it('the command builds a checkout before its first run, and not again', () => {
  const { run } = makeCheckout();
  expect(run('serve', '--help')).toEqual({ status: 0, stdout: 'first serve --help\n', isBuilt: true });
  expect(run()).toEqual({ status: 0, stdout: 'first\n', isBuilt: false });
});

it('the command builds again after a source was edited', () => {
  const { run, edit } = makeCheckout();
  run();
  edit('src/main.js', 'console.log("second")');
  expect(run()).toEqual({ status: 0, stdout: 'second\n', isBuilt: true });
});

it('the command stops when the build fails', () => {
  const { run, write } = makeCheckout();
  write('build.js', 'process.exit(1)');
  expect(run()).toMatchObject({ status: 1, stdout: '' });
});

it('the command runs what is built where no sources are', () => {
  const { run, remove } = makeCheckout();
  run();
  remove('src');
  expect(run()).toEqual({ status: 0, stdout: 'first\n', isBuilt: false });
});
