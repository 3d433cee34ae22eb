/** The command line: every command with its help. What the commands do is in the files that they name. */
import { Command } from 'commander';
import { addBackup } from './backup/backup-command.ts';
import { addCheck } from './check/check-command.ts';
import { addClient } from './client/client-command.ts';
import { addErase } from './forget/erase-command.ts';
import { addPurge } from './forget/purge-command.ts';
import { addExport } from './export/export-command.ts';
import { addGenerate } from './generate/generate-command.ts';
import { addImport } from './import/import-command.ts';
import { addMigrate } from './migrate-command.ts';
import { addReplaceKeys } from './replace-keys-command.ts';
import { addSeed } from './seed/seed-command.ts';
import { addServe } from './serve/serve-command.ts';
import { addToken } from './token/token-command.ts';

export function makeProgram(): Command {
  const program = new Command('doorstep')
    .description('The open data server for door-to-door canvassing.')
    .exitOverride()
    .showHelpAfterError('(the same with --help says more)')
    .addHelpText(
      'after',
      '\nSettings come from the environment; `doorstep serve --help` lists them.\n' +
        'Exit codes: 0 it worked, 1 it failed, 2 the command line or a setting is wrong.',
    );
  for (const add of [
    addServe,
    addMigrate,
    addSeed,
    addImport,
    addExport,
    addToken,
    addClient,
    addReplaceKeys,
    addErase,
    addPurge,
    addCheck,
    addBackup,
    addGenerate,
  ])
    add(program);
  return program;
}
