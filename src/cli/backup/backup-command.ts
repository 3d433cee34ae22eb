/** `doorstep backup` and `doorstep restore`: everything, or one customer, to a folder and back. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { isUuid } from '../../uuid.ts';
import { makeProgress, type Progress } from '../progress.ts';
import { readSurroundings, type Surroundings } from '../surroundings.ts';
import { withHouse } from '../with-house.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

interface BackupChoice {
  readonly customer?: string;
}

interface RestoreChoice extends BackupChoice {
  readonly replace?: true;
}

export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('Write everything, or one customer, into a folder. The server may go on meanwhile.')
    .argument('<folder>', 'a folder that is not there yet')
    .option('--customer <id>', 'only this customer', parseId)
    .addHelpText(
      'after',
      '\nWhat is kept outside of the database has to be kept beside it: the secret (JWT_SECRET or DATA_DIR/secret),\n' +
        'without which sealed credentials cannot be read, and the files of exports.',
    )
    .action((folder: string, choice: BackupChoice) => backUp(resolve(folder), choice, readSurroundings()));
  program
    .command('restore')
    .description('Put a backup back, into this or another server; all of it or nothing.')
    .argument('<folder>', 'a folder that `backup` wrote')
    .option('--customer <id>', 'only this customer', parseId)
    .option('--replace', 'delete first what is there of the customer, or everything')
    .addHelpText('after', '\nPhones, exports and followers of changes go on where they were; see the README.')
    .action((folder: string, choice: RestoreChoice) => restore(resolve(folder), choice, readSurroundings()));
}

function parseId(text: string): string {
  if (isUuid(text)) return text.toLowerCase();
  throw new InvalidArgumentError('It has to be a UUID.');
}

async function backUp(
  folder: string,
  { customer: customerId = null }: { customer?: string | null },
  surroundings: Surroundings,
): Promise<void> {
  const { say, clock } = surroundings;
  const show = makeShow('backing up', 'rows', surroundings);
  const manifest = await withHouse(surroundings, { migrate: false }, ({ url, model }, signal) =>
    writeBackup({ url, model, folder, customerId, clock, signal, onRows: show.update }).finally(show.stop),
  );
  const rows = manifest.tables.reduce((sum, { rows: each }) => sum + each, 0);
  say(`${folder}: ${rows.toLocaleString('en-US')} rows, up to position ${manifest.position}.`);
}

async function restore(folder: string, choice: RestoreChoice, surroundings: Surroundings): Promise<void> {
  const { say } = surroundings;
  const { customer: customerId = null, replace = false } = choice;
  const show = makeShow('restoring', 'bytes', surroundings);
  const { rows, customerId: restored } = await withHouse(surroundings, { migrate: true }, ({ url, model }, signal) =>
    restoreBackup({ url, model, folder, customerId, replace, signal, onBytes: show.update }).finally(show.stop),
  );
  const what = restored === null ? 'Everything is' : `The customer ${restored} is`;
  say(`${what} restored: ${rows.toLocaleString('en-US')} rows.`);
}

interface Show {
  readonly update: (done: number, total: number, table: string) => void;
  readonly stop: () => void;
}

/** The bar begins when it is known how much there is. */
function makeShow(label: string, unit: string, { isTerminal, clock, log }: Surroundings): Show {
  let progress: Progress | null = null;
  return {
    update(done, total, table) {
      progress ??= makeProgress({ label, total, isTerminal, clock, log });
      progress.update(done, { table, [unit]: done });
    },
    stop: () => progress?.stop(),
  };
}
