/** `doorstep replace-keys`: for the day on which somebody may have seen what access tokens are signed with. */
import type { Command } from 'commander';
import { makeSigningKeys } from '../sign-in/signing-keys.ts';
import { readSecret } from './read-secret.ts';
import { readSurroundings, type Surroundings } from './surroundings.ts';
import { withHouse } from './with-house.ts';

export function addReplaceKeys(program: Command): void {
  program
    .command('replace-keys')
    .description('Sign access tokens with a new key at once. All others are void within a minute; apps refresh theirs.')
    .action(() => replaceKeys(readSurroundings()));
}

async function replaceKeys(surroundings: Surroundings): Promise<void> {
  const { config, clock, log, remark } = surroundings;
  const secret = await readSecret(config);
  await withHouse(surroundings, { migrate: false }, ({ database }) =>
    makeSigningKeys({ database, secret, clock, log }).replaceAll(),
  );
  remark('Access tokens are signed with a new key.');
}
