/**
 * `doorstep generate`, for people who change declarations. Loaded only when it is asked for: it compares schemas with
 * a tool that an installation for production does not have.
 */
import type { Command } from 'commander';
import { CommandFailure } from '../command-failure.ts';
import { findProjectRoot } from '../project-root.ts';
import { readSurroundings } from '../surroundings.ts';

export function addGenerate(program: Command): void {
  program
    .command('generate')
    .description('Write what follows from the declarations in src/resources (in a checkout).')
    .option('--check', 'only say what is stale, and fail if anything is')
    .action(async ({ check = false }: { readonly check?: boolean }) => {
      const { clock, log, say } = readSurroundings();
      const { generate } = await import('./generate.ts');
      const paths = await generate({ root: findProjectRoot(), check, clock, log });
      if (check && paths.length > 0) {
        throw new CommandFailure(`Stale: ${paths.join(', ')}. Run npm run generate, and read what it changes.`);
      }
      for (const path of paths) say(`wrote ${path}`);
      if (paths.length === 0) say('Everything is up to date.');
    });
}
