/** The command line of `serve`. Its work is loaded only when it is asked for: other commands need no GraphQL. */
import type { Command } from 'commander';
import { printSettings } from '../print-settings.ts';
import { readSurroundings } from '../surroundings.ts';

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('Start the server, and the embedded PostgreSQL unless DATABASE_URL names another.')
    .addHelpText('after', printSettings())
    .action(async () => {
      const surroundings = readSurroundings();
      const { serve } = await import('./serve.ts');
      await serve(surroundings);
    });
}
