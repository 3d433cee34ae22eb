/** The command line of `export`. */
import { Argument, type Command, Option } from 'commander';
import { formats } from '../../exports/format.ts';
import { shapes } from '../../exports/shapes.ts';
import { readSurroundings } from '../surroundings.ts';

export interface ExportCommand {
  readonly to: string;
  readonly format: string;
  readonly shape: string;
  readonly filter?: string;
  readonly columns?: string;
  readonly deleted: string;
  readonly bom: boolean;
  readonly defuse: boolean;
  readonly customer?: string;
  readonly partRows: string;
}

const help = `
The folder gets the parts, each a whole file, and manifest.json, which says what they are: of which moment, how many rows
and bytes, with which checksums. An export that breaks off leaves the parts that are whole and a manifest that says so.
The command reads everything of the customer; it is for whoever has the database.

Examples:
  doorstep export interactions --to interactions --format parquet
  doorstep export interactions --to answers --shape answers --filter '/data/timestamp gte "2026-10-01T00:00:00Z"'`;

export function addExport(program: Command): void {
  program
    .command('export')
    .description('Write the rows of a resource into files, out of one snapshot of the database.')
    .addArgument(new Argument('<resource>', 'as in addresses: interactions, contacts, …'))
    .requiredOption('--to <folder>', 'where the files go')
    .addOption(
      new Option('--format <name>', 'of the files').choices(formats.map(({ name }) => name)).default(formats[0]!.name),
    )
    .addOption(new Option('--shape <name>', 'what a row is').choices(shapes.map(({ name }) => name)).default('rows'))
    .option('--filter <expression>', 'which rows')
    .option('--columns <names>', 'which columns, with commas between')
    .addOption(
      new Option('--deleted <which>', 'deleted rows').choices(['exclude', 'include', 'only']).default('exclude'),
    )
    .option('--bom', 'CSV: a byte order mark in front', false)
    .option('--defuse', 'CSV: an apostrophe before what a spreadsheet would take for a formula', false)
    .option('--part-rows <number>', 'how many rows one file holds at most', '1000000')
    .option('--customer <id>', 'whose rows, where there are several customers')
    .addHelpText('after', help)
    .action(async (resource: string, options: ExportCommand) => {
      const { exportFiles } = await import('./export-files.ts');
      await exportFiles(resource, options, readSurroundings());
    });
}
