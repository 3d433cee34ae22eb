/** The command line of `import`. */
import { Argument, type Command, Option } from 'commander';
import { encodings, type Encoding } from '../../imports/layout.ts';
import { layouts } from '../../imports/layouts/index.ts';
import { readSurroundings } from '../surroundings.ts';
import { importFile } from './import-file.ts';

export interface ImportCommand {
  readonly campaign: string;
  readonly list: string;
  readonly layout?: string;
  readonly map?: string;
  readonly geocodes?: string;
  readonly rejects?: string;
  readonly encoding?: Encoding;
  readonly customer?: string;
}

const help = `
Every row of the file ends in one of the summary's counts. Rows that cannot be taken go to the rejects file, with what
is wrong in front: mend it there and import it in turn. People who are there already stay as they are, so an import can
be run again: a second time it changes nothing, and one that was interrupted is finished.

Examples:
  doorstep import voters.csv --campaign <id> --list "Ward 3" --layout ohio --geocodes addresses.json
  doorstep import members.csv --campaign <id> --list Members --map members.map.json`;

export function addImport(program: Command): void {
  program
    .command('import')
    .description('Import a CSV file of people: their households, links, and places on a list of a campaign.')
    .addArgument(new Argument('<file.csv>', 'the file; its first row names the columns'))
    .requiredOption('--campaign <id>', 'the campaign that it is for')
    .requiredOption('--list <name>', 'the list that they go on; made when the organization has none of that name')
    .addOption(new Option('--layout <name>', 'a layout that is known').choices(Object.keys(layouts)))
    .option('--map <file.json>', 'or your own: which column is which attribute')
    .option('--geocodes <file.json>', 'coordinates by address')
    .option('--rejects <file.csv>', 'where rows go that cannot be taken (<file>.rejects.csv in this folder)')
    .addOption(new Option('--encoding <name>', "of the file, over the layout's (utf-8)").choices(encodings))
    .option('--customer <id>', 'whose campaign, where several customers have one with this id')
    .addHelpText('after', help)
    .action(async (file: string, options: ImportCommand, command: Command) => {
      if ((options.layout === undefined) === (options.map === undefined)) {
        command.error('error: say how to read the file, with --layout or with --map', { exitCode: 2 });
      }
      await importFile(file, options, readSurroundings());
    });
}
