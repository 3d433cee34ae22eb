/** `doorstep token`: a bearer token for somebody who has an account, for development and for scripts. */
import type { Command } from 'commander';
import { makeTokens } from '../../access/tokens.ts';
import { findSignIns } from '../../store/sign-ins.ts';
import { readSecret } from '../read-secret.ts';
import { readSurroundings, type Surroundings } from '../surroundings.ts';
import { withHouse } from '../with-house.ts';
import { chooseSignIn } from './choose-sign-in.ts';
import { parseLifetime } from './parse-lifetime.ts';

interface TokenOptions {
  readonly organization?: string;
  readonly customer?: string;
  readonly lifetime: number;
}

export function addToken(program: Command): void {
  program
    .command('token')
    .description('Print a bearer token for a person, and nothing else. For development: it asks for no password.')
    .argument('<email>', 'the email of somebody who has an account')
    .option('--organization <id>', 'which organization, for a member of several')
    .option('--customer <id>', 'which customer, for an email that several of them know')
    .option('--lifetime <time>', 'how long it is good for: 90s, 15m, 12h, 30d', parseLifetime, 24 * 3600)
    .addHelpText(
      'after',
      '\nExample:\n  curl -H "authorization: Bearer $(doorstep token alice@doorstep.example)" http://127.0.0.1:4000/v2/contacts',
    )
    .action((email: string, options: TokenOptions) => printToken(email, options, readSurroundings()));
}

async function printToken(email: string, options: TokenOptions, surroundings: Surroundings): Promise<void> {
  const { config, clock, say, remark } = surroundings;
  const signIns = await withHouse(surroundings, { migrate: false }, ({ prisma }) => findSignIns(prisma, email));
  const { userId, customerId, organizationId, organizationName } = chooseSignIn(email, signIns, options);
  const tokens = makeTokens({ secret: await readSecret(config), clock });
  const { lifetime: lifetimeSeconds } = options;
  say(await tokens.sign({ userId, customerId, organizationId, client: 'doorstep token', lifetimeSeconds }));
  remark(`A token of ${email} for ${organizationName}, made without a password: keep it to development.`);
}
