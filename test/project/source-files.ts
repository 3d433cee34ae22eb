/** The files of the house that people write, for the rules about all of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Written by the generator, by Prisma or by strangers, so that their form is not a matter of taste. */
const generated = ['src/store/prisma/', 'src/resources/index.ts', 'test/bench/node_modules/'];

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export function listSourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !generated.some((start) => path.startsWith(start)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
