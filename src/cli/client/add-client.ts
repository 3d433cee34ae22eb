/** `doorstep client add`: an application may ask for tokens from now on. Its secret is printed once and never again. */
import { type Command, Option } from 'commander';
import { makeClients, type NewClient } from '../../sign-in/clients.ts';
import { findSignIns } from '../../store/sign-ins.ts';
import { readSurroundings, type Surroundings } from '../surroundings.ts';
import { chooseSignIn } from '../token/choose-sign-in.ts';
import { type House, withHouse } from '../with-house.ts';

interface AddOptions {
  readonly redirect: readonly string[];
  readonly secret?: true;
  readonly pkce: boolean;
  readonly id?: string;
  readonly actsAs?: string;
  readonly organization?: string;
  readonly customer?: string;
}

const collect = (one: string, before: readonly string[]): readonly string[] => [...before, one];

export function addAddClient(client: Command): void {
  client
    .command('add')
    .description('Register an application. Prints its client_id, and its client_secret if it has one.')
    .argument('<name>', 'what people are shown when they let it in')
    .addOption(
      new Option('--redirect <url>', 'where people are sent back to; can be repeated')
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--secret', 'it runs on a server and can keep a secret')
    .option('--no-pkce', 'it sends no code challenge, as clients of old; only with --secret')
    .option('--acts-as <email>', 'an integration: it acts for itself, as this user (client credentials)')
    .option('--organization <id>', 'with --acts-as: for which organization, where the user has several')
    .option('--customer <id>', 'with --acts-as: of which customer, where several know the email')
    .option('--id <id>', 'its client_id, where it has one already')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  doorstep client add "Field app" --redirect org.example.field:/signed-in\n' +
        '  doorstep client add "Nightly export" --acts-as exports@doorstep.example',
    )
    .action((name: string, options: AddOptions) => run(name, options, readSurroundings()));
}

async function run(name: string, options: AddOptions, surroundings: Surroundings): Promise<void> {
  const { redirect: redirectUris, secret, pkce, id = null, actsAs: email } = options;
  const added = await withHouse(surroundings, { migrate: false }, async (house) => {
    const actsAs = email === undefined ? null : await findAccount(email, options, house);
    // Whoever acts for itself has to prove who it is.
    const hasSecret = secret === true || actsAs !== null;
    const client: NewClient = { id, name, redirectUris, needsPkce: pkce, hasSecret, actsAs };
    return makeClients({ database: house.database, clock: surroundings.clock }).add(client);
  });
  surroundings.say(`client_id      ${added.id}`);
  if (added.secret === null) return;
  surroundings.say(`client_secret  ${added.secret}`);
  surroundings.remark('The secret is shown this once; only a hash of it is kept.');
}

async function findAccount(
  email: string,
  { organization, customer }: AddOptions,
  { prisma }: House,
): Promise<NonNullable<NewClient['actsAs']>> {
  const choice = {
    ...(organization === undefined ? {} : { organization }),
    ...(customer === undefined ? {} : { customer }),
  };
  const { userId, customerId, organizationId } = chooseSignIn(email, await findSignIns(prisma, email), choice);
  return { userId, customerId, organizationId };
}
