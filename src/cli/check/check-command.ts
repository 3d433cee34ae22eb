/** `doorstep check`: is this installation well? For the person who is called at night. */
import type { Command } from 'commander';
import { CommandFailure } from '../command-failure.ts';
import { readSurroundings } from '../surroundings.ts';
import { checkInstallation } from './check-installation.ts';

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('Look whether this installation is well: settings, disk, database, migrations, triggers, data.')
    .addHelpText('after', '\nIt changes nothing, and prints a line for each thing it looks at.')
    .action(async () => {
      const surroundings = readSurroundings();
      surroundings.say('ok      settings: all of them can be read');
      const failed = await checkInstallation(surroundings);
      if (failed > 0) throw new CommandFailure(`${failed} of the checks failed.`);
    });
}
