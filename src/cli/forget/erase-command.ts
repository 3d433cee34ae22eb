/** `doorstep erase`: forgets a person, for whoever answers people that ask for it. */
import type { Command } from 'commander';
import { eraseContact } from '../../forgetting/erase-contact.ts';
import { sql } from '../../store/sql.ts';
import { isUuid } from '../../uuid.ts';
import { CommandFailure } from '../command-failure.ts';
import { readSurroundings, type Surroundings } from '../surroundings.ts';
import { type House, withHouse } from '../with-house.ts';
import { makeErasers } from './erasers.ts';

interface EraseOptions {
  readonly contact: string;
  readonly customer?: string;
}

export function addErase(program: Command): void {
  program
    .command('erase')
    .description('Remove what is known of a person, from rows, history, rejections, the read log and exports.')
    .requiredOption('--contact <id>', 'the contact')
    .option('--customer <id>', 'whose contact it is, where several customers have that id')
    .addHelpText(
      'after',
      '\nKnocks stay as knocks: at a door, with their result, without what was said or who was asked. It cannot be' +
        '\nundone, and backups that were made before still hold what they held.',
    )
    .action((options: EraseOptions) => erase(options, readSurroundings()));
}

async function erase({ contact, customer }: EraseOptions, surroundings: Surroundings): Promise<void> {
  for (const id of [contact, customer]) {
    if (id !== undefined && !isUuid(id)) throw new CommandFailure(`${id} is not the id of anything.`, true);
  }
  const { say } = surroundings;
  await withHouse(surroundings, { migrate: false }, async (house) => {
    const contactId = contact.toLowerCase();
    const customerId = await chooseCustomer(house, contactId, customer?.toLowerCase() ?? null);
    const erased = await eraseContact(
      { ...house, erasers: makeErasers() },
      { customerId, contactId, client: 'doorstep erase' },
    );
    if (erased === null) throw nobody(contactId);
    const parts = Object.entries(erased.counts).filter(([, count]) => count > 0);
    say(`Erased: ${parts.map(([what, count]) => `${count.toLocaleString('en-US')} ${what}`).join(', ')}.`);
  });
}

async function chooseCustomer({ database }: House, contactId: string, wanted: string | null): Promise<string> {
  const found = await database.query<{ id: string }>(sql`
    SELECT customer_id AS id FROM contacts WHERE id = ${contactId} ORDER BY 1`);
  const ids = found.map(({ id }) => id).filter((id) => wanted === null || id === wanted);
  const [one, other] = ids;
  if (one === undefined) throw nobody(contactId);
  if (other === undefined) return one;
  throw new CommandFailure(
    `Several customers have a contact of that id: ${ids.join(', ')}. Choose with --customer.`,
    true,
  );
}

function nobody(contactId: string): CommandFailure {
  return new CommandFailure(`There is no contact ${contactId}.`);
}
