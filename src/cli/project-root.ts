/** The folder of package.json: what is read at run time beside the code (prisma/migrations) is found from there. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function findProjectRoot(): string {
  // From src/cli, and from dist/src/cli once compiled.
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error(`There is no package.json above ${import.meta.dirname}.`);
    folder = above;
  }
  return folder;
}

export function migrationsFolder(): string {
  return join(findProjectRoot(), 'prisma/migrations');
}

/** The operations that canvassing apps run. */
export function operationsFolder(): string {
  return join(findProjectRoot(), 'graphql/operations');
}

/** Of this Doorstep, as the description of its API says it. */
export function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(findProjectRoot(), 'package.json'), 'utf8')) as { version: string };
  return version;
}
