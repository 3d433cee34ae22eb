/** `doorstep purge`: ends what is kept longer than the house has promised. */
import type { Command } from 'commander';
import { parseAge } from '../../forgetting/parse-age.ts';
import { purge } from '../../forgetting/purge.ts';
import { isUuid } from '../../uuid.ts';
import { CommandFailure } from '../command-failure.ts';
import { readSurroundings, type Surroundings } from '../surroundings.ts';
import { withHouse } from '../with-house.ts';

interface PurgeOptions {
  readonly olderThan: string;
  readonly customer?: string;
}

export function addPurge(program: Command): void {
  program
    .command('purge')
    .description('Remove for good what was deleted or logged longer ago than that.')
    .requiredOption('--older-than <age>', 'how long things are kept: 90d, 26w, 18mo, 2y')
    .option('--customer <id>', 'of one customer only')
    .addHelpText(
      'after',
      '\nDeleted rows that nothing refers to any more, the history, the read log, and the receipts of rows that are' +
        '\ngone. Phones and readers of changes that were away for longer are told to start over.',
    )
    .action((options: PurgeOptions) => purgeOld(options, readSurroundings()));
}

async function purgeOld({ olderThan, customer }: PurgeOptions, surroundings: Surroundings): Promise<void> {
  const { clock, say } = surroundings;
  const before = parseAge(olderThan, clock.now());
  if (before === null) throw new CommandFailure('--older-than must be an age such as 90d, 26w, 18mo or 2y.', true);
  if (customer !== undefined && !isUuid(customer)) throw new CommandFailure(`${customer} is no customer's id.`, true);
  const request = { before: before.toISOString(), customerId: customer?.toLowerCase() ?? null };
  const counts = await withHouse(surroundings, { migrate: false }, ({ database, model }, signal) =>
    purge({ database, model, signal }, request),
  );
  const parts = Object.entries(counts).map(([what, count]) => `${count.toLocaleString('en-US')} ${what}`);
  const what = parts.length === 0 ? 'There was nothing' : `Removed ${parts.join(', ')}`;
  say(`${what} from before ${request.before.slice(0, 10)}.`);
}
