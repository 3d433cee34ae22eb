import { chmod, cp, mkdir, mkdtemp, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPackage, prepareBinaries } from '../../../src/store/binaries.ts';
import type { Place } from '../../../src/store/place.ts';
import { findServerUser, runAs } from '../../../src/store/server-user.ts';

interface Link {
  readonly source: string;
  readonly target: string;
}

let folder: string;
let origin: string;
let place: Place;

/** The package as npm leaves it when install scripts do not run. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorstep-binaries-'));
  await chmod(folder, 0o755);
  origin = join(folder, 'package', 'native');
  const links = await linksOf(findPackage());
  const isLink = (path: string): boolean => links.some(({ target }) => path.endsWith(target));
  await cp(dirname(findPackage()), dirname(origin), {
    recursive: true,
    filter: (path) => !isLink(path) && !/\.a$|libicudata\.so$/.test(path),
  });
  await mkdir(join(folder, 'data'), { mode: 0o755 });
  place = { folder: join(folder, 'data'), user: await findServerUser(), notice: null };
});

afterEach(async () => {
  await chmod(folder, 0o755);
  await rm(folder, { recursive: true });
});

test('the links between libraries are made when no install script made them, also by two starts at once', async () => {
  const both = await Promise.all([prepareBinaries(place, origin), prepareBinaries(place, origin)]);
  for (const { postgres } of both) expect(postgres).toBe(join(origin, 'bin', 'postgres'));
  for (const { source, target } of await linksOf(origin)) {
    expect(await readlink(join(dirname(origin), target))).toBe(basename(source));
  }
});

test.runIf(process.getuid?.() === 0)(
  'programs that the server’s user cannot reach are copied, links included',
  async () => {
    await chmod(dirname(origin), 0o700);
    const both = await Promise.all([prepareBinaries(place, origin), prepareBinaries(place, origin)]);
    for (const { postgres, initdb } of both) {
      expect(dirname(dirname(dirname(postgres)))).toBe(place.folder);
      expect(await runAs(place.user, initdb, ['--version'])).toMatchObject({ succeeded: true });
    }
  },
);

async function linksOf(native: string): Promise<readonly Link[]> {
  return JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as readonly Link[];
}
